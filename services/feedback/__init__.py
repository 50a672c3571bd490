"""The feedback service: every word of feedback, its clock, and what came of it."""

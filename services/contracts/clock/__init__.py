"""The annual clock: a year-less template, each year's milestones and what really happened."""

"""Sanasto: the same words for the same things."""

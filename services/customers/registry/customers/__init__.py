"""Ordering customers, internal and external."""

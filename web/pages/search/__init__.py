"""Haku: everything that somebody may see, and the ways to it."""

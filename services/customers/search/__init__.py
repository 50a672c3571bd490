"""Search over customers, sites and people."""

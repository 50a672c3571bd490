"""Customers, sites, whom to contact, and the search."""

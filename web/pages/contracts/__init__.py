"""Contracts, contract years and the annual clock."""

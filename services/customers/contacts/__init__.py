"""Contacts of a customer or site, and whom to contact about a topic (need N10)."""

"""Customers service: who the customer is, where its sites are, who produces for them and whom to contact."""

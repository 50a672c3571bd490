"""Departments of the city and the customer groups within them."""

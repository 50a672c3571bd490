"""The registry: departments, customer groups, customers, sites and producers (need N20)."""

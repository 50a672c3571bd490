"""Names of customers and sites, kept from the customers service's feed."""

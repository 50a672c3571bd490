"""The contracts service: framework agreements, contract years, the annual clock and its calendar feeds."""

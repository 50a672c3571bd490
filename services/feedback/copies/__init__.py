"""Local copies of the customers service, so that intake works while that service is down."""

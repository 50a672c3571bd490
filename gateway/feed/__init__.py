"""The feed for clients: the events of all services behind one cursor, to each its own, no personal data."""

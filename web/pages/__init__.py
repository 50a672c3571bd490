"""The rooms of the web front end, one folder per area."""

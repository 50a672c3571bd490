"""One chain of migrations a database, and what they share."""

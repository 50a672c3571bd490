"""The only door for JSON: sessions, one document, composition of the three services."""

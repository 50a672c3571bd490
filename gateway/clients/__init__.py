"""One tolerant reader per service: it reads the fields it names and keeps the rest as it came."""

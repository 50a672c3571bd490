"""Files of the registry: every faulty row is listed, and nothing comes in by halves."""

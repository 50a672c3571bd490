"""A case from the received word to the closed matter."""

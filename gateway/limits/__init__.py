"""How much one caller may ask at once and in a time, so that nobody shuts the door for the others."""

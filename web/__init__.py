"""The only door for people: pages made of what the gateway answers. No database of its own."""

"""What the tests and the checks need of the machine."""

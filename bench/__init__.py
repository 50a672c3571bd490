"""What Kumppani costs, measured beside what the same work costs by hand: `python -m bench`."""

"""The gateway by itself: its neighbours are stood in for at the edge of the process."""

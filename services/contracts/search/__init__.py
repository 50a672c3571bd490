"""Finding contracts and milestones by words."""

"""People, what they are assigned to, who stands in for them and when they are away."""

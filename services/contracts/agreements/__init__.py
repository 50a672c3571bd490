"""Framework agreements and their contract years (source annex 2, design §6)."""

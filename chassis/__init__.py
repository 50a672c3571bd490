"""What every deployable stands on. Knows no word of the trade and imports libraries only."""

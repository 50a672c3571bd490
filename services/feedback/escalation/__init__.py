"""Due thresholds and the ladder of people who are told."""

"""The milestones as an iCalendar feed behind a link that can be taken back."""

"""The clock of a case: calendars, targets, the ledger of what counted, and the due instants."""

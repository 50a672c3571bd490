"""Examples of the document: one school's lunch and its contract year, the same ids throughout."""

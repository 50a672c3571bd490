"""Finding cases: lists, counts, and search by words in any form."""

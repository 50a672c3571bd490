"""The pages as people meet them: a real browser against the whole product over a filled city."""

"""The nouns of `/api/v1`: one module per noun family."""

"""How promised times were kept: by whom, and whether more of them than before."""

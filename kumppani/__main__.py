"""`python -m kumppani` is the command `kumppani`."""

from kumppani.cli import main

main()

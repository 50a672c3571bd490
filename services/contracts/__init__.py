"""The contracts service: framework agreements, contract years, the annual clock and its calendar feeds.

Its capabilities lean on each other in one direction: search and calendars on clock, search on agreements,
and all of them on directory. ``listening`` and ``events`` join them to the other services.
"""

"""Who gets which answer from every route of every deployable, and the suite that asks them all.

cast.py        who asks, and the common patterns of answers
rows.py        what a row of the matrix is
registry.py    departments, customers, sites, producers, people: the customers service and the gateway
agreements.py  contracts, contract years, the annual clock: the contracts service and the gateway
feedback.py    cases, their clock and calendars: the feedback service and the gateway
doors.py       what one deployable alone answers: sessions, composed answers, feeds, health
pages.py       the pages
matrix.py      all rows by deployable; `docs/access.md` is written from it (tests.support.documents)
reading.py     reading as somebody, whole
things.py      what the names in the rows' paths stand for: the school's things
"""

"""The whole product on one machine: command line, all-in-one process, private PostgreSQL, demo city."""

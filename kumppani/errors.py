"""What can go wrong on a person's machine, told in one sentence that says what to do."""


class SetupError(Exception):
    """Something the person at the keyboard can mend.

    The message is one sentence (or two): what is wrong, then what to do. The command line prints it
    alone, without a traceback, and exits with `exit_code`.
    """

    exit_code = 1

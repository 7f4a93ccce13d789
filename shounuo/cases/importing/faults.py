"""What is said of a file that cannot be read."""


class BadFile(ValueError):
    """The file cannot be read as a table; the message says why."""

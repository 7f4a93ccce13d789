"""The refusal that every app's actions raise (or derive from); importable before Django is set up."""


class NotPossible(ValueError):
    """The change cannot be made; the message says why, in the reader's language."""

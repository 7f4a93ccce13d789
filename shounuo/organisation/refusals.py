"""The refusal that every app's actions raise (or derive from); importable before Django is set up."""


class NotPossible(ValueError):
    """The change cannot be made; the message says why, in the reader's language.

    `field` names what was said wrong, "" when it is not one thing.
    """

    def __init__(self, reason: str = "", field: str = "") -> None:
        super().__init__(reason)
        self.field = field

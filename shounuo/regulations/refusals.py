"""Why a regulation's verb is not carried out."""


class Refused(ValueError):
    """The reason in the reader's language; `field` names what was typed wrong, "" when it is not one field."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.field = field

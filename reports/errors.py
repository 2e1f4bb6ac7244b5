"""Why an act on a report is refused."""

from people.errors import Refusal


class NotAllowedForYou(Refusal):
    """Only the managers of the province may do this."""


class TargetRefused(Refusal):
    """The figures of the target do not fit together; `field` is the one to correct."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field

"""Why an act on a lot is refused."""

from people.errors import Refusal


class NotAllowedNow(Refusal):
    """The lot or event is not in a state for this. `field` names the answer to correct, if it is one."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class NotAllowedForYou(Refusal):
    """Others keep this lot's record."""

"""Why an act on a lot is refused."""

from people.errors import Refusal


class NotAllowedNow(Refusal):
    """The lot or event is not in a state for this."""


class NotAllowedForYou(Refusal):
    """Others keep this lot's record."""

"""Why an act about personal data is refused."""

from people.errors import Refusal


class NotAllowedForYou(Refusal):
    """The person may not decide about these data."""


class NotAllowedNow(Refusal):
    """It is too late, or already done."""


class ConsentMissing(Refusal):
    """Nobody agreed to this, so it must not be done."""

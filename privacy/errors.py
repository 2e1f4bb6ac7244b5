"""Why an act about personal data is refused."""

from people.errors import Refusal


class NotAllowedForYou(Refusal):
    """The person may not decide about these data."""


class NotAllowedNow(Refusal):
    """It is too late, or already done."""


class TextRefused(Refusal):
    """Words that cannot be issued like this; `field` is what is wrong with them."""

    def __init__(self, text: str, field: str) -> None:
        self.field = field
        super().__init__(text)


class ConsentMissing(Refusal):
    """Nobody agreed to this, so it must not be done."""

"""Why an act of onboarding is refused."""

from people.errors import Refusal


class NotAllowedForYou(Refusal):
    """The person may not do this in this project."""


class NotAllowedNow(Refusal):
    """An earlier step is missing, or the step is done already."""


class NotSelectable(Refusal):
    """The product breaks a rule of selection."""


class WrongAnswer(Refusal):
    """An answer that the question does not take."""


class AnswerChanged(Refusal):
    """Somebody else answered the question meanwhile; both answers are kept."""

"""What can be wrong with a stamp; every message names the thing, the rule and the way out."""

from django.core.exceptions import ImproperlyConfigured

from people.errors import Refusal


class StampError(Refusal):
    """Base of the errors of this room that a user can be told."""


class InvalidSerial(StampError):
    """The text is not a serial of ours."""


class ForgedSerial(InvalidSerial):
    """The serial looks right but was never made by us for this product."""


class UnknownKeyVersion(InvalidSerial):
    """The serial was made with a key that this installation does not have."""


class InvalidProductCode(StampError):
    """The code is neither a GTIN of 14 digits nor a product code of our own with its check character."""


class SerialsExhausted(StampError):
    """The running index has left the range that a serial can carry."""


class NotPrintable(StampError):
    """The address cannot be printed as a compact QR symbol."""


class StampTooSmall(StampError):
    """The modules of the symbol would be smaller than a phone can be expected to read."""


class StampsNotConfigured(ImproperlyConfigured):
    """The keys of the stamps are missing or wrong in the settings."""


class FieldRefusal(StampError):
    """A refusal about one answer of a form: `field` names it, if it is one."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class OrderRefused(FieldRefusal):
    """The order breaks a rule: enrolment, stage, quantity or state."""


class ActivationRefused(FieldRefusal):
    """The range may not be activated on the lot."""


class NotAllowedForYou(StampError):
    """Another person must do this."""

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


class TooLittleContrast(StampError):
    """Ink and paper are too alike for a scanner, or the symbol would be light on dark."""


class PictureRefused(StampError):
    """The picture cannot be a logo on a label."""


class SheetUnreadable(StampError):
    """Symbols of a sheet do not decode to the addresses they must carry; it may not be released."""


class StampsNotConfigured(ImproperlyConfigured):
    """The keys of the stamps are missing or wrong in the settings."""


class FallbackIncomplete(Exception):
    """Some pages for when nothing answers could not be made; the others are as they should be."""


class FieldRefusal(StampError):
    """A refusal about one answer of a form: `field` names it, if it is one."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class OrderRefused(FieldRefusal):
    """The order breaks a rule: enrolment, stage, quantity or state."""


class LayoutRefused(FieldRefusal):
    """The labels, their symbol or their words do not fit; `field` is the one of the layout."""


class RollRefused(FieldRefusal):
    """The roll cannot be planned, made, taken back or counted so."""


class ActivationRefused(FieldRefusal):
    """The range may not be activated on the lot."""


class ChangeRefused(FieldRefusal):
    """The state of the range may not be changed so."""


class LinkRefused(FieldRefusal):
    """The link may not be added to the product."""


class AlertRefused(FieldRefusal):
    """The alert cannot be closed so."""


class CountRefused(FieldRefusal):
    """What was counted may not be recorded so."""


class NotAllowedForYou(StampError):
    """Another person must do this."""

"""Why an entry in the registry is refused."""

from people.errors import Refusal


class DuplicateEntry(Refusal):
    """The producer or product is in the registry already."""


class NotAllowedForYou(Refusal):
    """The registry of that province belongs to others."""


class PictureRefused(Refusal):
    """The file is no picture, or a dangerous one."""

"""Why an entry in the registry is refused."""

from people.errors import Refusal


class DuplicateEntry(Refusal):
    """The producer or product is in the registry already."""


class NotAllowedForYou(Refusal):
    """The registry of that province belongs to others."""


class PictureRefused(Refusal):
    """The file is no picture, or a dangerous one."""


class MergeRefused(Refusal):
    """The two entries cannot become one as they are."""


class MergedAway(Refusal):
    """The entry was merged into another one, which is to be changed instead."""


class PaperRefused(Refusal):
    """The paper's facts do not fit what is recorded already."""


class FileRefused(PaperRefused):
    """The file is no PDF and no picture, or a damaged one."""


class NotNow(Refusal):
    """The step has been done already, or another one comes first."""

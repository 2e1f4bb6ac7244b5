"""Why an entry in the registry is refused."""

from people.errors import Refusal


class DuplicateEntry(Refusal):
    """The producer or product is in the registry already."""


class NotAllowedForYou(Refusal):
    """The registry of that province belongs to others."""


class FileRefused(Refusal):
    """The file is too large, of a kind that is not kept, damaged or dangerous."""


class NotStored(Refusal):
    """The disk took no file; nothing of it stays behind."""


class PictureRefused(FileRefused):
    """The file is no picture, or a dangerous one."""


class MergeRefused(Refusal):
    """The two entries cannot become one as they are."""


class MergedAway(Refusal):
    """The entry was merged into another one, which is to be changed instead."""


class PaperRefused(Refusal):
    """The paper's facts do not fit what is recorded already."""


class NotNow(Refusal):
    """The step has been done already, or another one comes first."""

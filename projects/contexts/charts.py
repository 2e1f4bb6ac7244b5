"""A picture of numbers in a paper: what is stored are the numbers, the picture is drawn when the paper is."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar: `size` of `whole` is filled. Without a whole (0) the longest bar of the chart gives the measure."""

    label: str
    size: int
    whole: int
    text: str  # the number as printed at the bar: "12/17 (70,6 %)"


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Bars under each other. A template prints it as `{{ paper.….picture }}`, and its title as any text."""

    title: str
    bars: tuple[Bar, ...]

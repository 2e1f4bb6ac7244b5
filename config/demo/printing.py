"""How the demo's stamps are paid and printed: most on A4 in the office, one on a roll, one on pages of its own size."""

from __future__ import annotations

from dataclasses import dataclass

from stamps.printing.layouts import A4_65, SheetLayout, roll

PRINT_HOUSE = "Nhà in tem (giả lập)"


@dataclass(frozen=True)
class Way:
    """Layout, who prints ("" is the office), and who pays which part."""

    layout: SheetLayout = A4_65
    print_house: str = ""
    state_share: int = 100
    unit_price: int | None = None


BY_OFFICE = Way()
SHARED = Way(state_share=70, unit_price=350)
ON_A_ROLL = Way(layout=roll(40, 22), print_house=PRINT_HOUSE)
OWN_PAGE = Way(
    layout=SheetLayout(
        "khổ riêng, 8 × 45 × 25 mm", 2, 4, 45, 25, left=4, top=4, gap_x=2, gap_y=2, qr_mm=18, page_width=100,
        page_height=120,
    ),
    print_house=PRINT_HOUSE,
)  # fmt: skip
# The first products show the ways that differ; all others are printed on A4 and paid by the budget.
FIRST = (SHARED, ON_A_ROLL, OWN_PAGE)


def way_of(place: int) -> Way:
    """Return how the stamps of the product at `place`, from 0, are printed."""
    return FIRST[place] if place < len(FIRST) else BY_OFFICE

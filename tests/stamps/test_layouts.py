"""Sizes: what fits, what a printer can draw sharply, and clear words about what cannot be."""

from contextlib import suppress
from dataclasses import replace
from itertools import product

import pytest
from django.utils import translation

from stamps.errors import LayoutRefused, StampTooSmall
from stamps.printing.layouts import A4_24, A4_65, MIN_MODULE_MM, SheetLayout, a4, largest_symbol, roll
from tests.stamps.samples import addresses, decoded, picture, write

URI = addresses(1)[0]


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param({"columns": 6}, "label_width", id="too_wide"),
        pytest.param({"rows": 14}, "label_height", id="too_high"),
        pytest.param({"qr_mm": 18.0}, "qr_mm", id="no_room_for_words"),
        pytest.param({"rows": 0}, "rows", id="no_row"),
        pytest.param({"gap_x": -1}, "gap_x", id="overlapping"),
        pytest.param({"label_width": float("nan")}, "label_width", id="no_number"),
        pytest.param({"page_height": 20_000}, "page_height", id="endless_page"),
        pytest.param({"dpi": 10}, "dpi", id="coarse_printer"),
    ],
)
def test_a_layout_that_cannot_be_is_refused_at_its_field(change, field):
    with pytest.raises(LayoutRefused) as caught:
        replace(A4_65, **change)

    assert caught.value.field == field


def test_the_refusal_says_how_large_a_label_must_be():
    with pytest.raises(LayoutRefused, match=r"needs 40 × 25,2 mm for words beside it, or 21,2 × 35 mm for words"):
        roll(30, 22, qr_mm=20)


def test_a_module_below_a_whole_dot_keeps_its_exact_size():
    layout = SheetLayout("test", 1, 1, 40, 22, left=10, top=10, gap_x=0, gap_y=0, qr_mm=15)

    assert layout.module_mm(URI) == pytest.approx(15 / 37)
    assert layout.dots_per_module(URI) is None


@pytest.mark.parametrize(("dpi", "dots"), [(203, None), (300, 5), (600, 10), (1200, 20)])
def test_modules_are_whole_dots_of_the_printer_where_they_can_be(dpi, dots):
    assert replace(A4_65, dpi=dpi).dots_per_module(URI) == dots


def test_a_thermal_printer_gets_whole_dots_with_a_larger_symbol():
    layout = roll(50, 25, qr_mm=19, dpi=203)

    assert layout.dots_per_module(URI) == 4
    assert layout.module_mm(URI) == pytest.approx(4 * 25.4 / 203)


def test_a_roll_has_a_page_of_one_row_with_its_gap_in_whole_dots():
    layout = roll(40, 22, across=3, gap=2)

    assert (layout.columns, layout.rows, layout.cut_marks, layout.has_footer) == (3, 1, False, False)
    assert layout.page_width == pytest.approx(124, abs=layout.dot_mm)
    assert layout.page_height == pytest.approx(24, abs=layout.dot_mm)
    assert layout.page_height / layout.dot_mm == pytest.approx(round(layout.page_height / layout.dot_mm))


@pytest.mark.parametrize("layout", [roll(40, 22, across=3), roll(25, 33, across=2), a4(3, 7), a4(4, 6), a4(1, 2)])
def test_every_symbol_of_any_size_decodes(layout):
    count = min(layout.per_page, 24)
    data, _ = write(count, layout)

    assert sorted(decoded(picture(data))) == sorted(addresses(count))


def test_an_a4_sheet_of_any_grid_is_possible_or_refused_and_never_too_fine():
    modules = {}
    for columns, rows in product(range(1, 7), range(1, 15)):
        with suppress(LayoutRefused, StampTooSmall):
            modules[columns, rows] = a4(columns, rows).module_mm(URI)

    assert min(modules.values()) >= MIN_MODULE_MM
    assert {(1, 1), (2, 7), (3, 8), (4, 10)} <= set(modules)
    assert (6, 14) not in modules


def test_a_grid_of_no_column_is_refused():
    with pytest.raises(LayoutRefused):
        a4(0, 3)


def test_the_largest_symbol_leaves_room_for_the_words():
    for width, height in ((40, 22), (25, 33), (60, 30), (20, 20), (100, 150)):
        layout = roll(width, height, qr_mm=largest_symbol(width, height))
        with pytest.raises(LayoutRefused):
            replace(layout, qr_mm=layout.qr_mm + 0.2)


def test_the_sheets_of_the_office_have_a_line_for_people_and_marks():
    assert A4_65.has_footer
    assert A4_24.has_footer
    assert A4_65.cut_marks

"""The AI table: complete, and formats that say no."""

import pytest

from gs1.application_identifiers import APPLICATION_IDENTIFIERS, QUALIFIERS


def test_the_table_has_every_ai_of_the_general_specifications():
    # Measures and amounts count once per decimal place.
    assert len(APPLICATION_IDENTIFIERS) == 541
    assert {"00", "3103", "7041", "8043", "99"} <= set(APPLICATION_IDENTIFIERS)


def test_there_are_sixteen_primary_keys():
    assert len(QUALIFIERS) == 16


@pytest.mark.parametrize(
    ("ai", "value", "rule"),
    [
        ("10", "L-7/2", None),
        ("10", "x" * 21, "format"),
        ("10", "a b", "format"),
        ("10", "lô", "format"),
        ("10", "a#b", "format"),
        ("17", "271231", None),
        ("17", "270200", None),
        ("17", "270230", "month"),
        ("17", "271301", "month"),
        ("7007", "260911260912", None),
        ("7007", "260900", "day"),
        ("3103", "000195", None),
        ("253", "9520123456788TEST", None),
        ("253", "9520123456789TEST", "check"),
        ("8003", "19520123456788A", "zero"),
        ("8006", "095201234567880102", None),
        ("8006", "095201234567880302", "pieces"),
        ("8006", "095201234567880000", "pieces"),
        ("8010", "9520#1A/2-B", None),
        ("8010", "9520a", "format"),
        ("8011", "0", None),
        ("8011", "01", "plain"),
        ("8013", "1987654Ad4X4bL5ttr2310c2K", None),
        ("8013", "1987654Ad4X4bL5ttr2310c2L", "pair"),
        ("8013", "2K", "pair"),
        ("8030", "-3zMCw_==", None),
    ],
)
def test_a_value_breaks_the_rule_of_its_ai(ai, value, rule):
    assert APPLICATION_IDENTIFIERS[ai].broken_rule(value) == rule

"""Amounts are read as a Vietnamese reads them."""

from __future__ import annotations

import pytest

from workflows.contexts.amounts import in_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (25, "hai mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (1_000, "một nghìn"),
        (1_005, "một nghìn không trăm linh năm"),
        (450_000_000, "bốn trăm năm mươi triệu"),
        (100_000_001, "một trăm triệu không trăm linh một"),
        (1_250_500_000, "một tỷ hai trăm năm mươi triệu năm trăm nghìn"),
        (12_000_000_000, "mười hai tỷ"),
        (3_000_000_000_000, "ba nghìn tỷ"),
        (1_005_000_000_020, "một nghìn không trăm linh năm tỷ không trăm hai mươi"),
    ],
)
def test_an_amount_is_read_in_words(number, words):
    assert in_words(number) == words


def test_no_amount_is_below_zero():
    with pytest.raises(ValueError, match="below 0"):
        in_words(-1)

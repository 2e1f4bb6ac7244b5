"""Tags that cannot be read hide nothing of the others: one upload tells everything that is wrong."""

from __future__ import annotations

import pytest

from documents import docx
from tests.documents.test_docx_lint import PAYLOADS
from tests.documents.word import Paper, word


def told(*paragraphs: str, **where: str) -> list[str]:
    """Return the tags that the lint names, in its order."""
    return [fault.tag for fault in docx.lint(word(*paragraphs, **where), Paper)]


@pytest.mark.parametrize(
    "broken",
    ["{{ paper.title", "paper.title }}", "{{ paper. }}", "{% if %}", "{%p if paper.note %} x", "{% endfor %}",
     "{% set x = 1 %}", "{{r paper.title }}", "{# x #}", "{% for row in %}", "{% else %}", "{% if paper.note %}x"],
)  # fmt: skip
def test_a_tag_that_cannot_be_read_hides_no_unknown_variable(broken):
    found = told("{{ paper.titel }}", broken, "{{ paper.sao }}")
    assert sorted(set(found) - {"{{ paper.titel }}", "{{ paper.sao }}"}) == [broken.removesuffix("x").strip()[:80]]
    assert len(found) == 3


def test_two_tags_that_jinja_cannot_parse_are_both_named():
    assert told("{{ paper. }}", "{{ paper.title | }}") == ["{{ paper. }}", "{{ paper.title | }}"]


def test_every_tag_of_a_file_full_of_attacks_is_named_at_once():
    """Those that are wrong by themselves; "bare" ones that are wrong only without their loop are among them."""
    attacks = [one for name, one in PAYLOADS.items() if one.count("{%") + one.count("{{") + one.count("{#") == 1]
    assert len(attacks) > 40
    faults = docx.lint(word(*attacks), Paper)
    places = {int(fault.place.rpartition(" ")[2]) for fault in faults}
    assert places == set(range(1, len(attacks) + 1))


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("{% for row in paper.rows", "{{ row.name }}", "{{ row.naem }}", "{% endfor %}"),
        ("{% for row of paper.rows %}", "{{ row.name }}", "{% for other in row.parts %}{{ other.x }}{% endfor %}"),
        ("{% for row in paper.rows recursive | %}", "{{ row.name }}"),
    ],
)
def test_what_stands_in_a_loop_that_cannot_be_read_is_not_judged(paragraphs):
    assert set(told(*paragraphs)) <= {paragraphs[0], "{% endfor %}"}


def test_a_loop_that_is_read_although_it_stands_wrong_knows_its_variable():
    assert told("{%p for row in paper.rows %} x", "{{ row.name }}{{ row.naem }}", "{%p endfor %}") == [
        "{%p for row in paper.rows %}", "{{ row.naem }}"
    ]  # fmt: skip


def test_a_loop_whose_end_was_lost_is_taken_to_end_where_its_name_is_used_again():
    loop = "{% for row in paper.rows %}{{ row.name }}"
    assert told(loop + "{% endfo %}", loop + "{{ row.x }}{% endfor %}") == ["{% endfo %}", "{{ row.x }}"]


def test_branches_that_belong_to_nothing_break_nothing():
    found = told(
        "{% if paper.note %}a{% else %}b{% else %}c{% elif paper.title %}d{% endif %}",
        "{% for row in paper.rows %}{% elif row.name %}{% endfor %}{% elif paper.title %}",
        "{{ paper.titel }}",
    )
    assert "{{ paper.titel }}" in found


def test_each_part_tells_its_own_faults():
    assert told("{{ paper.title", header="{{ paper.a }}", footer="{{ paper.b") == [
        "{{ paper.a }}", "{{ paper.title", "{{ paper.b"
    ]  # fmt: skip


def test_a_sound_block_beside_a_broken_tag_is_not_accused():
    assert told(
        "{% if paper.note %}{% for row in paper.rows %}{{ loop.index }} {{ row.name }}{% else %}-{% endfor %}"
        "{% elif paper.title %}x{% else %}y{% endif %}",
        "{{ paper.title",
    ) == ["{{ paper.title"]

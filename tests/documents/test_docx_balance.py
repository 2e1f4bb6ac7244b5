"""The proof that a filled part stays well-formed: what it covers, and that it never says yes too early."""

import pytest

from documents import docx
from documents.blueprints import BLUEPRINTS, template_path
from documents.docx.balance import is_balanced
from documents.docx.environment import environment
from documents.errors import TemplateRefused
from tests.documents.word import LETTERHEAD, PAPER, with_change


def proven(source: str) -> bool:
    return is_balanced(environment(in_runs=True).parse(source).body)


@pytest.mark.parametrize("kind", BLUEPRINTS)
def test_every_template_of_ours_is_proven_and_never_parsed_again(kind):
    assert all(part.is_proven for part in docx._prepare(template_path(kind).read_bytes()).templates.values())


@pytest.mark.parametrize(
    "source",
    [
        "<a>{{ paper.x }}</a>",
        '<a b="1>2"/>'.replace(">2", "&gt;2"),
        "<a>{% if paper.x %}<b>{{ paper.y }}</b>{% elif paper.z %}<c/>{% else %}text{% endif %}</a>",
        "<a>{% for row in paper.rows %}<b>{% if loop.last %}.{% endif %}</b>{% else %}<c/>{% endfor %}</a>",
        "<a>{{ paper.n + 1 }}</a>",
    ],
)
def test_branches_that_close_what_they_open_are_proven(source):
    assert proven(source)


@pytest.mark.parametrize(
    "source",
    [
        "<a>",
        "</a><a>",
        "<a></b>",
        "<a>{% if paper.x %}</a>{% else %}</a>{% endif %}",
        "<a>{% if paper.x %}<b>{% endif %}{% if paper.x %}</b>{% endif %}</a>",
        "<a>{% for row in paper.rows %}</b><b>{% endfor %}</a>",
        "<a>{% for row in paper.rows %}x{% else %}<b>{% endfor %}</a>",
        "<a><!-- <b> --></a>",
        "<a><![CDATA[<b>]]></a>",
        "<a>{{ '\\x00' }}</a>",
        "<a>{{ paper.rows|join('\\x00') }}</a>",
    ],
)
def test_what_is_not_proven_is_parsed(source):
    assert not proven(source)


def test_a_template_that_tears_a_table_apart_is_refused_before_it_is_filled():
    torn = with_change(
        "word/document.xml", "</w:body>", "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:p><w:r>"
        "<w:t>{% if paper.note %}</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:t>{% endif %}</w:t></w:r></w:p>"
        "</w:body>"
    )  # fmt: skip
    with pytest.raises(TemplateRefused, match="tear the table"):
        docx.render(torn, letterhead=LETTERHEAD, paper=PAPER)

"""What a template may not say: every fault names its tag and its place."""

import pytest

from documents import docx
from documents.errors import TemplateRefused
from tests.documents.word import LETTERHEAD, PAPER, Paper, with_change, word

# What an attacker writes into a template (reference: server-side template injection with Jinja).
PAYLOADS = {
    "cycler": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "joiner": "{{ joiner.__init__.__globals__ }}",
    "namespace": "{{ namespace.__init__.__globals__ }}",
    "lipsum": "{{ lipsum.__globals__['os'].popen('id') }}",
    "string class": "{{ ''.__class__.__mro__ }}",
    "field class": "{{ paper.title.__class__ }}",
    "item class": "{{ paper['__class__'] }}",
    "format method": "{{ '{0.__class__}'.format(paper) }}",
    "unknown field": "{{ paper.password }}",
    "method call": "{{ paper.title.upper() }}",
    "mutating call": "{{ paper.rows.clear() }}",
    "nested range": "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
    "text times number": "{{ 'a' * 3000000000 }}",
    "text centred": "{{ 'a'.center(2000000000) }}",
    "filter centred": "{{ 'a'|center(2000000000) }}",
    "format filter": "{{ '%2000000000d'|format(1) }}",
    "power": "{{ 9 ** 999999999 }}",
    "modulo": "{{ '%9999999d' % 1 }}",
    "concatenation": "{{ paper.title ~ paper.title }}",
    "include": "{% include '/etc/passwd' %}",
    "import": "{% import 'x' as y %}",
    "from import": "{% from 'x' import y %}",
    "extends": "{% extends 'x' %}",
    "macro": "{% macro m() %}{% endmacro %}",
    "set": "{% set x = 1 %}",
    "call block": "{% call paper.title() %}{% endcall %}",
    "filter block": "{% filter upper %}x{% endfilter %}",
    "block": "{% block b %}{% endblock %}",
    "raw": "{% raw %}{{ x }}{% endraw %}",
    "with": "{% with x = 1 %}{% endwith %}",
    "autoescape": "{% autoescape false %}{{ paper.title }}{% endautoescape %}",
    "attr filter": "{{ paper|attr('__class__') }}",
    "map filter": "{{ paper.rows|map(attribute='__class__')|list }}",
    "safe filter": "{{ paper.title|safe }}",
    "join by attribute": "{{ paper.rows|join(attribute='__class__') }}",
    "self": "{{ self }}",
    "loop outside": "{{ loop }}",
    "loop inside": "{% for row in paper.rows %}{{ loop }}{% endfor %}",
    "loop cycle": "{% for row in paper.rows %}{{ loop.cycle('a') }}{% endfor %}",
    "loop previous": "{% for row in paper.rows %}{{ loop.previtem }}{% endfor %}",
    "recursive loop": "{% for row in paper.rows recursive %}{{ loop(row) }}{% endfor %}",
    "unpacking": "{% for a, b in paper.rows %}x{% endfor %}",
    "shadowing": "{% for paper in paper.rows %}x{% endfor %}",
    "four loops": "{% for a in paper.rows %}{% for b in paper.rows %}{% for c in paper.rows %}"
    "{% for d in paper.rows %}x{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
    "list literal": "{% for a in [1, 2] %}x{% endfor %}",
    "dict literal": "{{ {'a': 1} }}",
    "slice": "{{ paper.title[::-1] }}",
    "conditional": "{{ paper.title if paper.note else paper.note }}",
    "callable test": "{% if paper.title is callable %}x{% endif %}",
    "raw run": "{{r paper.title }}",
    "raw paragraph": "{{p paper.title }}",
    "column tag": "{%tc for row in paper.rows %}",
    "colspan": "{% colspan paper.rows|length %}",
    "cell colour": "{% cellbg paper.title %}",
    "vertical merge": "{% vm %}",
    "dash": "{%- if paper.note %}x{% endif %}",
    "comment": "{# hidden #}",
    "long tag": "{{ '" + "a" * 3000 + "' }}",
    "bare list": "{{ paper.rows }}",
    "bare group": "{{ paper }}",
    "undeclared": "{{ config }}",
    "row of a list": "{{ paper.rows.name }}",
}


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_it_refuses_in_the_text(payload):
    faults = docx.lint(word("Trước", payload, "Sau"), Paper)
    assert faults
    assert faults[0].tag
    assert faults[0].tag in payload or faults[0].tag == payload[:80].strip()
    assert "2" in faults[0].place


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
@pytest.mark.parametrize("where", ["header", "footer", "title"])
def test_it_refuses_in_header_footer_and_properties(payload, where):
    if where == "title":
        payload = payload[:255]  # Word's own limit
    assert docx.lint(word("Thân", **{where: payload}), Paper)


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_rendering_alone_runs_nothing_either(payload):
    """Registration might be bypassed: what `lint` refuses for its syntax, `render` refuses too."""
    with pytest.raises(TemplateRefused):
        docx.render(word(payload), letterhead=LETTERHEAD, paper=PAPER)


@pytest.mark.parametrize("tag", ["{{ paper.title[0] }}", "{{ paper.title.upper }}", "{{ paper.rows.clear }}"])
def test_filling_reaches_into_dicts_and_lists_only(tag):
    with pytest.raises(TemplateRefused, match=r"word/document\.xml"):
        docx.render(word(tag), letterhead=LETTERHEAD, paper=PAPER)


@pytest.mark.parametrize(
    ("paragraph", "tag"),
    [
        ("Tên: {{ paper.titel }} là", "{{ paper.titel }}"),
        ("{{ paper.title }} và {{ paper.sao }}", "{{ paper.sao }}"),
        ("{% for row in paper.rows %}{{ row.naem }}{% endfor %}", "{{ row.naem }}"),
        ("{% if paper.urgnt %}x{% endif %}", "{% if paper.urgnt %}"),
        ("{{ paper.title", "{{ paper.title"),
        ("{{ paper.title }", "{{ paper.title }"),
        ("{{ paper. }}", "{{ paper. }}"),
        ("{% if %}x{% endif %}", "{% if %}"),
        ("{% if paper.note %}x", "{% if paper.note %}"),
        ("x{% endfor %}", "{% endfor %}"),
        ("{% for row in paper.rows %}{% endif %}", "{% endif %}"),
        ("{%p if paper.note %} mất chữ", "{%p if paper.note %}"),
        ("{%tr for row in paper.rows %}", "{%tr for row in paper.rows %}"),
        ("paper.title }}", "paper.title }}"),
    ],
)
def test_the_fault_names_the_tag_and_the_paragraph(paragraph, tag):
    fault = docx.lint(word("một", "hai", paragraph), Paper)[0]
    assert fault.tag == tag
    assert "3" in fault.place


def test_every_wrong_tag_is_listed_at_once():
    faults = docx.lint(word("{{ paper.a }} {{ paper.title }}", "{{ paper.b }}", header="{{ paper.c }}"), Paper)
    assert [fault.tag for fault in faults] == ["{{ paper.c }}", "{{ paper.a }}", "{{ paper.b }}"]


def test_the_refusal_shows_tag_and_place():
    with pytest.raises(TemplateRefused, match=r"\{\{ paper\.titel \}\}.*paper\.titel"):
        docx.check_template(word("{{ paper.titel }}"), Paper)


def test_a_tag_may_not_cross_paragraphs():
    fault = docx.lint(word("{{ paper.", "title }}"), Paper)[0]
    assert fault.tag == "{{ paper."


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("a {", "{ paper.title }}"),
        ("{", "% if x %}"),
        ("{", "{{ paper.title }}"),
        ("Còn {", "# mất #", "} còn"),
        ("{", "# {{ paper.title }} #", "}"),
    ],
)
def test_a_tag_may_not_be_split_in_its_braces_over_paragraphs(paragraphs):
    assert docx.lint(word(*paragraphs), Paper)


def test_blocks_that_tear_a_table_apart_are_refused_before_the_first_paper():
    template = with_change(
        "word/document.xml", "</w:body>", "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:p><w:r>"
        "<w:t>{% if paper.note %}</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:t>{% endif %}</w:t></w:r></w:p>"
        "</w:body>"
    )  # fmt: skip
    [fault] = docx.lint(template, Paper)
    assert (fault.tag, fault.place) == ("{% endif %}", "text, paragraph 2")
    assert "tear the table" in fault.reason
    assert "{%tr" in fault.reason


def test_a_loop_that_goes_on_in_the_next_row_is_refused_with_the_way_out():
    cell = "<w:tr><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    rows = cell.format("{% for row in paper.rows %}{{ row.name }}") + cell.format("{% endfor %}")
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{rows}</w:tbl>"
    [fault] = docx.lint(with_change("word/document.xml", "<w:body>", "<w:body>" + table), Paper)
    assert "tear the table" in fault.reason


def test_a_row_loop_whose_end_has_another_mark_is_refused():
    assert "tear" in docx.lint(word("{%p for row in paper.rows %}", "{{ row.name }}", "{% endfor %}"), Paper)[0].reason


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("{{ paper.titel }}", "{{ paper.title }}"),
        ("{{ title }}", "{{ paper.title }}"),
        ("{{ letterhead.agancy }}", "{{ letterhead.agency }}"),
        ("{{ paper.rows.name }}", "{% for row in paper.rows %} … {{ row.name }}"),
        ("{% for r in paper.rows %}{{ r.nam }}{% endfor %}", "{% for row in paper.rows %} … {{ row.name }}"),
        ("{% for r in paper.row %}{% endfor %}", "{% for row in paper.rows %}"),
        ("{{ zzz }}", ""),
    ],
)
def test_a_misspelt_variable_gets_the_field_that_was_meant(tag, meant):
    fault = docx.lint(word(tag), Paper)[0]
    assert meant in fault.suggestion
    assert bool(fault.suggestion) == bool(meant)
    assert ("did you mean" in str(fault)) == bool(meant)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</w:body>", '<w:p><w:r><w:instrText>{{ paper.title }}</w:instrText></w:r></w:p></w:body>'),
        ("</w:body>", '<w:p><w:r><w:delText>{{ paper.title }}</w:delText></w:r></w:p></w:body>'),
        ("<w:body>", '<w:body><w:p w:rsidR="{{ paper.title }}"/>'),
        ("<w:body>", "<w:body>{{ paper.title }}"),
    ],
    ids=["field code", "deleted text", "attribute", "between elements"],
)  # fmt: skip
def test_a_tag_stands_only_in_visible_text(old, new):
    assert docx.lint(with_change("word/document.xml", old, new), Paper)


def test_a_sound_template_passes():
    template = word(
        "{{ letterhead.agency|upper }} {{ paper.title }} {% if paper.note is not none and paper.urgent %}x"
        "{% elif not paper.rows %}y{% else %}z{% endif %}",
        "{%p for row in paper.rows %}",
        "{{ loop.index }} {{ row.name }} {{ row.amount + 1 }}{% if loop.first == loop.last %}!{% endif %}",
        "{%p endfor %}",
    )
    docx.check_template(template, Paper)
    assert docx.variables(template) == {
        "letterhead.agency", "paper.title", "paper.note", "paper.urgent", "paper.rows[].name", "paper.rows[].amount",
    }  # fmt: skip

"""What a person uploads is checked in a child process with limits: the web process lives, whatever the file holds."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from django.utils import translation

from documents import docx
from documents.docx import package as docx_package
from documents.docx import sandbox, sandbox_child, syntax
from documents.errors import ContextRefused, TemplateRefused
from tests.documents.test_docx_lint import PAYLOADS
from tests.documents.word import LETTERHEAD, PAPER, Paper, word


def test_a_sound_template_passes_and_its_preview_is_what_render_makes():
    template = word("Tên: {{ paper.title }}", "{{ letterhead.agency }}")
    sandbox.check_template(template, Paper)
    ours = docx.render(template, letterhead=LETTERHEAD, paper=PAPER)
    assert sandbox.render(template, Paper, letterhead=LETTERHEAD, paper=PAPER) == ours


@pytest.mark.parametrize("name", ["cycler", "text times number", "format filter", "nested range", "unknown field"])
def test_the_child_names_tag_place_and_rule_as_the_linter_does(name):
    template = word("Trước", PAYLOADS[name])
    with pytest.raises(TemplateRefused) as refused:
        sandbox.check_template(template, Paper)
    assert list(refused.value.faults) == docx.lint(template, Paper)


def test_the_child_answers_in_the_language_of_the_person():
    with translation.override("en"), pytest.raises(TemplateRefused, match="the tag is not closed"):
        sandbox.check_template(word("{{ paper.title"), Paper)


def test_a_value_that_cannot_be_printed_is_refused_by_name_before_the_child():
    with pytest.raises(ContextRefused, match=r"paper\.title"):
        sandbox.render(word("{{ paper.title }}"), Paper, letterhead=LETTERHEAD, paper={"title": "\x07"})


def test_a_preview_without_a_value_that_the_template_prints_is_refused():
    with pytest.raises(TemplateRefused, match="title"):
        sandbox.render(word("{{ paper.title }}"), Paper, letterhead=LETTERHEAD, paper={})


@pytest.mark.parametrize(
    "burden",
    [
        "while True: pass",
        "x = bytearray(10 ** 9)",
        "sys.stdout.buffer.write(bytes(21 * 2 ** 20))",
        "raise OSError",
    ],
    ids=["time", "memory", "output", "broken"],
)
def test_a_child_that_takes_too_much_is_ended_and_the_file_refused(burden, tmp_path, monkeypatch):
    """No template is known that gets so far; the limits hold for the one that nobody has thought of."""
    (tmp_path / "sitecustomize.py").write_text(HEAVY.format(burden=burden), encoding="utf-8")
    heavy_python = tmp_path / "python"
    heavy_python.write_text(f'#!/bin/sh\nPYTHONPATH={tmp_path} exec "{sys.executable}" "$@"\n')
    heavy_python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(heavy_python))
    started = time.monotonic()
    with pytest.raises(TemplateRefused, match=r"time or memory|thời gian"):
        sandbox.check_template(word("x"), Paper)
    assert time.monotonic() - started < sandbox.WAIT_SECONDS + 5


# Python runs this before the child's own code; it lays its burden on the child when that begins to work.
HEAVY = """
import sys, importlib.abc
class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "documents.docx":
            import documents.docx.sandbox_child as child
            child.CPU_SECONDS = 1  # that it is five is held below
            child.limit(int(sys.argv[1]))
            {burden}
sys.meta_path.insert(0, Finder())
"""


def test_what_the_child_imports_knows_no_model():
    lines = (
        "import sys, django",
        "from django.conf import settings",
        "settings.configure(USE_I18N=True); django.setup()",
        "from documents import docx",
        "print([name for name in sys.modules if name.endswith('.models') and not name.startswith('django')])",
    )
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True, env={})
    assert done.stdout.strip() == "[]"


def test_limits_are_those_of_the_reference():
    assert (sandbox_child.CPU_SECONDS, sandbox_child.MEMORY_BYTES) == (5, 512 * 1024 * 1024)
    assert sandbox.MAX_OUTPUT == docx_package.MAX_UNZIPPED_BYTES
    assert syntax.MAX_LOOPS == 3

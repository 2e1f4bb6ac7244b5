"""The Jinja environment in which papers are filled: nothing is called, every value is escaped or refused."""

from typing import Any

from django.utils.translation import gettext as _
from jinja2 import StrictUndefined, Undefined
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from documents.docx import syntax
from documents.docx.pictures import Drawing

_INNER_QUOTES = str.maketrans({"“": "‘", "”": "’", '"': "’"})
# A line break or a tab inside w:t is only a blank in Word; real ones stand between two texts of the same run.
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'


class _Environment(ImmutableSandboxedEnvironment):
    """Looks names up in dicts and lists only: no Python attribute is ever reached, nothing is called."""

    # Keeps the compiler from folding `"a" + "a"` into memory before anything is rendered.
    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:  # nearly always
            return obj[attribute]
        if isinstance(obj, LoopContext) and f"loop.{attribute}" in syntax.LOOP_FIELDS:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Undefined):
            return obj
        try:
            return obj[argument] if type(obj) in (dict, list) else self.undefined(obj=obj, name=argument)
        except (KeyError, IndexError, TypeError):
            return self.undefined(obj=obj, name=argument)


def environment(*, in_runs: bool) -> ImmutableSandboxedEnvironment:
    """Return the environment for the text of Word (`in_runs`), or for properties, where a line break is a blank.

    `finalize` escapes: Jinja hands it every value and every constant it prints, and nothing else is printed but
    the template's own XML. Jinja's way (`autoescape`) does the same and takes more than twice as long.
    """
    finalize = _in_a_run if in_runs else _as_text
    made = _Environment(autoescape=False, undefined=StrictUndefined, finalize=finalize, cache_size=0)
    made.globals.clear()
    made.filters |= {"thousands": _thousands, "count": _count, "quoted": _quoted, "bare": _bare}
    made.filters = {name: made.filters[name] for name in syntax.FILTERS}
    made.tests = {name: made.tests[name] for name in syntax.TESTS}
    return made


def _as_text(value: Any) -> Any:
    """Return what stands on paper, escaped; "None" and "True" must never be printed."""
    if type(value) is str:
        if "&" in value or "<" in value or ">" in value:
            return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return value
    if value is None:
        return ""
    if type(value) is int or isinstance(value, Undefined):  # printing an undefined value is an error
        return value
    raise TypeError(_("a list, a group or a yes/no value cannot be printed"))


def _in_a_run(value: Any) -> Any:
    """Return the same, with line breaks and tabs as Word's own elements."""
    if type(value) is Drawing:
        return value.markup
    text = _as_text(value)
    if type(text) is str and ("\n" in text or "\t" in text):
        return text.replace("\n", _BREAK).replace("\t", _TAB)
    return text


def _thousands(number: int) -> str:
    """Return 12345 as "12.345", the Vietnamese way."""
    return f"{number:,}".replace(",", ".")


def _count(number: int) -> str:
    """Return a count as written in running text: "03", "12", "1.245"."""
    return f"{number:02d}" if 0 < number < 10 else _thousands(number)


def _quoted(text: str) -> str:
    """Return the text in “ ”, quotation marks inside it turned into ‘ ’."""
    return f"“{text.translate(_INNER_QUOTES)}”"


def _bare(text: str) -> str:
    """Return the text without its end mark: a list sets its own."""
    return text.rstrip(" .;,")

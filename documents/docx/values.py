"""The values a document may print: plain ones, of characters that paper and file can hold."""

import dataclasses
import re
from collections.abc import Mapping
from typing import Any
from unicodedata import is_normalized, normalize

from django.utils.translation import gettext as _

from documents.errors import ContextRefused

# What XML 1.0 (section 2.2, "Characters") forbids, control characters of old code pages, and marks that turn
# the direction of writing: with U+202E a number reads backwards. A line break or a tab is allowed.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")


def plain(value: object, path: str) -> Any:
    """Return dataclasses, dicts and sequences as dicts and lists of str, int, bool and None, ready for JSON.

    `path` names the value in errors. Line breaks become "\\n", letters typed in pieces become whole ones (NFC: NĐ
    30/2020, Phụ lục I wants the characters of TCVN 6909:2001). Raises TypeError for any other type (a model
    instance would hand its methods to the template) and ContextRefused for a character that cannot be printed.
    """
    if type(value) is dict and set(map(type, value)) <= {str}:  # a stored context is made of these
        return _members(value, path)
    if isinstance(value, str):
        return value if type(value) is str and _is_ready(value) else _clean(value, path)
    if value is None or type(value) in (bool, int):
        return value
    if isinstance(value, list | tuple):
        return [plain(item, f"{path}[{number}]") for number, item in enumerate(value)]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _members({field.name: getattr(value, field.name) for field in dataclasses.fields(value)}, path)
    if isinstance(value, Mapping) and type(value) is not dict:
        return plain(dict(value), path)
    raise TypeError(f"{path} is a {type(value).__name__}; a document takes text, whole numbers and lists of them")


def _members(group: Mapping[str, object], path: str) -> dict[str, Any]:
    """Return the group with plain members; one look at all its texts together spares looking at each."""
    known = {str, int} if _is_ready("".join(item for item in group.values() if type(item) is str)) else {int}
    return {key: item if type(item) in known else plain(item, f"{path}.{key}") for key, item in group.items()}


def _is_ready(text: str) -> bool:
    """Whether a text needs no change; if not, it may still be sound."""
    return text.isprintable() and is_normalized("NFC", text)


def _clean(text: str, path: str) -> str:
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        raise ContextRefused(
            _("%(field)s holds the invisible character U+%(code)s, which a paper cannot print; delete it.")
            % {"field": path, "code": f"{ord(forbidden.group()):04X}"}
        )
    return normalize("NFC", _LINE_BREAK.sub("\n", str(text)))

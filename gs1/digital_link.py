"""GS1 Digital Link URIs: strict reading, canonical form and writing.

Source: GS1 Digital Link Standard: URI Syntax, 1.6.0, "Digital Link URI" and "Canonical GS1
Digital Link URIs"; GTIN in 14 digits since 1.4.0.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

from gs1.application_identifiers import APPLICATION_IDENTIFIERS, NOT_ATTRIBUTES, QUALIFIERS, REQUIRED
from gs1.keys import is_digits, normalise_gtin

CANONICAL_HOST = "id.gs1.org"

# All lower or all upper case: "HtTp" is refused. What follows # is not part of the identification.
_URI = re.compile(r"(?:https?|HTTPS?)://(?P<host>[^/?#]*)(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#.*)?")
_URI_CHARACTERS = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*")
_HOST = re.compile(r"[A-Za-z0-9.\-:\[\]]+")
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})|%00")


class InvalidDigitalLink(ValueError):
    """A text is not a GS1 Digital Link URI.

    `rule` is one of: scheme, characters, host, no-key, trailing-slash, encoding, empty, unknown-ai,
    format, check-digit, date, attribute-in-path, qualifier-order, qualifier-in-query,
    not-an-attribute, duplicate, required. `value` is the part that breaks it.
    """

    def __init__(self, rule: str, value: str, message: str) -> None:
        super().__init__(f"{value!r}: {message}")
        self.rule = rule
        self.value = value


@dataclass(frozen=True)
class DigitalLink:
    """What a Digital Link URI identifies: AI values without the host that was printed."""

    key: str
    value: str
    qualifiers: tuple[tuple[str, str], ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()

    def get(self, ai: str) -> str | None:
        """Return the value of an AI in the path or the query, None if it is absent."""
        return dict(((self.key, self.value), *self.qualifiers, *self.attributes)).get(ai)

    @property
    def gtin(self) -> str | None:
        """The GTIN in 14 digits when that is the primary key, else None."""
        return self.value if self.key == "01" else None

    @property
    def lot(self) -> str | None:
        """The batch or lot (AI 10) in the path, else None."""
        return dict(self.qualifiers).get("10")

    @property
    def serial(self) -> str | None:
        """The serial number (AI 21) in the path, else None."""
        return dict(self.qualifiers).get("21")

    def path(self) -> str:
        """Return key and qualifiers as a URI path, percent-encoded, starting with a slash."""
        pairs = ((self.key, self.value), *self.qualifiers)
        return "".join(f"/{ai}/{quote(value, safe='')}" for ai, value in pairs)

    def canonical(self) -> str:
        """Return the canonical URI: GS1's host, attributes sorted by AI, nothing that is not GS1's.

        >>> parse("HTTPS://VIDU.EXAMPLE/x/01/09506000134352/21/A1?linkType=all&17=271231").canonical()
        'https://id.gs1.org/01/09506000134352/21/A1?17=271231'
        """
        query = "&".join(f"{ai}={quote(value, safe='')}" for ai, value in sorted(self.attributes))
        return f"https://{CANONICAL_HOST}{self.path()}" + (f"?{query}" if query else "")


def uri(*, host: str, gtin: str, serial: str | None = None, lot: str | None = None) -> str:
    """Return the Digital Link URI of a product, of its lot, or of one item.

    The order in the path is fixed by the standard: lot before serial. Raises InvalidKey for a GTIN
    and InvalidDigitalLink for a host, lot or serial that breaks a rule.

    >>> uri(host="vidu.example", gtin="9506000134352", lot="L7", serial="A1")
    'https://vidu.example/01/09506000134352/10/L7/21/A1'
    """
    _check_host(host)
    qualifiers = tuple((ai, value) for ai, value in (("10", lot), ("21", serial)) if value is not None)
    for ai, value in qualifiers:
        _check_value(ai, value)
    return f"https://{host}{DigitalLink('01', normalise_gtin(gtin), qualifiers).path()}"


def parse(text: str) -> DigitalLink:
    """Read an absolute Digital Link URI. Raises InvalidDigitalLink, and nothing else.

    >>> parse("https://vidu.example/01/09506000134352/10/L7?17=271231").lot
    'L7'
    """
    _check_characters(text)
    match = _URI.fullmatch(text)
    if match is None:
        raise InvalidDigitalLink("scheme", text, "must start with http:// or https://, all in one case")
    _check_host(match["host"])
    if match["path"].endswith("/"):
        raise InvalidDigitalLink("trailing-slash", text, "must not end in a slash")
    return _parse(match["path"], match["query"] or "")


def parse_path(path: str, query: str = "") -> DigitalLink:
    """Read the path and the query string of a request, both still percent-encoded.

    One trailing slash is tolerated, as the resolver standard recommends. Raises InvalidDigitalLink,
    and nothing else.
    """
    _check_characters(path)
    _check_characters(query)
    return _parse(path.removesuffix("/"), query)


def _parse(path: str, query: str) -> DigitalLink:
    (key, value), *qualifiers = _path_pairs(path)
    _check_value(key, value)
    _check_qualifiers(key, qualifiers)
    attributes = list(_query_pairs(query))
    _check_attributes(key, [ai for ai, _ in qualifiers], attributes)
    _check_together([(key, value), *qualifiers, *attributes])
    return DigitalLink(key, value, tuple(qualifiers), tuple(attributes))


def _path_pairs(path: str) -> list[tuple[str, str]]:
    """Cut the path into AI and value from the right; whatever stands before the last key is a stem."""
    segments = path.split("/")[1:]
    for start in range(len(segments) - 2, -1, -2):
        if segments[start] in QUALIFIERS:
            pairs = zip(segments[start::2], segments[start + 1 :: 2], strict=True)
            return [(ai, _decode(value)) for ai, value in pairs]
    raise InvalidDigitalLink("no-key", path, "has no GS1 key followed by its value")


def _query_pairs(query: str) -> Iterator[tuple[str, str]]:
    """Yield the AIs in a query; keys that are not all digits belong to others and are passed over."""
    for part in re.split("[&;]", query):
        name, equals, value = part.partition("=")
        if equals and is_digits(name):
            yield name, _decode(value.replace("+", " "))


def _decode(text: str) -> str:
    if _BAD_ESCAPE.search(text):
        raise InvalidDigitalLink("encoding", text, "each % must be followed by two hexadecimal digits, not 00")
    # Latin-1 keeps bytes apart; the formats refuse everything beyond ASCII afterwards.
    return unquote(text, encoding="latin-1")


def _check_characters(text: str) -> None:
    if not _URI_CHARACTERS.fullmatch(text):
        raise InvalidDigitalLink("characters", text, "has a character that a URI may not have")


def _check_host(host: str) -> None:
    if not _HOST.fullmatch(host):
        raise InvalidDigitalLink("host", host, "is not a host name with optional port")


def _check_value(ai: str, value: str) -> None:
    known = APPLICATION_IDENTIFIERS.get(ai)
    if known is None:
        raise InvalidDigitalLink("unknown-ai", ai, "is not a GS1 Application Identifier")
    if not value:
        raise InvalidDigitalLink("empty", ai, "has no value")
    broken = known.broken_rule(value)
    if broken in ("check", "pair"):
        raise InvalidDigitalLink("check-digit", value, f"the check digit of AI {ai} is wrong")
    if broken in ("day", "month"):
        raise InvalidDigitalLink("date", value, f"AI {ai} needs a date YYMMDD")
    if broken:
        raise InvalidDigitalLink("format", value, f"AI {ai} needs the format {known.format}")


def _check_qualifiers(key: str, qualifiers: list[tuple[str, str]]) -> None:
    allowed = {ai for order in QUALIFIERS[key] for ai in order}
    for ai, value in qualifiers:
        _check_value(ai, value)
        if ai not in allowed:
            raise InvalidDigitalLink("attribute-in-path", ai, f"does not qualify AI {key}; it belongs in the query")
    present = [ai for ai, _ in qualifiers]
    if not _orders(key, present):
        order = " or ".join("/".join(order) for order in QUALIFIERS[key])
        raise InvalidDigitalLink("qualifier-order", "/".join(present), f"the order after AI {key} is {order}")


def _orders(key: str, present: list[str]) -> list[tuple[str, ...]]:
    """Return the orders of qualifiers that the ones present follow, without repeating one."""
    return [order for order in QUALIFIERS[key] if [ai for ai in order if ai in present] == present]


def _check_attributes(key: str, present: list[str], attributes: list[tuple[str, str]]) -> None:
    open_qualifiers = {ai for order in _orders(key, present) for ai in order if ai not in present}
    for ai, value in attributes:
        _check_value(ai, value)
        if ai in open_qualifiers:
            raise InvalidDigitalLink("qualifier-in-query", ai, f"qualifies AI {key}, so it belongs in the path")
        if ai in NOT_ATTRIBUTES:
            raise InvalidDigitalLink("not-an-attribute", ai, "may not stand in the query")


def _check_together(pairs: list[tuple[str, str]]) -> None:
    names = [ai for ai, _ in pairs]
    repeated = next((ai for ai in names if names.count(ai) > 1), None)
    if repeated:
        raise InvalidDigitalLink("duplicate", repeated, "stands more than once")
    for ai in names:
        alternatives = REQUIRED.get(ai, ((),))
        if not any(set(needed) <= set(names) for needed in alternatives):
            wanted = " or ".join("+".join(needed) for needed in alternatives)
            raise InvalidDigitalLink("required", ai, f"needs {wanted} in the same URI")

"""GS1 Application Identifiers as data: format of each value, keys and qualifiers of Digital Link.

Sources: GS1 General Specifications, "GS1 Application Identifiers in numerical order" (formats);
GS1 Digital Link Standard: URI Syntax, 1.6.0, "Digital Link URI" (primary keys and qualifiers).

A format is written as in the General Specifications: N digits, X character set 82, Y character
set 39, Z base64url; `N6` is exactly six, `X..20` one to twenty, brackets mean optional. A word
after a comma is one more rule for that part:
check   last digit is the check digit          pair    last two characters are the check pair
day     a date YYMMDD                          month   a date YYMMDD whose day may be 00
pieces  piece number and total, 1 <= n <= total
plain   no leading zero, except 0 itself    zero    the digit 0
An `n` at the end of a number stands for the decimal places 0 to 5.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from gs1.keys import check_digit, check_pair

_TABLE = """
00 N18,check
01-03 N14,check
10 X..20
11-13 N6,month
15-17 N6,month
20 N2
21-22 X..20
235 X..28
240-241 X..30
242 N..6
243 X..20
250-251 X..30
253 N13,check [X..17]
254 X..20
255 N13,check [N..12]
30 N..8
310n-316n N6
320n-337n N6
340n-357n N6
360n-369n N6
37 N..8
3900-3909 N..15
3910-3919 N3 N..15
3920-3929 N..15
3930-3939 N3 N..15
3940-3943 N4
3950-3955 N6
400-401 X..30
402 N17,check
403 X..30
410-417 N13,check
420 X..20
421 N3 X..9
422 N3
423 N3 [N..12]
424 N3
425 N3 [N..12]
426 N3
427 X..3
4300-4301 X..35
4302-4306 X..70
4307 X2
4308 X..30
4309 N20
4310-4311 X..35
4312-4316 X..70
4317 X2
4318 X..20
4319 X..30
4320 X..35
4321-4323 N1
4324-4325 N6,month N4
4326 N6,day
4330-4333 N6 [X1]
7001 N13
7002 X..30
7003 N6,day N4
7004 N..4
7005 X..12
7006 N6,day
7007 N6,day [N6,day]
7008 X..3
7009 X..10
7010 X..2
7011 N6,day [N4]
7020-7022 X..20
7023 X..30
7030-7039 N3 X..27
7040 N1 X3
7041 X..4
710-717 X..20
7230-7239 X2 X..28
7240 X..20
7241 N2
7242 X..25
7250 N8
7251 N12
7252 N1
7253-7254 X..40
7255 X..10
7256 X..90
7257 X..70
7258 X3
7259 X..40
8001 N14
8002 X..20
8003 N1,zero N13,check [X..16]
8004 X..30
8005 N6
8006 N14,check N4,pieces
8007 X..34
8008 N6,day N2 [N..4]
8009 X..50
8010 Y..30
8011 N..12,plain
8012 X..20
8013 X..25,pair
8014 X..25,pair
8017-8018 N18,check
8019 N..10
8020 X..25
8026 N14,check N4,pieces
8030 Z..90
8040-8041 N15
8042 N32
8043 N18 [N..2]
8110 X..70
8111 N4
8112 X..70
8200 X..70
90 X..30
91-99 X..90
"""

# Qualifiers in the order in which they must stand; each is optional, the alternatives exclude one
# another. ITIP (8006) takes no 22: the General Specifications allow 22 only with a GTIN.
QUALIFIERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "00": ((),),
    "01": (("22", "10", "21"), ("235",)),
    "253": ((),),
    "255": ((),),
    "401": ((),),
    "402": ((),),
    "414": (("254",), ("7040",)),
    "415": (("8020",),),
    "417": (("7040",),),
    "8003": ((),),
    "8004": (("7040",),),
    "8006": (("10", "21"),),
    "8010": (("8011",),),
    "8013": ((),),
    "8017": (("8019",),),
    "8018": (("8019",),),
}

# Never a data attribute in the query part of a Digital Link URI.
NOT_ATTRIBUTES = frozenset({"21", "22", "235", "254", "8011", "8019", "8020", "8200"})

# AI -> what must also be in the URI, as alternatives.
REQUIRED: dict[str, tuple[tuple[str, ...], ...]] = {
    "250": (("01", "21"), ("8006", "21")),
    "415": (("8020",),),
    "8030": (
        *(("01", "21"), ("8006", "21"), ("8010", "8011")),
        *((key,) for key in ("00", "253", "255", "8003", "8004", "8017", "8018")),
    ),
}

_SETS = {"N": "[0-9]", "X": "[!\"%&'()*+,\\-./0-9:;<=>?A-Z_a-z]", "Y": "[#\\-/0-9A-Z]", "Z": "[\\-0-9A-Z_a-z=]"}


def _is_day(text: str) -> bool:
    try:
        date(2000 + int(text[:2]), int(text[2:4]), int(text[4:]))
    except ValueError:
        return False
    return True


def _has_check_pair(text: str) -> bool:
    return len(text) > 2 and check_pair(text[:-2]) == text[-2:]


_RULES: dict[str, Callable[[str], bool]] = {
    "check": lambda text: check_digit(text[:-1]) == int(text[-1]),
    "pair": _has_check_pair,
    "day": _is_day,
    "month": lambda text: _is_day(text[:4] + "01" if text.endswith("00") else text),
    "pieces": lambda text: 1 <= int(text[:2]) <= int(text[2:]),
    "plain": lambda text: text == "0" or not text.startswith("0"),
    "zero": lambda text: text == "0",
}


@dataclass(frozen=True)
class ApplicationIdentifier:
    """One AI: its number, its format as written in the table, and how a value is checked."""

    ai: str
    format: str
    pattern: re.Pattern[str]
    rules: tuple[str, ...]

    def broken_rule(self, value: str) -> str | None:
        """Return the rule that `value` breaks ("format", "check", "day", ...), or None if it is valid."""
        match = self.pattern.fullmatch(value)
        if match is None:
            return "format"
        for part, rule in zip(match.groups(), self.rules, strict=True):
            if rule and part and not _RULES[rule](part):
                return rule
        return None


def _parse_row(row: str) -> list[ApplicationIdentifier]:
    numbers, _, layout = row.partition(" ")
    decimals = range(6) if "n" in numbers else ("",)
    first, _, last = numbers.replace("n", "").partition("-")
    parts = [_parse_part(part) for part in layout.split()]
    pattern = re.compile("".join(regex for regex, _ in parts))
    rules = tuple(rule for _, rule in parts)
    names = [str(n).zfill(len(first)) for n in range(int(first), int(last or first) + 1)]
    return [ApplicationIdentifier(f"{name}{n}", layout, pattern, rules) for name in names for n in decimals]


def _parse_part(part: str) -> tuple[str, str]:
    kind, _, rule = part.strip("[]").partition(",")
    count = kind[1:]
    size = f"{{1,{count[2:]}}}" if count.startswith("..") else f"{{{count}}}"
    return f"({_SETS[kind[0]]}{size})" + ("?" if part.startswith("[") else ""), rule


APPLICATION_IDENTIFIERS: dict[str, ApplicationIdentifier] = {
    identifier.ai: identifier for row in _TABLE.split("\n") if row for identifier in _parse_row(row)
}

"""Reading the list of products that a province keeps in a workbook: titles, cells and their rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from imports import parsers
from imports.workbook import Column, Row, Table, read_table
from people.models import AdminUnit
from registry.models import OcopSet, Producer

Kind = Producer.Kind
# What offices write in "Loại hình", without case.
KINDS = {
    "công ty": Kind.COMPANY,
    "doanh nghiệp": Kind.COMPANY,
    "dn": Kind.COMPANY,
    "hợp tác xã": Kind.COOPERATIVE,
    "htx": Kind.COOPERATIVE,
    "tổ hợp tác": Kind.GROUP,
    "tht": Kind.GROUP,
    "hộ kinh doanh": Kind.HOUSEHOLD,
    "hộ kd": Kind.HOUSEHOLD,
    "cơ sở": Kind.HOUSEHOLD,
}
UNIT_WORDS = ("xã ", "phường ", "thị trấn ")


def words(longest: int) -> Callable[[parsers.Cell], str]:
    """Return a parser of text of at most `longest` characters, the room that our tables have."""

    def parse(cell: parsers.Cell) -> str:
        value = parsers.text(cell)
        if len(value) > longest:
            raise ValueError(cell)
        return value

    return parse


def kind(cell: parsers.Cell) -> str:
    """The form of the producer."""
    found = KINDS.get(parsers.text(cell).casefold())
    if found is None:
        raise ValueError(cell)
    return found


def ocop_stars(cell: parsers.Cell) -> int:
    """Stars of a recognition: OCOP recognises products from 3 stars."""
    value = parsers.stars(cell)
    if value < 3:
        raise ValueError(cell)
    return value


Parser = Callable[[parsers.Cell], object]


def _needed(key: str, titles: tuple[str, ...], parse: Parser, rule: Promise) -> Column:
    return Column(key, titles, required=True, parse=parse, rule=rule)


def _optional(key: str, titles: tuple[str, ...], parse: Parser, rule: Promise) -> Column:
    return Column(key, titles, required=False, parse=parse, rule=rule)


COLUMNS = (
    _needed("name", ("Tên sản phẩm", "Sản phẩm"), words(160), _("a name of at most 160 characters")),
    _needed("ocop_set", ("Bộ sản phẩm OCOP", "Bộ sản phẩm"), words(160), _("number and name of an OCOP set")),
    _needed("stars", ("Hạng sao", "Số sao"), ocop_stars, _("3, 4 or 5 stars")),
    _needed("decision_number", ("Số quyết định",), words(40), _("a number of at most 40 characters")),
    _needed("decided_on", ("Ngày quyết định",), parsers.date, _("a date dd/mm/yyyy")),
    _needed("producer", ("Tên chủ thể", "Chủ thể"), words(200), _("a name of at most 200 characters")),
    _needed("kind", ("Loại hình",), kind, _("company, cooperative, cooperative group or household business")),
    _optional("tax_code", ("Mã số thuế", "MST"), parsers.tax_code, _("10 digits, 10-3, or 12 digits")),
    _optional("address", ("Địa chỉ",), words(200), _("at most 200 characters")),
    _needed("commune", ("Xã/phường", "Xã", "Xã, phường"), words(120), _("a commune of the province")),
    _optional("phone", ("Điện thoại", "Số điện thoại"), parsers.phone, _("a phone number starting with 0")),
    _optional("representative", ("Người đại diện",), words(120), _("a name of at most 120 characters")),
    _optional("gtin", ("Mã GTIN", "GTIN"), parsers.gtin, _("a GTIN with a valid check digit")),
)
TITLE = {column.key: column.titles[0] for column in COLUMNS}
NEEDED = tuple(column.key for column in COLUMNS if column.required)


def read(data: bytes) -> Table:
    """Return the rows and every problem of single cells; a product may stand in one row only.

    Raises imports.errors.WorkbookRefused when there is no table to read.
    """
    return read_table(data, COLUMNS, max_rows=5000, unique=(("gtin",), ("name", "producer")))


def sound_rows(table: Table) -> list[Row]:
    """Return the rows whose own cells are right, so that the rules between rows and registry can be tried."""
    broken = {error.row for error in table.errors}
    return [row for row in table.rows if row.number not in broken and all(row.values[key] for key in NEEDED)]


class Communes(NamedTuple):
    """The communes of a province by name, with and without the word before the name."""

    by_name: dict[str, list[AdminUnit]]

    @classmethod
    def of(cls, units: Iterable[AdminUnit]) -> Communes:
        """Sort the units by their names without case."""
        by_name: dict[str, list[AdminUnit]] = {}
        for unit in units:
            for name in {unit.name.casefold(), bare(unit.name)}:
                by_name.setdefault(name, []).append(unit)
        return cls(by_name)

    def find(self, name: str) -> list[AdminUnit]:
        """Return the communes that the name may mean: none, one, or several of the same name."""
        return self.by_name.get(name.casefold(), [])


def bare(name: str) -> str:
    """Return the name of a commune without its kind: "xã Ia Tô" is "ia tô"."""
    folded = name.casefold()
    word = next((word for word in UNIT_WORDS if folded.startswith(word)), "")
    return folded.removeprefix(word)


class Sets(NamedTuple):
    """The OCOP sets by number and by name."""

    by_key: dict[str, OcopSet]

    @classmethod
    def of(cls, sets: Iterable[OcopSet]) -> Sets:
        """Sort the sets by what a cell may say."""
        by_key: dict[str, OcopSet] = {}
        for ocop_set in sets:
            by_key |= {key: ocop_set for key in (str(ocop_set.number), ocop_set.name.casefold())}
        return cls(by_key)

    def find(self, text: str) -> OcopSet | None:
        """Return the set that a cell names: "13", "13. Cà phê, ca cao" or "Cà phê, ca cao"."""
        number, dot, _name = text.partition(".")
        known = self.by_key.get(text.casefold())
        return known or (self.by_key.get(number.strip()) if dot else None)

"""Reading the list of products that a province keeps in a workbook: titles, cells and their rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from imports import parsers
from imports.workbook import Column, Row, Table, read_table
from people.models import AdminUnit
from registry.importing.columns import stars
from registry.models import Producer

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


def kind(cell: parsers.Cell) -> str:
    """The form of the producer."""
    found = KINDS.get(parsers.text(cell).casefold())
    if found is None:
        raise ValueError(cell)
    return found


Parser = Callable[[parsers.Cell], object]


def _needed(key: str, titles: tuple[str, ...], parse: Parser, rule: Promise) -> Column:
    return Column(key, titles, required=True, parse=parse, rule=rule)


def _optional(key: str, titles: tuple[str, ...], parse: Parser, rule: Promise) -> Column:
    return Column(key, titles, required=False, parse=parse, rule=rule)


COLUMNS = (
    _needed("name", ("Tên sản phẩm", "Sản phẩm"), parsers.words(160), _("a name of at most 160 characters")),
    _needed("ocop_set", ("Bộ sản phẩm OCOP", "Bộ sản phẩm"), parsers.words(160), _("number and name of an OCOP set")),
    _needed("stars", ("Hạng sao", "Số sao"), stars, _("3, 4 or 5 stars")),
    _needed("decision_number", ("Số quyết định",), parsers.words(40), _("a number of at most 40 characters")),
    _needed("decided_on", ("Ngày quyết định",), parsers.date, _("a date dd/mm/yyyy")),
    _needed("producer", ("Tên chủ thể", "Chủ thể"), parsers.words(200), _("a name of at most 200 characters")),
    _needed("kind", ("Loại hình",), kind, _("company, cooperative, cooperative group or household business")),
    _optional("tax_code", ("Mã số thuế", "MST"), parsers.tax_code, _("10 digits, 10-3, or 12 digits")),
    _optional("address", ("Địa chỉ",), parsers.words(200), _("at most 200 characters")),
    _needed("commune", ("Xã/phường", "Xã", "Xã, phường"), parsers.words(120), _("a commune of the province")),
    _optional("phone", ("Điện thoại", "Số điện thoại"), parsers.phone, _("a phone number starting with 0")),
    _optional("representative", ("Người đại diện",), parsers.words(120), _("a name of at most 120 characters")),
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

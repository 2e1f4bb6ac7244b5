"""The columns of a province's list of OCOP products: titles as offices write them, cells and their rules."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from imports import parsers
from imports.resources import ListField, ListResource
from registry.models import Producer

Kind = Producer.Kind
# What offices write in "Loại hình", and what names of producers begin with.
KINDS = {
    "công ty": Kind.COMPANY,
    "doanh nghiệp": Kind.COMPANY,
    "dntn": Kind.COMPANY,
    "dn": Kind.COMPANY,
    "cty": Kind.COMPANY,
    "hợp tác xã": Kind.COOPERATIVE,
    "htx": Kind.COOPERATIVE,
    "tổ hợp tác": Kind.GROUP,
    "tht": Kind.GROUP,
    "hộ kinh doanh": Kind.HOUSEHOLD,
    "hộ kd": Kind.HOUSEHOLD,
    "hkd": Kind.HOUSEHOLD,
    "hộ sản xuất": Kind.HOUSEHOLD,
    "hộ gia đình": Kind.HOUSEHOLD,
    "cơ sở": Kind.HOUSEHOLD,
}


def kind_of(text: str) -> str | None:
    """Return the form of a producer that a cell or a name begins with, if any."""
    said = text.casefold()
    return next((kind for word, kind in KINDS.items() if (said + " ").startswith(word + " ")), None)


def kind(cell: parsers.Cell) -> str:
    """The form of the producer."""
    found = kind_of(parsers.text(cell))
    if found is None:
        raise ValueError(cell)
    return found


def stars(cell: parsers.Cell) -> int:
    """Stars of a recognition: OCOP recognises products from 3 stars."""
    value = parsers.stars(cell)
    if value < 3:
        raise ValueError(cell)
    return value


class OcopList(ListResource):
    """One product per line, with its producer and the decision that gave it its stars."""

    key_column = "name"

    name = ListField(
        ("Tên sản phẩm", "Sản phẩm", "Tên sản phẩm OCOP", "Sản phẩm OCOP", "Tên sản phẩm/dịch vụ"),
        parsers.words(160), _("a name of at most 160 characters"), needed=True, splits=True,
    )  # fmt: skip
    ocop_set = ListField(
        ("Bộ sản phẩm OCOP", "Bộ sản phẩm", "Nhóm sản phẩm", "Bộ SP"),
        parsers.words(160), _("number and name of an OCOP set"),
    )  # fmt: skip
    stars = ListField(
        ("Hạng sao", "Số sao", "Xếp hạng", "Phân hạng", "Hạng", "Kết quả phân hạng", "Sao"),
        stars, _("3, 4 or 5 stars"), needed=True, splits=True,
    )  # fmt: skip
    decision_number = ListField(
        ("Số quyết định", "Quyết định số", "Số QĐ", "QĐ số", "Quyết định công nhận số", "Quyết định công nhận"),
        parsers.words(40), _("a number of at most 40 characters"), needed=True,
    )  # fmt: skip
    decided_on = ListField(
        ("Ngày quyết định", "Quyết định ngày", "Ngày QĐ", "Ngày công nhận", "Quyết định công nhận ngày", "Ngày ký"),
        parsers.date, _("a date dd/mm/yyyy"), needed=True,
    )  # fmt: skip
    producer = ListField(
        ("Tên chủ thể", "Chủ thể", "Chủ thể tên", "Tên chủ thể sản xuất", "Chủ thể sản xuất", "Đơn vị sản xuất",
         "Tên đơn vị", "Cơ sở sản xuất"),
        parsers.words(200), _("a name of at most 200 characters"), needed=True,
    )  # fmt: skip
    kind = ListField(
        ("Loại hình", "Loại hình chủ thể", "Chủ thể loại hình", "Loại hình tổ chức"),
        kind, _("company, cooperative, cooperative group or household business"),
    )  # fmt: skip
    tax_code = ListField(
        ("Mã số thuế", "MST", "Chủ thể mã số thuế", "Mã số doanh nghiệp"),
        parsers.tax_code, _("10 digits, 10-3, or 12 digits"),
    )  # fmt: skip
    address = ListField(
        ("Địa chỉ", "Thôn, làng", "Thôn/làng", "Thôn", "Chủ thể địa chỉ", "Địa chỉ thôn"),
        parsers.words(200), _("at most 200 characters"),
    )  # fmt: skip
    commune = ListField(
        ("Xã/phường", "Xã", "Xã, phường", "Xã, phường, thị trấn", "Địa chỉ xã", "Địa bàn", "Địa chỉ xã/phường"),
        parsers.words(120), _("a commune of the province"), needed=True,
    )  # fmt: skip
    phone = ListField(
        ("Điện thoại", "Số điện thoại", "SĐT", "ĐT", "Điện thoại liên hệ", "Liên hệ điện thoại"),
        parsers.phone, _("a phone number starting with 0"),
    )  # fmt: skip
    representative = ListField(
        ("Người đại diện", "Đại diện", "Họ tên người đại diện", "Chủ hộ/giám đốc", "Liên hệ người đại diện"),
        parsers.words(120), _("a name of at most 120 characters"),
    )  # fmt: skip
    gtin = ListField(
        ("Mã GTIN", "GTIN", "Mã vạch", "Mã số mã vạch", "Mã số, mã vạch"),
        parsers.gtin, _("a GTIN with a valid check digit"), splits=True,
    )  # fmt: skip

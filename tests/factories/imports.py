"""What an OCOP list of Gia Lai needs to be imported: communes old and new, OCOP sets, criteria."""

from __future__ import annotations

from datetime import date

from imports.actions import set_columns, upload_list
from imports.export import write_xlsx
from imports.models import ImportBatch
from imports.targets import targets
from people.models import AdminUnit
from registry.models import OcopCriteria, OcopSet
from tests.factories.people import Office

MERGED_ON = date(2025, 7, 1)
LAST_DAY = date(2025, 6, 30)
Level = AdminUnit.Level
SETS = {
    1: "Rau, củ, quả, hạt tươi",
    4: "Mật ong, mật khác và nông sản thực phẩm khác",
    7: "Chế biến từ rau, củ, quả, hạt",
    11: "Chè tươi, chế biến",
    13: "Cà phê, ca cao",
}


def unit(code: str, name: str, level: str, parent: AdminUnit | None, *, ended: bool = False) -> AdminUnit:
    """Return an administrative unit of before or after the mergers of 2025."""
    days = {"valid_to": LAST_DAY} if ended else {"valid_from": MERGED_ON}
    return AdminUnit.objects.get_or_create(
        code=code, defaults={"name": name, "level": level, "parent": parent, **days}
    )[0]


def make_ground(province: AdminUnit) -> None:
    """Make the communes, sets and criteria that the lists of tests/golden/imports name."""
    before = unit("gl-old", "tỉnh Gia Lai", Level.PROVINCE, None, ended=True)
    district = unit("gl-ia-grai", "huyện Ia Grai", Level.DISTRICT, before, ended=True)
    city = unit("gl-pleiku", "thành phố Pleiku", Level.DISTRICT, before, ended=True)
    new = {  # the first is the commune that tests.factories.registry gives to every producer
        name: unit(f"{province.code}-00{number}", name, Level.COMMUNE, province)
        for number, name in enumerate(("xã Ia Tô", "xã Ia Krái", "xã Ia Hrung", "phường Pleiku"), start=1)
    }
    became = {
        ("xã Ia Tô", district): "xã Ia Tô",
        ("xã Ia Krái", district): "xã Ia Krái",
        ("xã Ia Bă", district): "xã Ia Hrung",
        ("phường Thắng Lợi", city): "phường Pleiku",
    }
    for number, ((name, parent), end) in enumerate(became.items(), start=1):
        unit(f"gl-o{number}", name, Level.COMMUNE, parent, ended=True).successors.add(new[end])
    for number, name in SETS.items():
        OcopSet.objects.update_or_create(number=number, defaults={"name": name, "industry": "Thực phẩm"})
    OcopCriteria.objects.get_or_create(
        decision="148/QĐ-TTg",
        defaults={"effective_from": date(2023, 2, 24), "points_a": 40, "points_b": 25, "points_c": 35},
    )


def uploaded(data: bytes, office: Office, *, name: str = "danh-sach.xlsx", target: str = "ocop") -> ImportBatch:
    """Return the batch of a list, its columns guessed."""
    return upload_list(data, file_name=name, target=targets()[target], province=office.province, by=office.manager)


def checked(data: bytes, office: Office, **options: str) -> ImportBatch:
    """Return the batch of a list with its report."""
    batch = uploaded(data, office, **options)
    return set_columns(
        batch,
        sheet=batch.sheet,
        header=(batch.header_first, batch.header_last),
        places=batch.places,
        constants=batch.constants,
        by=office.manager,
    )


def list_with_an_error() -> bytes:
    """Return a list of two products, one of which has a wrong day."""
    titles = ["Tên sản phẩm", "Bộ sản phẩm", "Hạng sao", "Số quyết định", "Ngày quyết định", "Tên chủ thể", "Xã/phường"]
    rows = [
        ["Chè xanh", "1", "3 sao", "15/QĐ-UBND", "10/01/2021", "HTX Chè (giả lập)", "xã Ia Tô"],
        ["Chè đen", "1", "3 sao", "15/QĐ-UBND", "32/01/2021", "HTX Chè (giả lập)", "xã Ia Tô"],
    ]
    return write_xlsx("OCOP", titles, rows)

"""The list that lies on top of the acceptance dossier, as a Word file; an inner list, so it bears no number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from documents import docx
from documents.actions import written
from documents.blueprints.layout import Sheet
from documents.blueprints.pieces import Column
from documents.dossier import Place
from documents.models import RegisterEntry
from documents.names import printable
from projects.models import PilotProject

TITLE = "Mục lục hồ sơ nghiệm thu"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the list."""

    number: str  # "03", or "03.2" where several papers stand in one place
    title: str
    symbol: str  # number and symbol, with the date; "" of a missing paper
    signer: str
    file: str
    remark: str  # "THIẾU: …" of a missing one


@dataclass(frozen=True, kw_only=True)
class AcceptanceIndex:
    """The data of the list."""

    project_title: str
    project_code: str
    agency: str
    rows: tuple[Row, ...]
    present: int
    missing: int
    missing_titles: tuple[str, ...]
    made_on: str


def index_of(project: PilotProject, places: Sequence[Place], names: dict[int, str], made_on: str) -> bytes:
    """Return the list as a .docx; `names` are the files' names by version."""
    rows = tuple(row for place in places for row in _rows(place, names))
    missing = tuple(f"{place.position:02d}. {printable(place.title)}" for place in places if place.is_missing)
    paper = AcceptanceIndex(
        project_title=project.title,
        project_code=project.code,
        agency=project.owner.name,
        rows=rows,
        present=sum(len(place.versions) for place in places),
        missing=len(missing),
        missing_titles=missing,
        made_on=made_on,
    )
    return docx.render(_template(), paper=paper)


def _rows(place: Place, names: dict[int, str]) -> list[Row]:
    number = f"{place.position:02d}"
    if not place.versions:
        remark = f"THIẾU: {place.why_missing}" if place.is_missing else f"Không bắt buộc: {place.why_missing}"
        return [Row(number=number, title=printable(place.title), symbol="", signer="", file="", remark=remark)]
    several = len(place.versions) > 1
    rows = []
    for nth, version in enumerate(place.versions, start=1):
        entry: RegisterEntry | None = getattr(version, "register_entry", None)
        rows.append(
            Row(
                number=f"{number}.{nth}" if several else number,
                title=printable(version.document.title),
                symbol=f"{entry.full_number}, {written(entry.issued_on)}" if entry else "Không đánh số",
                signer=entry.signed_by.full_name if entry else "",
                file=names[version.pk],
                remark="",
            )
        )
    return rows


@cache
def _template() -> bytes:
    sheet = Sheet(TITLE, landscape=True)
    sheet.centred("{{ paper.agency|upper }}", size=13, bold=True)
    sheet.title(TITLE, "Nhiệm vụ {{ paper.project_title|quoted }} (mã {{ paper.project_code }})")
    sheet.text(
        "Hồ sơ có {{ paper.present|count }} văn bản; còn thiếu {{ paper.missing|count }} văn bản bắt buộc. "
        "Mục lục lập {{ paper.made_on }} từ sổ văn bản."
    )
    sheet.table(
        "row in paper.rows",
        [
            Column(heading="TT", share=6, text="{{ row.number }}", align="center"),
            Column(heading="Tên văn bản", share=32, text="{{ row.title }}"),
            Column(heading="Số, ký hiệu, ngày", share=20, text="{{ row.symbol }}"),
            Column(heading="Người ký", share=14, text="{{ row.signer }}"),
            Column(heading="Tệp trong hồ sơ", share=18, text="{{ row.file }}"),
            Column(heading="Ghi chú", share=14, text="{{ row.remark }}"),
        ],
    )
    with sheet.when("paper.missing_titles"):
        sheet.text("**Văn bản bắt buộc còn thiếu:**")
        sheet.items("title in paper.missing_titles", "{{ title }}")
    return sheet.save()

"""The kinds of paper that programmes have: the priority list and the yearly reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.actions import written
from documents.contexts import plans as lists
from documents.contexts import programmes as papers
from documents.models import DocumentVersion, RegisterEntry
from people.models import Organisation
from projects.models import Programme
from workflows.contexts import priority
from workflows.contexts import programmes as reports
from workflows.contexts.programme_year import lines_of_year
from workflows.contexts.standing import committee_of, standing_agency, units_named, with_predecessors
from workflows.contexts.wanted import Wanted
from workflows.forms.papers.plans import (
    ConsolidatedReportForm,
    IndicatorReportForm,
    PriorityDecisionForm,
    PrioritySubmissionForm,
    UnitReportForm,
)
from workflows.papers.bases import legal_bases, proposed_by
from workflows.papers.kinds import Occasion, PaperKind
from workflows.papers.plans import of_entries, recipients

SUBMISSION = "priority_submission"


def years(programme: Programme) -> Sequence[Occasion]:
    """Return the years that a report may be about: this one and the last, within the programme's time."""
    return tuple(Occasion(str(year), _("Year %(year)s") % {"year": year}) for year in _years(programme))


def unit_years(programme: Programme) -> Sequence[Occasion]:
    """Return the same years for each unit that the plans name in them."""
    return tuple(
        Occasion(reports.occasion_of(year, unit), _("Year %(year)s: %(unit)s") % {"year": year, "unit": unit})
        for year in _years(programme)
        for unit in units_named(programme, lines_of_year(programme, year), date(year, 12, 31))
    )


def unit_of(programme: Programme, occasion: str) -> Organisation:
    """Return the unit whose report an occasion names."""
    return with_predecessors(Organisation.objects.all()).get(
        province=programme.province, code=occasion.partition("-")[2]
    )


def _years(programme: Programme) -> list[int]:
    today = timezone.localdate().year
    last = min(today, programme.ends_on.year) if programme.ends_on else today
    first = max(last - 1, programme.starts_on.year) if programme.starts_on else last - 1
    return list(range(last, first - 1, -1))


def _year(occasion: str) -> int:
    return int(occasion.partition("-")[0])


def _standing(programme: Programme, occasion: str) -> Organisation | None:
    return standing_agency(programme, timezone.localdate())


def _of_unit(wanted: Wanted) -> object:
    unit = unit_of(wanted.subject, wanted.occasion)
    return reports.unit_report(wanted.subject, _year(wanted.occasion), unit, wanted.entries)


def _consolidated(wanted: Wanted) -> object:
    return reports.consolidated_report(wanted.subject, _year(wanted.occasion), wanted.day, wanted.entries)


def _both(wanted: Wanted) -> Sequence[str]:
    """The recipients of the consolidated report: whom it is addressed to, unless others were typed (BK-V.1i)."""
    typed = recipients(wanted)
    addressees = [f"{line} (b/c)" for line in str(wanted.entries.get("addressees", "")).splitlines() if line.strip()]
    office = _standing(wanted.subject, wanted.occasion)
    return typed or (*addressees, f"Lưu: VT, {office.symbol}" if office else "Lưu: VT")


def _submission(programme: Programme, occasion: str) -> Mapping[str, Any]:
    return {
        "rows": priority.suggested_rows(programme, timezone.localdate()),
        "criteria": "\n".join(priority.CRITERIA),
        "attachments": "Dự thảo Quyết định phê duyệt danh mục",
    }


def _approval(programme: Programme, occasion: str) -> Mapping[str, Any]:
    """What the submission of the same list said, and its number once it is issued."""
    day = timezone.localdate()
    document = programme.documents.filter(kind=SUBMISSION, occasion=occasion).first()
    entry = RegisterEntry.objects.filter(
        version__document=document, version__state=DocumentVersion.State.ISSUED
    ).first()
    kept = {name: document.entries.get(name, "") for name in ("period", "rows")} if document else {}
    proposal = (
        f"{document.organisation} tại Tờ trình số {entry} {written(entry.issued_on)}" if document and entry else ""
    )
    executors = priority.suggested_executors(programme, day)
    return {"duties": "\n".join(priority.DUTIES), "executors": executors, "proposal": proposal, **kept}


def _addressees(programme: Programme, occasion: str) -> Mapping[str, Any]:
    """Those of the year before, who hardly ever change; else the people's committee, and the ministry is typed."""
    before = programme.documents.filter(kind="consolidated_report").order_by("-occasion").first()
    committee = committee_of(programme)
    return {"addressees": before.entries.get("addressees", "") if before else str(committee or "")}


KINDS: dict[str, PaperKind] = {
    SUBMISSION: PaperKind(
        code="D04",
        name=gettext_lazy("Submission of the priority list"),
        symbol="TTr",
        data_class=lists.PrioritySubmission,
        build=of_entries(priority.priority_submission),
        subject=Programme,
        form=PrioritySubmissionForm,
        initial=_submission,
        occasions=years,
        title=lambda programme, occasion: f"Tờ trình danh mục sản phẩm ưu tiên truy xuất nguồn gốc, {occasion}",
        issuer=_standing,
        recipients=recipients,
    ),
    "priority_decision": PaperKind(
        code="D04",
        name=gettext_lazy("Decision on the priority list"),
        symbol="QĐ",
        by_head=True,
        data_class=lists.PriorityDecision,
        build=of_entries(priority.priority_decision),
        subject=Programme,
        form=PriorityDecisionForm,
        initial=_approval,
        occasions=years,
        title=lambda programme, occasion: f"Quyết định danh mục sản phẩm ưu tiên truy xuất nguồn gốc, {occasion}",
        issuer=lambda programme, occasion: committee_of(programme),
        bases=lambda wanted: proposed_by(wanted.entries.get("proposal", ""), legal_bases(wanted.subject)),
        recipients=recipients,
    ),
    reports.UNIT_REPORT: PaperKind(
        code="D15",
        name=gettext_lazy("Yearly report of a unit"),
        symbol="BC",
        data_class=papers.UnitReport,
        build=_of_unit,
        subject=Programme,
        form=UnitReportForm,
        occasions=unit_years,
        title=lambda programme, occasion: f"Báo cáo kết quả năm {_year(occasion)}: {programme.title}",
        issuer=unit_of,
        recipients=recipients,
    ),
    "consolidated_report": PaperKind(
        code="D15",
        name=gettext_lazy("Consolidated yearly report"),
        symbol="BC",
        data_class=papers.ConsolidatedReport,
        build=_consolidated,
        subject=Programme,
        form=ConsolidatedReportForm,
        initial=_addressees,
        occasions=years,
        title=lambda programme, occasion: f"Báo cáo tổng hợp năm {occasion}: {programme.title}",
        issuer=_standing,
        recipients=_both,
    ),
    "indicator_report": PaperKind(
        code="D15",
        name=gettext_lazy("Report on the indicators"),
        symbol="BC",
        data_class=papers.IndicatorReport,
        build=of_entries(reports.indicator_report),
        subject=Programme,
        form=IndicatorReportForm,
        occasions=years,
        title=lambda programme, occasion: f"Báo cáo chỉ tiêu năm {occasion}: {programme.title}",
        issuer=_standing,
        recipients=recipients,
    ),
}

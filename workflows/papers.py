"""Which paper each kind of deliverable is: its symbol, its data class, and who builds the data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import actions as documents
from documents.actions import Paper
from documents.errors import NotReady
from documents.models import DocumentVersion, RegisterEntry
from people.models import User
from projects import contexts, policies
from projects.actions import deliverable as deliverables
from projects.actions.attendance import number_certificates
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Council, Deliverable, PilotProject, Plan, TrainingSession
from stamps import contexts as stamp_contexts
from workflows.contexts.annex import task_list_annex
from workflows.contexts.application import application_set
from workflows.contexts.classes import attendance_list, training_certificate
from workflows.contexts.conference import conference_pack
from workflows.contexts.council import council_minutes
from workflows.contexts.declared import declared_data, user_guide
from workflows.contexts.final import final_report
from workflows.contexts.handover import stamp_handover
from workflows.contexts.survey import survey_report_chain, survey_report_products
from workflows.contexts.system import electronic_system
from workflows.contexts.training import training_set

Status = Deliverable.Status


@dataclass(frozen=True)
class PaperKind:
    """A kind of paper: its name, number symbol (NĐ 30/2020, annex III), data class, and the builder of the data."""

    name: Any
    symbol: str
    data_class: type
    # Reads the case (a deliverable, or a plan for an annex) for a paper of that day.
    build: Callable[[Any, date], object]


# The keys are stored with deliverables and documents: adding one is fine, renaming one is a data migration.
KINDS: dict[str, PaperKind] = {
    "survey_report_chain": PaperKind(
        gettext_lazy("Survey report of a chain"), "BC", contexts.SurveyReportChain, survey_report_chain
    ),
    "application_set": PaperKind(
        gettext_lazy("Set of application documents"), "HD", contexts.ApplicationSet, application_set
    ),
    "training_set": PaperKind(gettext_lazy("Training material"), "HD", contexts.TrainingSet, training_set),
    "electronic_system": PaperKind(
        gettext_lazy("Minutes on the electronic system"), "BB", stamp_contexts.ElectronicSystem, electronic_system
    ),
    "survey_report_products": PaperKind(
        gettext_lazy("Survey report of many products"), "BC", contexts.SurveyReportProducts, survey_report_products
    ),
    "declared_data": PaperKind(gettext_lazy("Accounts and declared data"), "BC", contexts.DeclaredData, declared_data),
    "stamp_handover": PaperKind(
        gettext_lazy("Minutes of handing over stamps"), "BB", stamp_contexts.StampHandover, stamp_handover
    ),
    "user_guide": PaperKind(gettext_lazy("User guide by product group"), "HD", contexts.UserGuide, user_guide),
    "conference_pack": PaperKind(gettext_lazy("Conference pack"), "BB", contexts.ConferencePack, conference_pack),
    "final_report": PaperKind(gettext_lazy("Final report"), "BC", contexts.FinalReport, final_report),
}
ANNEX = "task_list_annex"
PLAN_KINDS: dict[str, PaperKind] = {
    # An annex bears the number of its notice.
    ANNEX: PaperKind(gettext_lazy("Annex with the list of tasks"), "TB", contexts.TaskListAnnex, task_list_annex),
}
MINUTES = "council_minutes"
COUNCIL_KINDS: dict[str, PaperKind] = {
    MINUTES: PaperKind(gettext_lazy("Minutes of a council"), "BB", contexts.CouncilMinutes, council_minutes),
}
CLASS_KINDS: dict[str, PaperKind] = {
    "attendance_list": PaperKind(
        gettext_lazy("Attendance list of a class"), "BB", contexts.AttendanceList, attendance_list
    ),
    "training_certificate": PaperKind(
        gettext_lazy("Certificates of a class"), "TB", contexts.TrainingCertificate, training_certificate
    ),
}
ALL_KINDS = KINDS | PLAN_KINDS | COUNCIL_KINDS | CLASS_KINDS


def prepare(deliverable: Deliverable, *, by: User, now: datetime | None = None) -> DocumentVersion:
    """Generate the deliverable's next draft from the case as it is now.

    Raises NotAllowedNow while others hold the deliverable, NotReady for an unknown kind and when the
    case lacks what the paper must say.
    """
    deliverable = Deliverable.objects.select_related(
        "stage__project__owner__parent", "stage__project__manager", "stage__project__line__plan__issuer"
    ).get(pk=deliverable.pk)
    if deliverable.status not in (Status.DRAFTING, Status.RETURNED):
        raise NotAllowedNow(
            _("Deliverable %(code)s is %(status)s; a new version can be made when it is with its author.")
            % {"code": deliverable.code, "status": deliverable.get_status_display().lower()}
        )
    kind = KINDS.get(deliverable.document_kind)
    if kind is None:
        raise NotReady(_("There is no paper of kind “%(kind)s”.") % {"kind": deliverable.document_kind})
    paper = Paper(
        kind=deliverable.document_kind,
        symbol=kind.symbol,
        data=kind.build(deliverable, timezone.localdate(now)),
        legal_bases=_legal_bases(deliverable.stage.project),
    )
    return documents.prepare_draft(paper, deliverable=deliverable, by=by, now=now)


def prepare_plan_annex(plan: Plan, *, by: User, now: datetime | None = None) -> DocumentVersion:
    """Generate the list of tasks that goes with a notice, from the plan's lines.

    Raises NotAllowedForYou for anyone but the province's managers, NotReady without the notice's
    number and date (GL-02).
    """
    plan = Plan.objects.select_related("programme", "issuer__parent").get(pk=plan.pk)
    if not policies.can_create_project(by, plan.programme.province_id):
        raise NotAllowedForYou(_("Only the project managers of the province can generate the annex of its notice."))
    kind = PLAN_KINDS[ANNEX]
    paper = Paper(kind=ANNEX, symbol=kind.symbol, data=kind.build(plan, timezone.localdate(now)))
    return documents.prepare_draft(paper, plan=plan, by=by, now=now)


def prepare_class_paper(
    session: TrainingSession, kind: str, *, by: User, now: datetime | None = None
) -> DocumentVersion:
    """Generate the attendance list or the certificates of a class; who passed gets the next numbers first.

    Raises NotAllowedForYou for anyone but the project's managers and field helpers, NotReady when the
    class lacks what the paper must say.
    """
    session = TrainingSession.objects.select_related(
        "project__owner__parent", "project__province", "project__line__plan__issuer"
    ).get(pk=session.pk)
    if not policies.can_record_fieldwork(by, session.project):
        raise NotAllowedForYou(_("Only the managers and field helpers of the project can generate its papers."))
    if kind == "training_certificate":
        number_certificates(session, by=by, now=now)
    names = {"attendance_list": "Danh sách người tham dự", "training_certificate": "Giấy chứng nhận hoàn thành"}
    paper = Paper(
        kind=kind,
        symbol=CLASS_KINDS[kind].symbol,
        data=CLASS_KINDS[kind].build(session, timezone.localdate(now)),
        legal_bases=_legal_bases(session.project),
        title=f"{names[kind]}: {session.title}",
    )
    return documents.prepare_draft(paper, training=session, by=by, now=now)


def issue(deliverable: Deliverable, *, now: datetime | None = None) -> RegisterEntry:
    """Number and issue the approved deliverable's paper; the approving leader signs."""
    leader = deliverable.approved_by
    if leader is None:
        raise NotAllowedNow(_("Deliverable %(code)s has no leader's approval yet.") % {"code": deliverable.code})
    entry = documents.issue(deliverable.document, signer=leader, on=timezone.localdate(now), by=leader, now=now)
    deliverables.mark_issued(deliverable, by=leader, number=entry.full_number, now=now)
    return entry


def issue_minutes(council: Council, *, now: datetime | None = None) -> RegisterEntry:
    """Write, number and issue the minutes of a closed council; who presided signs. Raises NotReady."""
    council = Council.objects.select_related(
        "project__owner__parent", "project__manager", "project__line__plan__issuer", "closed_by"
    ).get(pk=council.pk)
    if council.closed_by is None:
        raise NotReady(_("The council is not closed yet; its minutes are written when it is."))
    kind = COUNCIL_KINDS[MINUTES]
    paper = Paper(
        kind=MINUTES,
        symbol=kind.symbol,
        data=kind.build(council, timezone.localdate(now)),
        legal_bases=_legal_bases(council.project),
        title=f"Biên bản họp Hội đồng nghiệm thu nhiệm vụ {council.project.code}",
    )
    version = documents.prepare_draft(paper, council=council, by=council.closed_by, now=now)
    signer = council.members.get(seat=council.arithmetic["presided_by"]).user
    return documents.issue(version.document, signer=signer, on=timezone.localdate(now), by=council.closed_by, now=now)


def _legal_bases(project: PilotProject) -> list[str]:
    """The plan's own bases, and the plan itself: a paper is written because the plan orders it."""
    line = project.line
    if line is None:
        return []
    plan = line.plan
    bases = [_as_basis(str(basis)) for basis in plan.legal_bases]
    if plan.number and plan.issued_on:
        paper = f"{plan.get_kind_display()} số {plan.number} {documents.written(plan.issued_on)} của {plan.issuer}"
        bases.append(_as_basis(paper))
    return bases


def _as_basis(text: str) -> str:
    """Return a basis as papers write it: "Căn cứ …", without the closing mark."""
    bare = text.strip().rstrip(";.,")
    return bare if bare.casefold().startswith("căn cứ") else f"Căn cứ {bare}"

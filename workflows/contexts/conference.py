"""The conference pack: agenda, invitations, attendance, minutes (GL-2.D5).

The invited are read from the registry: OCOP producers of the province outside the project, and its agencies.
The hours, and what was said and concluded, are nowhere recorded yet: they stay open for the secretary's pen.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from people.models import Membership, Organisation
from projects.contexts import AgendaRow, AttendeeRow, ConferencePack, InviteeRow
from projects.models import Attendance, CommunicationEvent, Deliverable, PilotProject, TrainingSession
from registry.models import Product
from workflows.contexts import case
from workflows.contexts.training import topics_of

OPEN = "……"
CONFERENCES = (CommunicationEvent.Kind.CONFERENCE, CommunicationEvent.Kind.WORKSHOP)
AGENCIES = (Organisation.Kind.COMMITTEE, Organisation.Kind.DEPARTMENT, Organisation.Kind.BRANCH)


def conference_pack(deliverable: Deliverable, day: date) -> ConferencePack:
    """Return the pack of the project's latest conference; those who came are the attendance of that day's classes."""
    project = case.project_of(deliverable)
    conference = project.communication_events.filter(kind__in=CONFERENCES).order_by("held_on", "pk").last()
    if conference is None:
        raise case.not_ready([_("No conference is recorded: record it on the communication page.")])
    sessions = list(project.training_sessions.filter(held_on=conference.held_on))
    attendees, producers = _attendees(sessions), _other_producers(project, conference.held_on)
    agencies = _agencies(project, conference.held_on)
    case.refuse_if(_missing(conference, attendees, producers, agencies))
    leader = next(iter(project.people(Membership.Role.LEADER)), project.manager)
    clerk = next(iter(project.people(Membership.Role.CLERK)), project.manager)
    return ConferencePack(
        project_title=project.title,
        conference_title=conference.title,
        held_on=case.dated(conference.held_on),
        begins_at=OPEN,
        ends_at=OPEN,
        place=conference.channel,
        chair=leader.full_name,
        secretary=clerk.full_name,
        agenda=tuple(AgendaRow(time=OPEN, content=topic, presenter=OPEN) for topic in topics_of(sessions)),
        materials=_materials(deliverable),
        other_producers=producers,
        agencies=agencies,
        attendees=attendees,
        invited_count=len(producers) + len(agencies),
        attended_count=len(attendees),
        statements=(),
        conclusions=(),
    )


def _missing(
    conference: CommunicationEvent,
    attendees: Sequence[AttendeeRow],
    producers: Sequence[InviteeRow],
    agencies: Sequence[InviteeRow],
) -> list[str]:
    missing = []
    if not attendees:
        missing.append(
            _("Nobody's attendance is recorded on the day of the conference, %(day)s: record a class of that day.")
            % {"day": case.dated(conference.held_on)}
        )
    if not producers:
        missing.append(
            _("The registry has no OCOP producer outside the project to invite: register them with their recognition.")
        )
    if not agencies:
        missing.append(_("No agency of the province is on file to invite: ask the administrator to add them."))
    return missing


def _attendees(sessions: Sequence[TrainingSession]) -> tuple[AttendeeRow, ...]:
    rows = Attendance.objects.filter(session__in=sessions).select_related("producer").order_by("pk")
    return tuple(
        AttendeeRow(name=row.person_name, organisation=row.producer.name if row.producer else row.agency)
        for row in rows
    )


def _other_producers(project: PilotProject, day: date) -> tuple[InviteeRow, ...]:
    """Producers of the province whose product is recognised on the day, none of whose products takes part."""
    inside = project.enrolled_products().order_by().values("producer")
    rows = Product.objects.filter(producer__province=project.province).recognised_on(day).exclude(producer__in=inside)
    products: dict[int, list[Product]] = {}
    for product in rows.select_related("producer__commune").order_by("producer__name", "name"):
        products.setdefault(product.producer_id, []).append(product)
    return tuple(
        InviteeRow(
            name=own[0].producer.name,
            address=case.place_of(own[0].producer),
            note=", ".join(product.name for product in own),
        )
        for own in products.values()
    )


def _agencies(project: PilotProject, day: date) -> tuple[InviteeRow, ...]:
    """Agencies of the province that exist on the day, without the one that invites."""
    rows = Organisation.objects.filter(province=project.province, kind__in=AGENCIES).exclude(pk=project.owner_id)
    existing = rows.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))
    return tuple(InviteeRow(name=agency.name, address=agency.place, note="") for agency in existing.order_by("name"))


def _materials(deliverable: Deliverable) -> tuple[str, ...]:
    """The project's papers issued so far: these are handed out."""
    issued = Deliverable.objects.filter(
        stage__project=case.project_of(deliverable), status=Deliverable.Status.ISSUED
    ).exclude(pk=deliverable.pk)
    return tuple(issued.order_by("stage__position", "code").values_list("title", flat=True))

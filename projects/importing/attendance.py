"""The paper list of a class, typed up later, as a kind of import: who came, for which producer or agency.

The class is found by its day, which such lists print above the table, and by its title where two
classes were held on one day. Rules are those of projects.actions.attendance.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from imports import parsers
from imports.models import ImportBatch, ImportLine
from imports.resources import ListField, ListResource
from imports.targets import Difference, Entry, Outcome, Plan, Record, Target
from people.models import AdminUnit, User
from projects import policies
from projects.models import Attendance, Invitation, PilotProject, TrainingSession
from registry.importing.columns import kind_of
from registry.models import Producer
from registry.search import fold, folded_fields

State = ImportLine.State
Problem = tuple[str, str]
Side = tuple[int | None, str]  # a producer's id, or an agency's name
_DAY = re.compile(r"ngày\s+(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})", re.IGNORECASE)
_YES = {"x", "có", "đạt", "co", "dat", "1", "v", "✓"}
_NO = {"không", "chưa đạt", "không đạt", "khong", "0", "-"}


def passed(cell: parsers.Cell) -> bool:
    """Whether the competency check was passed: "x", "Đạt", "Có"; "Không đạt"."""
    said = parsers.text(cell).casefold()
    if said not in _YES | _NO:
        raise ValueError(cell)
    return said in _YES


class AttendanceList(ListResource):
    """One person per line."""

    key_column = "person_name"

    held_on = ListField(
        ("Ngày tập huấn", "Ngày học", "Ngày mở lớp"), parsers.date, gettext_lazy("a date dd/mm/yyyy"), needed=True
    )
    title = ListField(
        ("Lớp tập huấn", "Tên lớp", "Lớp"), parsers.words(200), gettext_lazy("a title of at most 200 characters")
    )
    person_name = ListField(
        ("Họ và tên", "Họ tên", "Họ và tên học viên", "Người tham dự", "Học viên"),
        parsers.words(120), gettext_lazy("a name of at most 120 characters"), needed=True,
    )  # fmt: skip
    unit = ListField(
        ("Đơn vị", "Đơn vị công tác", "Cơ sở", "Chủ thể", "Cơ quan, đơn vị", "Cơ quan", "Địa chỉ/đơn vị"),
        parsers.words(200), gettext_lazy("a producer of the registry, or an agency"), needed=True,
    )  # fmt: skip
    phone = ListField(
        ("Điện thoại", "Số điện thoại", "SĐT", "ĐT"), parsers.phone, gettext_lazy("a phone number starting with 0")
    )
    passed_check = ListField(
        ("Đạt kiểm tra", "Kết quả kiểm tra", "Kết quả"), passed, gettext_lazy("“x” or “Đạt” for those who passed")
    )


class AttendanceTarget(Target):
    """The list of those who came to a class."""

    key: ClassVar[str] = "attendance"
    label = gettext_lazy("Attendance list of a class")
    resource = AttendanceList
    constant_keys: ClassVar[tuple[str, ...]] = ("held_on", "title")

    def can_import(self, user: User, province_id: int) -> bool:
        """Those who record field work in a project of the province."""
        projects = PilotProject.objects.visible_to(user).filter(province=province_id)
        return any(policies.can_record_fieldwork(user, project) for project in projects)

    def may_undo(self, user: User, batch: ImportBatch) -> bool:
        """Those who record field work in every project whose classes the list filled."""
        people = batch.changes.filter(model=Attendance._meta.label).values("thing")
        projects = PilotProject.objects.filter(training_sessions__attendances__in=people).distinct()
        return all(policies.can_record_fieldwork(user, project) for project in projects)

    def lock(self, province: AdminUnit, user: User) -> AdminUnit:
        """Lock the province, so that two lists wait for each other; whose class it is, each line asks."""
        return AdminUnit.objects.select_for_update().get(pk=province.pk)

    def plan(
        self, records: Sequence[Record], province: AdminUnit, *, by: User, today: date, for_writing: bool = False
    ) -> Plan:
        """Compare the lines with who is in the lists of the classes; lines before count for the lines after them."""
        known = _Known(records, province, by, for_writing=for_writing)
        outcomes = [_take(record, known) for record in records]
        return Plan(outcomes, {Attendance: known.entries})

    def after_write(self, plan: Plan) -> None:
        """Nothing hangs on an attendance."""

    def constants_in(self, titles: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
        """The day above the table: "Lớp tập huấn …, ngày 12/9/2026"."""
        for line in titles:
            if (match := _DAY.search(line)) and "held_on" not in places:
                return {"held_on": "/".join(part.zfill(2) for part in match.groups())}
        return {}

    def derived(self, model: type[models.Model]) -> list[str]:
        """The folded column, which follows the name."""
        return folded_fields(model())

    def home(self) -> tuple[str, str]:
        """The projects' list."""
        return _("Pilot projects"), reverse("projects:projects")


class _Known:
    """The classes that the lines may mean, with who is in their lists; a few queries, whatever their number."""

    def __init__(self, records: Sequence[Record], province: AdminUnit, by: User, *, for_writing: bool) -> None:
        days = {record.values["held_on"] for record in records if record.values["held_on"]}
        rows = TrainingSession.objects.filter(project__province=province, held_on__in=days).select_related("project")
        if for_writing:
            list(PilotProject.objects.select_for_update().filter(training_sessions__in=rows).order_by("pk"))
        self.by_day: defaultdict[date, list[TrainingSession]] = defaultdict(list)
        for session in rows.order_by("pk"):
            if session.held_on:
                self.by_day[session.held_on].append(session)
        self.mine = {
            project.pk: policies.can_record_fieldwork(by, project) for project in {row.project for row in rows}
        }
        self.people: defaultdict[int, list[Attendance]] = defaultdict(list)
        for attendance in Attendance.objects.filter(session__in=rows):
            self.people[attendance.session_id].append(attendance)
        self.invited = list(Invitation.objects.filter(session__in=rows, attendance=None))
        self.producers: dict[str, list[Producer]] = defaultdict(list)
        for producer in province.producers.current():
            self.producers[fold(producer.name)].append(producer)
        self.rows: dict[int, int] = {}  # by the id of an attendance object: the line that it stands in already
        self.entries: list[Entry] = []

    def side(self, unit: str) -> tuple[Producer | None, str, str]:
        """Return the producer or the agency that a cell names, and what is wrong with it."""
        found = self.producers.get(fold(unit), [])
        if len(found) == 1:
            return found[0], "", ""
        if found:
            return None, "", _("several producers have this name; enter this person on the page of the class")
        if kind_of(unit):
            return None, "", _("no such producer in the registry; add it first, or correct the name")
        return None, unit, ""

    def session(self, values: Mapping[str, Any]) -> tuple[TrainingSession | None, list[Problem]]:
        """Return the class of a line and what is wrong with it."""
        held = self.by_day[values["held_on"]]
        title = fold(values["title"] or "")
        if title:
            held = [session for session in held if fold(session.title) == title]
        if not held:
            return None, [("held_on", _("no class was held on this day; record the class first"))]
        if len(held) > 1:
            return None, [("title", _("several classes were held on this day; write the title of the class"))]
        session = held[0]
        if not self.mine[session.project_id]:
            text = _("only the managers and field helpers of project %(code)s can record this")
            return None, [("held_on", text % {"code": session.project.code})]
        if session.project.status == PilotProject.Status.ACCEPTED:
            text = _("project %(code)s is accepted; its records stay as they are")
            return None, [("held_on", text % {"code": session.project.code})]
        return session, []


def _take(record: Record, known: _Known) -> Outcome:
    """Return what a line comes to, and note what is to be written."""
    values = record.values
    label = " · ".join(text for text in (values["person_name"], values["unit"]) if text)
    if record.problems:
        return Outcome(record, label, State.ERROR)
    session, problems = known.session(values)
    producer, agency, wrong = known.side(values["unit"])
    if wrong:
        problems.append(("unit", wrong))
    if session is None or problems:
        record.problems.extend(problems)
        return Outcome(record, label, State.ERROR)
    side: Side = (producer.pk if producer else None, agency)
    found = _same_person(known.people[session.pk], values, side)
    if problems := list(_contradictions(record, known, session, found)):
        record.problems.extend(problems)
        return Outcome(record, label, State.ERROR)
    if found is None:
        return Outcome(record, label, State.NEW, _new(record, known, session, producer, agency))
    known.rows[id(found)] = record.row
    differences = _changed(record, known, found)
    return Outcome(record, label, State.CHANGED if differences else State.SAME, differences)


def _same_person(people: Sequence[Attendance], values: Mapping[str, Any], side: Side) -> Attendance | None:
    """The same name for the same producer or agency."""
    name = fold(values["person_name"])
    return next(
        (one for one in people if (one.producer_id, one.agency) == side and fold(one.person_name) == name), None
    )


def _contradictions(
    record: Record, known: _Known, session: TrainingSession, found: Attendance | None
) -> Iterator[Problem]:
    phone, people = record.values["phone"], known.people[session.pk]
    if found is not None:
        if row := known.rows.get(id(found)):
            yield "person_name", _("this already stands in row %(row)s; keep one of the two rows") % {"row": row}
        if found.certificate_number is not None and record.values["passed_check"] is False:
            yield "passed_check", _("this person has a certificate of the class; it is not taken back here")
        return
    if len(people) >= session.seats:
        text = _("the class has %(seats)d seats and all are taken; open another class")
        yield "person_name", text % {"seats": session.seats}
    if other := next((one for one in people if phone and one.phone == phone), None):
        text = _("%(person)s has this phone number; two people with one phone are entered on the page of the class")
        yield "phone", text % {"person": other.person_name}


def _new(
    record: Record, known: _Known, session: TrainingSession, producer: Producer | None, agency: str
) -> list[Difference]:
    """Note a new attendance; an open invitation of the same person is theirs."""
    values = record.values
    attendance = Attendance(
        session=session,
        producer=producer,
        agency=agency,
        person_name=values["person_name"],
        phone=values["phone"] or "",
        passed_check=bool(values["passed_check"]),
        way=Attendance.Way.TYPED,
    )
    side: Side = (producer.pk if producer else None, agency)
    waiting = [one for one in known.invited if one.session_id == session.pk]
    attendance.invitation = _same_person(waiting, values, side)  # type: ignore[arg-type, assignment]
    if attendance.invitation:
        known.invited.remove(attendance.invitation)
    known.people[session.pk].append(attendance)
    known.rows[id(attendance)] = record.row
    known.entries.append(Entry(attendance, record.row, verb=""))
    said = {"person_name": attendance.person_name, "phone": attendance.phone}
    return [_difference(field, "", text) for field, text in said.items() if text]


def _changed(record: Record, known: _Known, found: Attendance) -> list[Difference]:
    """Note what a line says anew of somebody in the list; an empty cell changes nothing."""
    old: dict[str, Any] = {}
    differences = []
    for field in ("phone", "passed_check"):
        value, before = record.values[field], getattr(found, field)
        if value is None or value == before:
            continue
        old[field] = before
        setattr(found, field, value)
        differences.append(_difference(field, _shown(before), _shown(value)))
    if old:
        known.entries.append(Entry(found, record.row, verb="", old=old))
    return differences


def _difference(field: str, old: str, new: str) -> Difference:
    labels = Attendance._meta
    return Difference(str(labels.verbose_name), str(labels.get_field(field).verbose_name), old, new)  # type: ignore[union-attr]


def _shown(value: Any) -> str:
    return (_("yes") if value else _("no")) if isinstance(value, bool) else str(value)

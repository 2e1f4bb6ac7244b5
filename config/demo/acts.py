"""A case and its people: every act is done by the one whose turn it is, through the engine and the rooms' actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from onboarding.models import CohortGroup, Onboarding
from people.models import Membership, Organisation, User
from projects.actions.milestones import reach_milestone
from projects.actions.parties import name_receiving_party
from projects.actions.project import create_project
from projects.models import Amendment, Deliverable, PilotProject, PlanLine, ProjectTemplate, Stage
from stamps.models import StampOrder
from workflows import actions, cases, engine, inbox, papers

Role = Membership.Role
ON = "on"  # what a ticked box sends
# Roles that take part in a project; the manager is named by the project itself.
MEMBERS = (Role.CLERK, Role.REVIEWER, Role.LEADER, Role.STAMP_OFFICER, Role.HELPER)
# Where the engine's tasks point to the thing that a step is about.
PATHS: Mapping[type[models.Model], str] = {
    PilotProject: "process__pilotmodelprocess__project",
    Deliverable: inbox.DELIVERABLE,
    StampOrder: inbox.ORDER,
    Amendment: inbox.AMENDMENT,
    Onboarding: cases.JOURNEY,
    CohortGroup: cases.GROUP_WORK,
}


@dataclass(frozen=True)
class Cast:
    """The people of one office and its province."""

    office: Organisation
    people: Mapping[str, list[User]]

    @classmethod
    def of(cls, office_code: str) -> Cast:
        """Return everyone who holds a role in the office's province, in the order of their user names."""
        office = Organisation.objects.select_related("province").get(code=office_code)
        there = User.objects.filter(memberships__organisation__province=office.province)
        return cls(
            office, {role: list(there.filter(memberships__role=role).order_by("username")) for role in Role.values}
        )

    def one(self, role: str) -> User:
        """The first person of a role."""
        return self.people[role][0]

    @property
    def manager(self) -> User:
        """Who runs the project."""
        return self.one(Role.MANAGER)

    @property
    def field_worker(self) -> User:
        """Who goes to the producers: the helper where there is one, else the manager."""
        return next(iter(self.people[Role.HELPER]), self.manager)


def do(user: User, about: models.Model, **answers: str) -> None:
    """Answer the one step about the thing that waits in the person's own inbox."""
    task = inbox.to_do(user).get(**{PATHS[type(about)]: about})
    engine.perform(task, user=user, data=answers)


@dataclass(frozen=True)
class Case:
    """A project with its people."""

    project: PilotProject
    cast: Cast

    @classmethod
    def create(
        cls, cast: Cast, *, template: str, line: PlanLine, code: str, title: str, starts_on: date,
        parties: Iterable[str] = (),
    ) -> Case:  # fmt: skip
        """Return a draft project of the office's manager with everyone of the office in it."""
        members = {role: users for role, users in cast.people.items() if role in MEMBERS}
        project = create_project(
            ProjectTemplate.objects.get(code=template),
            line=line,
            code=code,
            title=title,
            owner=cast.office,
            manager=cast.manager,
            members=members,
            starts_on=starts_on,
            by=cast.manager,
        )
        for name in parties:
            name_receiving_party(project, name=name, by=cast.manager)
        return cls(project, cast)

    def start(self) -> None:
        """Set the project running."""
        actions.start_project(self.project, by=self.cast.manager)

    # --- stages ------------------------------------------------------------------------------
    def stage(self, kind: str) -> Stage:
        """The project's stage of one kind, as it is now."""
        return self.project.stage(kind)

    def paper(self, code: str) -> Deliverable:
        """The project's deliverable of one code, as it is now."""
        return Deliverable.objects.get(stage__project=self.project, code=code)

    def reach_milestones(self, kind: str, *, until: date | None = None) -> None:
        """Mark the milestones of a stage as reached; with `until`, those that were due by that day."""
        milestones = self.stage(kind).milestones.all()
        for milestone in milestones.filter(due_on__lte=until) if until else milestones:
            reach_milestone(milestone, by=self.cast.manager, note=f"Biên bản xác nhận: {milestone.title} (giả lập)")

    def finish_stage(self, kind: str, *, approver: User | None = None) -> None:
        """Issue what the stage still owes (`approver` in the leader's place), reach its milestones and close it."""
        for paper in self.stage(kind).deliverables.order_by("code"):
            if paper.status != Deliverable.Status.ISSUED:
                self.issue(paper.code, approver=approver)
        self.reach_milestones(kind)
        do(self.cast.manager, self.project)

    def accept(self) -> None:
        """Let the leader accept the project."""
        do(self.cast.one(Role.LEADER), self.project, confirm=ON)

    # --- a deliverable -----------------------------------------------------------------------
    def prepare(self, code: str) -> None:
        """Generate the document from the case as it is now."""
        papers.prepare(self.paper(code), by=self.cast.manager)

    def submit(self, code: str, *, answer: str = "") -> None:
        """Generate the document and hand it in; every open remark is ticked off with the answer."""
        self.prepare(code)
        remarks = self.paper(code).remarks.filter(addressed_at=None)
        done = {f"done_{remark.pk}": ON for remark in remarks}
        answers = {f"answer_{remark.pk}": answer for remark in remarks}
        do(self.cast.manager, self.paper(code), **done, **answers)

    def check_format(self, code: str) -> None:
        """Let the clerk find the form right, line by line."""
        paper = self.paper(code)
        ticks = {f"check_{line}": ON for line in range(1, len(paper.checklist) + 1)}
        do(self.cast.one(Role.CLERK), paper, **ticks, decision="approve")

    def review(self, code: str, *, reviewer: int, returned: Mapping[str, str] | None = None) -> None:
        """Let one reviewer (0, 1, …) approve, or return with remarks by place in the document."""
        answers = {"decision": "return" if returned else "approve"}
        for row, (section, remark) in enumerate((returned or {}).items(), start=1):
            answers |= {f"section_{row}": section, f"remark_{row}": remark}
        do(self.cast.people[Role.REVIEWER][reviewer], self.paper(code), **answers)

    def issue(self, code: str, *, answer: str = "", approver: User | None = None) -> None:
        """Take the paper all the way: prepared, submitted, checked, reviewed by two, approved, numbered."""
        self.submit(code, answer=answer)
        self.check_format(code)
        for reviewer in range(self.paper(code).reviewers_needed):
            self.review(code, reviewer=reviewer)
        do(approver or self.cast.one(Role.LEADER), self.paper(code), decision="approve")


def line_of(programme: str, position: int) -> PlanLine:
    """Return a line of a programme's plan by its place in the table; printed numbers repeat."""
    return PlanLine.objects.get(plan__programme__code=programme, position=position)


def fields(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Return the named values of a row of the data."""
    return {name: row[name] for name in names}

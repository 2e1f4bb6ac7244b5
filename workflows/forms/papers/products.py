"""What is typed for the papers of selecting products, and of their groups."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import Document
from people.models import Membership, User
from projects.models import PilotProject
from registry.forms import CleanTextMixin, day_input

NAME, LINE, LINES = 120, 300, 4000
ONE_PER_LINE = gettext_lazy("One per line.")
CLOCK = "%H:%M"


def long_text(label: Any, *, rows: int = 4, **options: Any) -> forms.CharField:
    """Return a field of several lines, each of which is printed as a line of its own."""
    options.setdefault("help_text", ONE_PER_LINE)
    return forms.CharField(label=label, max_length=LINES, widget=forms.Textarea(attrs={"rows": rows}), **options)


def clock(label: Any) -> forms.TimeField:
    """Return a field for a time of the day."""
    widget = forms.TimeInput(format=CLOCK, attrs={"placeholder": "08:00", "autocomplete": "off"})
    return forms.TimeField(label=label, input_formats=[CLOCK, "%Hh%M", "%H"], widget=widget)


class SelectionMeetingForm(CleanTextMixin):
    """The meeting that selected the products."""

    held_on = forms.DateField(label=gettext_lazy("Held on"), widget=day_input())
    began = clock(gettext_lazy("Began at"))
    ended = clock(gettext_lazy("Ended at"))
    place = forms.CharField(label=gettext_lazy("Place"), max_length=LINE)
    chair_name = forms.CharField(label=gettext_lazy("Chaired by"), max_length=NAME)
    chair_title = forms.CharField(label=gettext_lazy("Position of the chair"), max_length=NAME)
    secretary_name = forms.CharField(label=gettext_lazy("Secretary"), max_length=NAME)
    secretary_title = forms.CharField(label=gettext_lazy("Position of the secretary"), max_length=NAME)
    attendants = long_text(gettext_lazy("Who took part"))
    opinions = long_text(gettext_lazy("Opinions"), required=False)

    def clean(self) -> dict[str, Any]:
        """A meeting ends after it began."""
        cleaned = super().clean()
        began, ended = cleaned.get("began"), cleaned.get("ended")
        if isinstance(began, time) and isinstance(ended, time) and ended <= began:
            self.add_error("ended", _("The meeting ends before it began; check both times."))
        return cleaned


class SelectionDecisionForm(CleanTextMixin):
    """Who proposes the list, what is to be done, and who carries it out."""

    proposer = forms.CharField(label=gettext_lazy("Proposed by"), max_length=LINE, required=False)
    duties = long_text(gettext_lazy("Duties"))
    executors = forms.CharField(label=gettext_lazy("Who carries it out"), max_length=LINE)


class ModuleLetterForm(CleanTextMixin):
    """To whom the letter goes, by when an answer is wanted, and who answers questions."""

    addressee = forms.CharField(
        label=gettext_lazy("Addressed to"),
        max_length=LINE,
        help_text=gettext_lazy("The keeper of the national portal, with its full name."),
    )
    wanted_by = forms.DateField(label=gettext_lazy("Answer wanted by"), widget=day_input())
    contact = forms.CharField(label=gettext_lazy("Who answers questions"), max_length=LINE)


def meeting_facts(project: PilotProject, occasion: str) -> Mapping[str, Any]:
    """Return what the records suggest of the meeting: the agency's house, its leader, the project's manager."""
    leader = next(iter(project.people(Membership.Role.LEADER)), None)
    return {
        "place": project.owner.name,
        "chair_name": leader.full_name if leader else "",
        "chair_title": leader.job_title if leader else "",
        "secretary_name": project.manager.full_name,
        "secretary_title": project.manager.job_title,
    }


def decision_facts(project: PilotProject, occasion: str) -> Mapping[str, Any]:
    """Return the duties that follow from the steps of the cohort; printed in Vietnamese like the paper."""
    return {
        "proposer": f"{project.manager.full_name}, chủ nhiệm nhiệm vụ",
        "duties": (
            "Chủ nhiệm nhiệm vụ tổ chức xây dựng quy trình, tài liệu hướng dẫn cho từng nhóm sản phẩm và lấy ý kiến "
            "các cơ quan quản lý\n"
            "Các chủ thể cử người dự tập huấn, kê khai dữ liệu từng lô và sử dụng tem đúng quy định"
        ),
        "executors": "Chủ nhiệm nhiệm vụ, các đơn vị liên quan",
    }


def letter_facts(project: PilotProject, occasion: str) -> Mapping[str, Any]:
    """Return the addressee of the province's last letter of the kind, and the project's manager."""
    letters = Document.objects.filter(kind="module_order_letter", organisation__province=project.province)
    last = letters.exclude(entries={}).order_by("-pk").first()
    return {
        "addressee": last.entries.get("addressee", "") if last else "",
        "contact": reached_at(project.manager),
    }


def reached_at(person: User) -> str:
    """Return a person with the phone number, if it is known."""
    return f"{person.full_name}, điện thoại {person.phone}" if person.phone else person.full_name

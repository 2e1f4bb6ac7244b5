"""What the fields of the papers of classes, of surveys and of the handbook are called; `labels` joins them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext_lazy

LABELS: dict[str, Any] = {
    "class_count": pgettext_lazy("field of a paper", "Number of classes"),
    "contacts": pgettext_lazy("field of a paper", "Whom to ask"),
    "covered_count": pgettext_lazy("field of a paper", "Producers with a person who came"),
    "covered_share": pgettext_lazy("field of a paper", "Share of producers with a person who came"),
    "day": pgettext_lazy("field of a paper", "Date"),
    "days": pgettext_lazy("field of a paper", "Days of the class"),
    "handouts": pgettext_lazy("field of a paper", "Material of the class"),
    "hint": pgettext_lazy("field of a paper", "Hint"),
    "in_charge": pgettext_lazy("field of a paper", "Person in charge"),
    "introduction": pgettext_lazy("field of a paper", "Introduction"),
    "invited": pgettext_lazy("field of a paper", "Those invited"),
    "invited.people": pgettext_lazy("field of a paper", "People invited"),
    "next_steps": pgettext_lazy("field of a paper", "What is done next"),
    "passed_share": pgettext_lazy("field of a paper", "Share who passed"),
    "planned_classes": pgettext_lazy("field of a paper", "Classes"),
    "questions": pgettext_lazy("field of a paper", "Questions"),
    "questions.reply": pgettext_lazy("field of a paper", "Answer"),
    "questions.text": pgettext_lazy("field of a paper", "Question"),
    "seat_total": pgettext_lazy("field of a paper", "Seats of all classes"),
    "seats": pgettext_lazy("field of a paper", "Seats"),
    "side_count": pgettext_lazy("field of a paper", "Number of producers and agencies"),
    "sides": pgettext_lazy("field of a paper", "Figures by producer and agency"),
    "sides.invited": pgettext_lazy("field of a paper", "Number of those invited"),
    "sides.passed": pgettext_lazy("field of a paper", "Number who passed"),
    "sides.present": pgettext_lazy("field of a paper", "Number present"),
    "surveyor": pgettext_lazy("field of a paper", "Surveyed by"),
    "task_period": pgettext_lazy("field of a paper", "Period of the plan's line"),
    "task_title": pgettext_lazy("field of a paper", "Line of the plan"),
    "teachers": pgettext_lazy("field of a paper", "Who taught"),
    "to_bring": pgettext_lazy("field of a paper", "What those invited are asked for"),
    "uncovered": pgettext_lazy("field of a paper", "Producers of whom nobody came yet"),
}

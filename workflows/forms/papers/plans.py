"""What is typed for the papers of plans and programmes. Where the records know a first answer, it stands there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MAX_TEXT, MAX_BODY = 4000, 60_000
BY_LINE = _("One on each line.")


def by_line(label: Any, *, rows: int = 4, is_required: bool = False, help_text: Any = BY_LINE) -> forms.CharField:
    """Return a field for several answers, each on a line of its own."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, required=is_required, max_length=MAX_BODY, widget=widget, help_text=help_text, strip=True
    )


def words(label: Any, *, is_required: bool = False, help_text: Any = "") -> forms.CharField:
    """Return a field for one line of words."""
    return forms.CharField(label=label, required=is_required, max_length=MAX_TEXT, help_text=help_text)


class RecipientsForm(forms.Form):
    """Who receives the paper: every kind of this family asks it last."""

    recipients = by_line(
        _("Recipients"),
        help_text=_("One on each line, the archive last: “UBND tỉnh (b/c)”, “Lưu: VT”. Left empty, the usual ones."),
    )


class MissionNoticeForm(RecipientsForm):
    """Who may apply for the missions, how and until when."""

    field_order = ("eligible", "dossier", "deadline", "address", "contact", "recipients")
    eligible = by_line(_("Who may apply"), rows=3, help_text="")
    dossier = by_line(_("What an application consists of"))
    deadline = words(_("Applications until"), help_text=_("For example “17 giờ 00 ngày 18/3/2022”."))
    address = words(_("Where applications are handed in"))
    contact = words(_("Who answers questions"))


class PlanTextForm(RecipientsForm):
    """The text of a yearly plan."""

    field_order = ("body", "recipients")
    body = by_line(
        _("Text of the plan"),
        rows=24,
        is_required=True,
        help_text=_(
            "Headings begin with their number: “I. MỤC TIÊU”, “1. Tuyên truyền”, “1.1. Giai đoạn …”; every other line "
            "is a paragraph. The table of the plan's lines follows as its annex."
        ),
    )


class PhaseDecisionForm(RecipientsForm):
    """What a decision says beside the text of the plan that it puts in force."""

    field_order = ("proposal", "plan_name", "executors", "body", "recipients")
    proposal = words(
        _("Proposed by"), help_text=_("Who, with number and date of the submission: “Sở … tại Tờ trình số … ngày …”.")
    )
    plan_name = words(_("Name of the plan"), help_text=_("Continues “Ban hành kèm theo Quyết định này Kế hoạch …”."))
    executors = words(_("Who carries the decision out"))
    body = PlanTextForm.base_fields["body"]


class PriorityForm(RecipientsForm):
    """The list of products with priority, and the period it holds for."""

    period = words(_("Period"), is_required=True, help_text=_("For example “giai đoạn 2026 - 2030”."))
    rows = by_line(
        _("Products and groups"),
        rows=12,
        is_required=True,
        help_text=_(
            "One on each line, its cells separated by “|” or copied from a table: product or group | field | place or "
            "producer | demand of the market, exports | food safety, environment | proposed by. Delete those that do "
            "not belong to the list."
        ),
    )


class PrioritySubmissionForm(PriorityForm):
    """Why the list is needed and how it came about."""

    field_order = ("period", "rows", "reasons", "process", "criteria", "funding", "attachments", "recipients")
    reasons = by_line(_("Why the list is needed"))
    process = by_line(_("How the list was drawn up and who was asked"))
    criteria = by_line(_("Criteria"))
    funding = words(_("Funding"))
    attachments = by_line(_("What goes with the submission"))


class PriorityDecisionForm(PriorityForm):
    """Who proposed the list and who carries the decision out."""

    field_order = ("proposal", "period", "rows", "duties", "executors", "recipients")
    proposal = words(_("Proposed by"), help_text=PhaseDecisionForm.base_fields["proposal"].help_text)
    duties = by_line(_("What the department in the lead does"))
    executors = words(_("Who carries the decision out"))


class UnitReportForm(RecipientsForm):
    """What a unit says about its year beside the figures."""

    field_order = ("results", "causes", "proposals", "next_year", "recipients")
    results = by_line(_("Results that the records do not show"))
    causes = by_line(_("Difficulties and their causes"))
    proposals = by_line(_("Proposals"))
    next_year = by_line(_("Tasks of the next year"))


class ConsolidatedReportForm(RecipientsForm):
    """What the department says about the year beside the figures, and to whom."""

    field_order = ("addressees", "directions", "assessment", "proposals", "next_year", "recipients")
    addressees = by_line(
        _("Addressed to"),
        rows=2,
        is_required=True,
        help_text=_("The ministry and the people's committee, line by line."),
    )
    directions = by_line(_("Direction and management in the year"))
    assessment = by_line(_("Assessment"))
    proposals = by_line(_("Proposals"))
    next_year = by_line(_("Tasks of the next year"))


class IndicatorReportForm(RecipientsForm):
    """What is said about the indicators."""

    field_order = ("remarks", "recipients")
    remarks = by_line(_("Remarks and proposals"))

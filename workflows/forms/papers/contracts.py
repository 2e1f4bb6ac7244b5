"""What is typed for the papers of a mission's contract: the sides, the instalments, and words no record holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.fields import WholeNumberField
from people.models import Membership
from projects.models import PilotProject
from registry.forms import CleanTextMixin, day_input
from workflows.contexts.contracts import CONTRACT, contract_of, ordering_agency
from workflows.forms.papers.products import LINE, NAME, long_text

# "250.000.000 | Sau khi ký hợp đồng"; the amount in đồng, with or without points.
_AMOUNT = re.compile(r"([0-9]{1,3}(?:[. ]?[0-9]{3})*)\s*(?:đồng)?\s*\|\s*(\S.*)")
SIDE = ("address", "tax_code", "account", "represented_by", "position")


def line(label: Any, **options: Any) -> forms.CharField:
    """Return a field for a line that is dotted on the paper when it is left empty."""
    return forms.CharField(label=label, max_length=LINE, required=False, **options)


def amounts(typed: str, refusal: str) -> tuple[tuple[int, str], ...]:
    """Return amount and words of each line "amount | words". ValidationError with `refusal` for another line."""
    found = []
    for text in filter(None, (each.strip() for each in typed.splitlines())):
        parts = _AMOUNT.fullmatch(text)
        if parts is None:
            raise forms.ValidationError(refusal % {"line": text})
        found.append((int(re.sub(r"\D", "", parts[1])), parts[2].strip()))
    return tuple(found)


class TaskExplanationForm(CleanTextMixin):
    """Why the mission is needed, how it is carried out, and what it brings."""

    need = long_text(gettext_lazy("Why the mission is needed"))
    methods = long_text(gettext_lazy("Approach and methods"))
    cooperation = long_text(gettext_lazy("Who takes part and how they work together"), required=False)
    transfer = long_text(gettext_lazy("How the results are handed over"))
    effects = long_text(gettext_lazy("What the mission brings"))
    costs = long_text(
        gettext_lazy("Estimate by kind of cost"),
        required=False,
        help_text=gettext_lazy(
            "One on each line, amount and cost separated by “|”: “120.000.000 | Trả công lao động”. Together they are "
            "the money of the project."
        ),
    )

    def clean_costs(self) -> tuple[tuple[int, str], ...]:
        """Return amount and kind of each cost; a line that is none is named."""
        return amounts(
            self.cleaned_data["costs"], _("“%(line)s” is no cost; write the amount, “|” and what it is for.")
        )


class SidesForm(CleanTextMixin):
    """Both sides of the contract; the ordering agency's name is on record."""

    ordering_address = line(gettext_lazy("Side A: address"))
    ordering_tax_code = line(gettext_lazy("Side A: tax code"))
    ordering_account = line(gettext_lazy("Side A: account"))
    ordering_represented_by = line(gettext_lazy("Side A: represented by"))
    ordering_position = line(gettext_lazy("Side A: position"))
    performing_name = forms.CharField(label=gettext_lazy("Side B: performing unit"), max_length=LINE)
    performing_address = line(gettext_lazy("Side B: address"))
    performing_tax_code = line(gettext_lazy("Side B: tax code"))
    performing_account = line(gettext_lazy("Side B: account"))
    performing_represented_by = forms.CharField(label=gettext_lazy("Side B: represented by"), max_length=NAME)
    performing_position = line(gettext_lazy("Side B: position"))
    copies = WholeNumberField(label=gettext_lazy("Number of copies"), min_value=2, max_value=20)


class TaskContractForm(SidesForm):
    """Where the contract is signed, its sides, its instalments, and what is agreed beside the usual."""

    field_order = ("signed_at",)
    signed_at = forms.CharField(label=gettext_lazy("Signed at"), max_length=LINE)
    instalments = long_text(
        gettext_lazy("Instalments"),
        help_text=gettext_lazy(
            "One on each line, amount and condition separated by “|”: “250.000.000 | Sau khi ký hợp đồng”."
        ),
    )
    terms = long_text(gettext_lazy("Agreed besides"), required=False)

    def clean_instalments(self) -> tuple[tuple[int, str], ...]:
        """Return amount and condition of each instalment; a line that is none is named."""
        return amounts(
            self.cleaned_data["instalments"],
            _("“%(line)s” is no instalment; write the amount, “|” and the condition."),
        )


class ProgressReportForm(CleanTextMixin):
    """What the manager says about the quarter beside the records."""

    addressee = forms.CharField(label=gettext_lazy("Addressed to"), max_length=LINE)
    results = long_text(gettext_lazy("Results that the records do not show"), required=False)
    next_steps = long_text(gettext_lazy("Next steps"))
    proposals = long_text(gettext_lazy("Proposals"), required=False)


class AcceptanceFileForm(CleanTextMixin):
    """To whom the dossier goes, and what is said about it."""

    addressee = forms.CharField(label=gettext_lazy("Addressed to"), max_length=LINE)
    remarks = long_text(gettext_lazy("Remarks and proposals"), required=False)


class LiquidationForm(SidesForm):
    """The meeting, the contract, and what both sides agree on at its end."""

    field_order = ("held_on", "place", "contract")
    held_on = forms.DateField(label=gettext_lazy("Held on"), widget=day_input())
    place = forms.CharField(label=gettext_lazy("Place"), max_length=LINE)
    contract = forms.CharField(
        label=gettext_lazy("Number and date of the contract"),
        max_length=LINE,
        help_text=gettext_lazy("As in “số 03/HĐ-CCTĐC ngày 05/03/2026”."),
    )
    settlement = long_text(gettext_lazy("Settlement and what is paid back"))
    assets = long_text(gettext_lazy("Assets"))
    agreements = long_text(gettext_lazy("Conclusions"), required=False)


def contract_facts(project: PilotProject, occasion: str) -> Mapping[str, Any]:
    """Return what the records know of both sides; the owner performs what another agency orders."""
    ordering = ordering_agency(project)
    leader = next(iter(project.people(Membership.Role.LEADER)), None)
    is_ordered = ordering != project.owner
    side = "performing" if is_ordered else "ordering"
    known = {f"{side}_represented_by": leader.full_name, f"{side}_position": leader.job_title} if leader else {}
    return {
        "signed_at": ordering.name,
        "performing_name": project.owner.name if is_ordered else "",
        "copies": 6,
        **known,
    }


def liquidation_facts(project: PilotProject, occasion: str) -> Mapping[str, Any]:
    """Return the sides as they were typed for the contract, and its number: enter once, reuse."""
    contract = project.documents.filter(kind=CONTRACT).first()
    typed = contract.entries if contract else contract_facts(project, "")
    sides = {f"{side}_{word}": typed.get(f"{side}_{word}", "") for side in ("ordering", "performing") for word in SIDE}
    return {
        "place": ordering_agency(project).name,
        "contract": contract_of(project),
        "performing_name": typed.get("performing_name", ""),
        "copies": typed.get("copies", ""),
        **sides,
    }


def addressee(project: PilotProject, occasion: str) -> Mapping[str, Any]:
    """Return who gets the reports: the ordering agency, the one above for a mission of one's own."""
    ordering = ordering_agency(project)
    return {"addressee": str(ordering.parent if ordering == project.owner and ordering.parent else ordering)}

"""Narrowing the matrix, and what an act for many products asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onboarding.models import Step
from onboarding.progress import Progress
from people.fields import WholeNumberField
from registry.forms import CleanTextMixin
from registry.models import ProductGroup
from registry.search import fold
from workflows.forms.onboarding import decided_field

SURVEY, SELECT, REFUSE, GROUP, REMIND = "survey", "select", "refuse", "group", "remind"  # acts for many products
STUCK_DAYS = 7  # product.md PM5: "kẹt > 7 ngày"
ALL = ("", _("All"))
ON_BOARD, REFUSED = "done", "refused"
LETTERS = 1000


class CohortFilter(forms.Form):
    """A GET form, so that the address of a narrowed matrix can be kept and sent. Works on rows that are read."""

    q = forms.CharField(label=_("Product or producer"), required=False, max_length=100)
    step = forms.ChoiceField(label=_("Step"), required=False)
    stuck = forms.BooleanField(label=_("Stuck for more than 7 days"), required=False)
    group = forms.ChoiceField(label=_("Group"), required=False)
    commune = forms.ChoiceField(label=_("Commune"), required=False)
    funded = forms.ChoiceField(
        label=_("Funding"), required=False, choices=[ALL, ("yes", _("Funded")), ("no", _("Not funded"))]
    )

    def __init__(self, data: Any, rows: list[Progress]) -> None:
        super().__init__(data)
        self.rows = rows
        fields: Any = self.fields
        steps = [(str(step.value), f"{step.value}. {step.label}") for step in Step]
        fields["step"].choices = [ALL, *steps, (ON_BOARD, _("On board")), (REFUSED, _("Not selected"))]
        fields["group"].choices = [ALL, *_named((group.pk, group.product_group.name) for group in self._groups())]
        communes = (row.journey.enrolment.product.producer.commune for row in rows)
        fields["commune"].choices = [ALL, *_named((commune.pk, commune.name) for commune in communes)]

    def _groups(self) -> Iterable[Any]:
        return (row.journey.group for row in self.rows if row.journey.group is not None)

    def found(self) -> list[Progress]:
        """The rows that the form leaves; parts that make no sense ask nothing."""
        self.is_valid()
        asked = self.cleaned_data
        return [row for row in self.rows if self._fits(row, asked)]

    def _fits(self, row: Progress, asked: dict[str, Any]) -> bool:
        journey = row.journey
        product = journey.enrolment.product
        text = f"{product.search_text} {product.producer.search_text}"
        wanted = (
            all(word in text for word in fold(asked.get("q", "")).split()),
            _is_at(row, asked.get("step", "")),
            not asked.get("stuck") or is_stuck(row),
            asked.get("group", "") in ("", str(journey.group_id)),
            asked.get("commune", "") in ("", str(product.producer.commune_id)),
            asked.get("funded", "") in ("", "yes" if journey.is_funded else "no"),
        )
        return all(wanted)


def is_stuck(row: Progress) -> bool:
    """Whether the product has stood at its step for more than a week."""
    return row.days > STUCK_DAYS


def _is_at(row: Progress, step: str) -> bool:
    if step == ON_BOARD:
        return row.step is None and not row.is_refused
    if step == REFUSED:
        return row.is_refused
    return not step or (row.step is not None and str(row.step.value) == step)


def _named(pairs: Iterable[tuple[int, str]]) -> list[tuple[str, str]]:
    return sorted({(str(pk), name) for pk, name in pairs}, key=lambda pair: fold(pair[1]))


class RulesForm(forms.Form):
    """What the project asks of a product, before the first steps are opened."""

    minimum_stars = WholeNumberField(label=_("Stars needed to be selected"), min_value=0, max_value=5)
    funded_from = WholeNumberField(
        label=_("Funded from stars"), min_value=1, max_value=5, required=False,
        help_text=_("Leave both empty if the plan funds nobody."),
    )  # fmt: skip
    funded_to = WholeNumberField(label=_("Funded up to stars"), min_value=1, max_value=5, required=False)


class ActForm(CleanTextMixin):
    """What an act asks once for all products: a reason, a confirmation, a group."""

    can_trace = forms.BooleanField(
        label=_("Each of these products is able to trace"),
        help_text=_("Lots can be told apart and somebody keeps the diary."),
    )
    on = decided_field()
    reason = forms.CharField(label=_("Reason"), max_length=LETTERS, widget=forms.Textarea(attrs={"rows": 2}))
    product_group = forms.ModelChoiceField(
        label=_("Group"), queryset=ProductGroup.objects.all(), required=False, empty_label=_("Each product's own group")
    )

    FIELDS = {
        SELECT: ("can_trace", "on", "reason"),
        REFUSE: ("reason",),
        GROUP: ("product_group",),
    }

    def __init__(self, *args: Any, act: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            if name not in self.FIELDS.get(act, ()):
                del self.fields[name]
        if act == SELECT:
            self.fields["reason"].required = False

    def answers(self) -> dict[str, Any]:
        """What the step's own form gets, as a page would send it."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        if group := given.get("product_group"):
            given["product_group"] = group.pk
        if day := given.get("on"):
            given["on"] = f"{day:%d/%m/%Y}"
        return given

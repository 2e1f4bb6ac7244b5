"""How many stamps the products of a project may get."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.fields import WholeNumberField
from projects.actions.stamp_quota import MAX_STAMP_QUOTA
from projects.models import Enrolment


class StampQuotaForm(forms.Form):
    """One number for each product; a number in `all` stands for all of them."""

    all = WholeNumberField(
        label=_("The same for all products"),
        help_text=_("Leave empty to keep the numbers below."),
        required=False,
        min_value=0,
        max_value=MAX_STAMP_QUOTA,
    )

    def __init__(self, *args: Any, enrolments: list[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for enrolment in enrolments:
            self.fields[self.name_of(enrolment)] = WholeNumberField(
                label=enrolment.product.name,
                initial=enrolment.stamp_quota,
                required=False,  # empty: as it was
                min_value=0,
                max_value=MAX_STAMP_QUOTA,
            )

    @staticmethod
    def name_of(enrolment: Enrolment) -> str:
        """Return the name of the enrolment's field."""
        return f"quota_{enrolment.pk}"

    def quota_of(self, enrolment: Enrolment) -> int:
        """Return what the enrolment is to have."""
        for answer in (self.cleaned_data["all"], self.cleaned_data[self.name_of(enrolment)]):
            if answer is not None:
                return int(answer)
        return enrolment.stamp_quota

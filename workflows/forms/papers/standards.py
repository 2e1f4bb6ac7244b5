"""What is typed for a company standard and for the decision that puts it in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms import DAY_FORMAT, CleanTextMixin, day_input
from registry.models import LocalStandard
from workflows.contexts.base_standards import owner_name
from workflows.forms.papers.products import LINE, NAME, long_text


class BaseStandardForm(CleanTextMixin):
    """Who wrote the standard, and how often a recall is rehearsed."""

    compiled_by = forms.CharField(label=_("Compiled by"), max_length=LINE)
    drill = forms.CharField(label=_("Internal check and recall drill"), max_length=NAME)


class StandardDecisionForm(CleanTextMixin):
    """On which grounds, from when, and who signs."""

    legal_bases = long_text(_("Legal bases"))
    effective_from = forms.DateField(
        label=_("In force from"), widget=day_input(), required=False, help_text=_("Empty: from the day of signing.")
    )
    executors = forms.CharField(label=_("Who carries it out"), max_length=LINE)
    signer_title = forms.CharField(label=_("Position of the signer"), max_length=NAME)
    signer_name = forms.CharField(label=_("Signed by"), max_length=NAME)


def standard_facts(standard: LocalStandard, occasion: str) -> Mapping[str, Any]:
    """Return the owner as author, and the usual rhythm of checks."""
    return {"compiled_by": owner_name(standard), "drill": "sáu tháng một lần"}


def decision_facts(standard: LocalStandard, occasion: str) -> Mapping[str, Any]:
    """Return what the register knows: the owner's need as ground, the day of issue, the representative."""
    owner = owner_name(standard)
    return {
        "legal_bases": f"Căn cứ nhu cầu quản lý chất lượng, truy xuất nguồn gốc sản phẩm của {owner}",
        "effective_from": standard.issued_on.strftime(DAY_FORMAT) if standard.issued_on else "",
        "executors": f"Các bộ phận, cá nhân có liên quan của {owner}",
        "signer_title": standard.organisation.head_title if standard.organisation else "",
        "signer_name": standard.producer.representative if standard.producer else "",
    }

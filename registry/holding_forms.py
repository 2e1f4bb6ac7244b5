"""Forms for papers that producers hold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.forms import RegistryForm, UploadField, day_input
from registry.models import BarcodeRegistration, Certificate, Producer, Product
from registry.uploads import PAPERS


def not_in_the_future(day: Any) -> Any:
    """Return the day, or refuse one that is still to come."""
    if day > timezone.localdate():
        raise ValidationError(_("The paper cannot be dated in the future."))
    return day


class PaperForm(RegistryForm):
    """A paper's facts, checked by themselves; the action checks them against the others."""

    file = UploadField(PAPERS, label=_("File"), required=False)

    def clean_issued_on(self) -> Any:
        """No paper is of the future."""
        return not_in_the_future(self.cleaned_data["issued_on"])

    def values(self) -> dict[str, Any]:
        """The plain values that an action writes."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.cleaned_data}

    def _get_validation_exclusions(self) -> set[str]:
        """What depends on the producer is checked by the action, under the lock."""
        return {*super()._get_validation_exclusions(), "producer"}  # type: ignore[misc]


class CertificateForm(PaperForm):
    """A certificate, for which products, with its paper."""

    class Meta:
        model = Certificate
        fields = ("kind", "number", "issuer", "issued_on", "valid_until")
        widgets = {"issued_on": day_input(), "valid_until": day_input()}
        help_texts = {"valid_until": _("The last day of use. Leave it empty for a paper without an end.")}

    products = forms.ModelMultipleChoiceField(
        label=_("Products"),
        queryset=Product.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The products that the paper names."),
    )
    field_order = ("kind", "number", "issuer", "issued_on", "valid_until", "products", "file")

    def __init__(self, *args: Any, producer: Producer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["products"]
        field.queryset = producer.products.all()
        if self.instance.pk:
            self.initial["products"] = self.instance.products.all()

    def clean(self) -> dict[str, Any]:
        """The end follows the beginning."""
        cleaned = super().clean()
        first, last = cleaned.get("issued_on"), cleaned.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("The certificate ends before it was issued; check both dates."))
        return cleaned


class BarcodeForm(PaperForm):
    """The certificate of the right to use a GS1 prefix."""

    class Meta:
        model = BarcodeRegistration
        fields = ("prefix", "certificate_number", "issued_on", "expires_on")
        widgets = {"issued_on": day_input(), "expires_on": day_input()}
        help_texts = {"prefix": _("7 to 10 digits, starting with 893, as on the certificate.")}

    def clean(self) -> dict[str, Any]:
        """The end follows the beginning."""
        cleaned = super().clean()
        first, last = cleaned.get("issued_on"), cleaned.get("expires_on")
        if first and last and last <= first:
            self.add_error("expires_on", _("The certificate ends before it was issued; check both dates."))
        return cleaned

"""Forms of the registry: they check what one field can tell; the actions check the rest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gs1.keys import InvalidKey, normalise_gtin
from people.fields import WholeNumberField
from people.models import AdminUnit, User
from people.scope import scope_of
from registry.errors import FileRefused
from registry.models import OcopCriteria, OcopRecognition, Place, Producer, Product, Standard
from registry.policies import KEEPERS, OWN_FIELDS
from registry.succession import after
from registry.uploads import Door, Upload

DAY_FORMAT = "%d/%m/%Y"
PICTURE_HINT = _(
    "JPEG, PNG or WebP, at most 10 MB, never of an identity card. The place and the phone that took it are removed."
)


def day_input() -> forms.DateInput:
    """Return a field for a day, typed dd/mm/yyyy: a browser's own calendar may show another order of day and month."""
    return forms.DateInput(
        format=DAY_FORMAT, attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric", "autocomplete": "off"}
    )


class UploadField(forms.FileField):
    """A file for a door: the field's value is the file as it is kept, None without one."""

    def __init__(self, door: Door, **kwargs: Any) -> None:
        self.door = door
        widget = forms.FileInput(attrs={"accept": door.suffixes})
        super().__init__(**{"help_text": door.hint, "widget": widget, **kwargs})

    def clean(self, data: Any, initial: Any = None) -> Upload | None:
        """What the file is, by its bytes."""
        sent = super().clean(data, initial)
        if not sent:
            return None
        try:
            return self.door.accept(sent)
        except FileRefused as refusal:
            raise ValidationError(str(refusal)) from refusal


_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # all controls but tab and line breaks


class CleanTextMixin(forms.Form):
    """Composes Vietnamese letters in one way, whichever keyboard or phone typed them, without unseen characters."""

    def clean(self) -> dict[str, Any]:
        """Normalise every text to NFC; Word's own line break is one, other control characters cannot be printed."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str):
                seen = _UNSEEN.sub("", value.replace("\v", "\n"))
                cleaned[name] = unicodedata.normalize("NFC", seen)
        return cleaned


class RegistryForm(CleanTextMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A form over one row whose changes an action writes."""

    def changes(self) -> dict[str, Any]:
        """What the person changed: field of the model → checked value."""
        own = self._meta.fields or ()
        return {name: self.cleaned_data[name] for name in self.changed_data if name in own}


def communes_of(user: User, *, province: AdminUnit | None = None) -> Any:
    """Return today's communes of one province and of what it became, or of those that the user keeps."""
    kept = [province] if province else AdminUnit.objects.filter(pk__in=scope_of(user).provinces_with(*KEEPERS))
    provinces = set().union(*map(after, kept))
    inside = Q(parent__in=provinces) | Q(parent__parent__in=provinces)
    return AdminUnit.objects.valid_on(timezone.localdate()).filter(inside, level=AdminUnit.Level.COMMUNE)


def offer(form: forms.BaseForm, name: str, rows: Any, label: Callable[[Any], str]) -> None:
    """Make `rows` the choices of a field, each shown by its label; the empty one says what it means, too."""
    field: Any = form.fields[name]
    if field.empty_label == BLANK_CHOICE_DASH[0][1]:
        field.empty_label = gettext("Choose one") if field.required else gettext("None chosen")
    field.queryset = rows
    field.label_from_instance = label


class PhoneField(forms.CharField):
    """A phone number as people write it: with blanks, dots or dashes."""

    default_validators = User._meta.get_field("phone").validators[:1]

    def to_python(self, value: Any) -> str:
        """Keep the digits."""
        return "".join(letter for letter in str(super().to_python(value)) if letter not in " .-")


class ProducerForm(RegistryForm):
    """A producer's facts."""

    class Meta:
        model = Producer
        fields = ("name", "kind", "tax_code", "representative", "phone", "commune", "address", "gln")
        field_classes = {"phone": PhoneField}
        help_texts = {
            "address": _("House number, street, village; the commune is chosen above."),
            "gln": _("Only if the producer has one from GS1 Vietnam."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = self.instance.commune_id
        province = self.instance.province if current else None
        choices = communes_of(user, province=province) | AdminUnit.objects.filter(pk=current)
        offer(self, "commune", choices.select_related("parent__parent"), AdminUnit.full_name)


class PlaceForm(RegistryForm):
    """A place of a producer."""

    class Meta:
        model = Place
        fields = ("name", "kind", "commune", "gln")
        help_texts = {"gln": _("Without a GLN the place gets a location code of ours.")}

    def __init__(self, *args: Any, user: User, producer: Producer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = communes_of(user, province=producer.province) | AdminUnit.objects.filter(pk=producer.commune_id)
        offer(self, "commune", choices, AdminUnit.__str__)
        self.fields["commune"].initial = producer.commune_id


class PersonForm(CleanTextMixin):
    """A person who is to act for a producer."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    phone = PhoneField(
        label=_("Phone number"), max_length=20, help_text=_("The person logs in with it; one number is one person.")
    )


class ProductForm(RegistryForm):
    """A product's facts and picture."""

    gtin = forms.CharField(
        label=_("GTIN"),
        required=False,
        empty_value=None,
        max_length=20,
        help_text=_("The digits under the barcode. Leave it empty if there is none: the product has a code of ours."),
    )
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=PICTURE_HINT,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    class Meta:
        model = Product
        fields = ("name", "ocop_set", "group", "gtin", "brand", "shelf_life_days", "description")
        field_classes = {"shelf_life_days": WholeNumberField}
        widgets = {"description": forms.Textarea(attrs={"rows": 5})}

    def clean_gtin(self) -> str | None:
        """The GTIN in its 14 digits, from 8, 12, 13 or 14."""
        text: str | None = self.cleaned_data["gtin"]
        if text is None:
            return None
        try:
            return normalise_gtin(text.replace(" ", "").replace("-", ""))
        except InvalidKey as error:
            raise ValidationError(
                _("“%(value)s” is not a GTIN: 8, 12, 13 or 14 digits, the last of which checks the others.")
                % {"value": text}
            ) from error


class OwnProductForm(ProductForm):
    """What a producer's own people may change."""

    gtin = None  # type: ignore[assignment]

    class Meta(ProductForm.Meta):
        fields = tuple(OWN_FIELDS)  # type: ignore[assignment]


class RecognitionForm(CleanTextMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A decision that gives stars."""

    stars = forms.TypedChoiceField(label=_("Stars"), coerce=int, choices=[(3, "3 ★"), (4, "4 ★"), (5, "5 ★")])
    criteria = forms.ModelChoiceField(
        label=_("Criteria"),
        queryset=OcopCriteria.objects.all(),
        required=False,
        help_text=_("Leave it empty for the criteria in force on the day of the decision."),
    )

    class Meta:
        model = OcopRecognition
        fields = ("stars", "decision_number", "decided_on", "criteria")
        widgets = {"decided_on": day_input()}

    def clean_decided_on(self) -> Any:
        """No decision is of the future."""
        day = self.cleaned_data["decided_on"]
        if day > timezone.localdate():
            raise ValidationError(_("The decision cannot be dated in the future."))
        return day

    def clean(self) -> dict[str, Any]:
        """Fill in the criteria of that day."""
        cleaned = super().clean()
        if (day := cleaned.get("decided_on")) and not cleaned.get("criteria"):
            cleaned["criteria"] = OcopCriteria.objects.in_force(day).last()
            if cleaned["criteria"] is None:
                self.add_error("criteria", _("No criteria are known for that day; choose them."))
        return cleaned


class StandardsForm(forms.Form):
    """The standards that a product applies."""

    standards = forms.ModelMultipleChoiceField(
        label=_("Standards"),
        queryset=Standard.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Standards in force today, and those that the product has already."),
    )

    def __init__(self, *args: Any, product: Product, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"standards": product.standards.all()}
        in_force = Standard.objects.in_force(timezone.localdate()).values("pk")
        known = product.standards.values("pk")
        choices = Standard.objects.filter(Q(pk__in=in_force) | Q(pk__in=known))
        offer(self, "standards", choices, lambda standard: f"{standard.code} – {standard.title}")

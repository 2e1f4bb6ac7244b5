"""Numbers as people here type them, and that every form reads them so."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation

from people.fields import DecimalNumberField, MeasureField, WholeNumberField


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12", 12),
        (" 1.200 ", 1200),
        ("1.500.000", 1_500_000),
        ("1 500 000", 1_500_000),
        ("10\u00a0000", 10_000),
        ("0", 0),
        ("-5", -5),
        ("", None),
    ],
)
def test_a_whole_number_is_read_with_its_groups(typed: str, meant: int | None) -> None:
    assert WholeNumberField(required=False).clean(typed) == meant


@pytest.mark.parametrize("typed", ["12,5", "1.5", "1.20", "1.2000", "1,200", "mười hai", "1e3", "9" * 40, "0.100"])
def test_what_is_no_whole_number_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError, match="Enter a whole number, for example 12"):
        WholeNumberField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("0.125", "0.125"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1200", "1200"),
        ("1,200", "1.2"),
    ],
)
def test_a_fraction_is_read_with_a_comma_and_with_a_lone_point(typed: str, meant: str) -> None:
    assert DecimalNumberField().clean(typed) == Decimal(meant)
    assert MeasureField().clean(typed) == float(meant)


def test_a_number_that_may_be_a_thousand_or_a_little_more_than_one_is_asked_about() -> None:
    for field in (DecimalNumberField(), MeasureField()):
        with pytest.raises(ValidationError, match="write 1200 without a point, or 1,200 with a comma"):
            field.clean("1.200")


@pytest.mark.parametrize("typed", ["nhiều", "1,2,3", "nan", "12 kg"])
def test_what_is_no_number_is_refused_with_an_example(typed: str) -> None:
    for field in (DecimalNumberField(), MeasureField()):
        with pytest.raises(ValidationError, match="Enter a number, for example 12 or 12,5"):
            field.clean(typed)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_fraction_that_a_form_shows_is_read_again_as_it_was(language: str) -> None:
    class Form(forms.Form):
        weight = DecimalNumberField(initial=Decimal("1.500"))

    with translation.override(language):
        shown = Form()["weight"].as_widget().split('value="')[1].split('"')[0]
        assert DecimalNumberField().clean(shown) == Decimal("1.500")


def all_forms() -> Iterator[type[forms.BaseForm]]:
    """Every form of our rooms, wherever it is written."""
    for room in apps.get_app_configs():
        if Path(room.path).parent == Path(settings.BASE_DIR):
            for module in pkgutil.walk_packages([room.path], f"{room.name}."):
                if ".migrations" not in module.name and ".management" not in module.name:
                    importlib.import_module(module.name)
    left: list[type] = [forms.BaseForm]
    while left:
        form = left.pop()
        left += form.__subclasses__()
        if any(form.__module__.split(".")[0] == room.label for room in apps.get_app_configs()):
            yield form


def test_no_form_of_the_house_reads_numbers_otherwise() -> None:
    ours = (WholeNumberField, DecimalNumberField, MeasureField)
    found = {form: getattr(form, "base_fields", {}) for form in all_forms()}
    others = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form, fields in found.items()
        for name, field in fields.items()
        if isinstance(field, forms.IntegerField | forms.DecimalField | forms.FloatField) and not isinstance(field, ours)
    ]
    assert len(found) > 100, "the forms were not found"
    assert others == []

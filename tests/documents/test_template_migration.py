"""The templates that were uploaded before each province had its own go to the province they were meant for."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from documents.models import DocumentTemplate
from people.models import Membership
from tests.factories import documents as make
from tests.factories.people import member

State = DocumentTemplate.State


@pytest.mark.django_db
def test_what_an_administrator_uploaded_becomes_the_template_of_that_province_alone(gia_lai) -> None:
    administrator = member("gl-quantri", Membership.Role.ADMINISTRATOR, gia_lai.organisation)
    for version, by in ((1, None), (2, administrator)):
        DocumentTemplate.objects.create(
            kind="final_report", version=version, file="a", sha256="0", registered_at=make.NOW, registered_by=by
        )
    import_module("documents.migrations.0005_template_provinces").hand_over(apps, None)
    rows = DocumentTemplate.objects.order_by("version").values_list("province", "state", "in_use_from")
    assert list(rows) == [(None, State.PUBLISHED, None), (gia_lai.province.pk, State.PUBLISHED, make.DAY)]

"""Which template prints a paper: that of its province and day, and for a case under way the one it was begun with."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from documents import actions
from documents.errors import NotReady, TemplateRefused
from documents.models import DocumentTemplate
from documents.template_actions import publish_template, upload_template, withdraw_template
from documents.template_choice import newer_template
from people.models import Membership
from projects.errors import NotAllowedForYou
from tests.documents.word import word
from tests.factories import documents as make
from tests.factories.people import Office, member
from tests.factories.projects import make_project

pytestmark = pytest.mark.django_db
OWN = ("Mẫu của tỉnh", "{{ paper.finding }}")


@pytest.fixture
def deliverable(gia_lai):
    return make.deliverable_of(make_project(gia_lai))


def published(office: Office, *lines: str, day: date = make.DAY) -> DocumentTemplate:
    """Return a template that the province's administrator uploaded and published."""
    administrator = member(f"{office.organisation.code}-qt", Membership.Role.ADMINISTRATOR, office.organisation)
    template = upload_template(
        make.KIND,
        word(*(lines or OWN)),
        paper_class=make.Finding,
        province=office.province,
        by=administrator,
        now=make.NOW,
    )
    return publish_template(template, paper_class=make.Finding, in_use_from=day, by=administrator, now=make.NOW)


def next_draft(deliverable, office, *, renew=False):
    return actions.prepare_draft(make.paper(), deliverable, by=office.manager, renew_template=renew, now=make.NOW)


def test_a_paper_is_printed_from_its_provinces_own_template(deliverable, gia_lai):
    make.template()
    own = published(gia_lai)
    assert next_draft(deliverable, gia_lai).template == own


def test_another_provinces_template_prints_nothing_here(deliverable, gia_lai, son_la):
    program = make.template()
    published(son_la)
    assert next_draft(deliverable, gia_lai).template == program


def test_a_template_whose_day_has_not_come_prints_nothing(deliverable, gia_lai):
    program = make.template()
    published(gia_lai, day=make.DAY + timedelta(days=1))
    assert next_draft(deliverable, gia_lai).template == program


def test_of_two_published_ones_the_later_day_counts(deliverable, gia_lai):
    first = published(gia_lai, "{{ paper.finding }}", day=make.DAY)
    second = published(gia_lai, "Sau", "{{ paper.finding }}", day=make.DAY + timedelta(days=5))
    in_use = DocumentTemplate.objects.in_use
    assert in_use(make.KIND, gia_lai.province, make.DAY + timedelta(days=4)) == first
    assert in_use(make.KIND, gia_lai.province, make.DAY + timedelta(days=5)) == second


def test_a_document_under_way_keeps_its_template_and_its_author_may_take_the_newer_one(deliverable, gia_lai):
    program = make.template()
    begun = next_draft(deliverable, gia_lai)
    own = published(gia_lai)
    assert newer_template(begun.document, make.DAY) == own
    assert next_draft(deliverable, gia_lai).template == program
    assert next_draft(deliverable, gia_lai, renew=True).template == own
    assert newer_template(begun.document, make.DAY) is None


def test_it_is_issued_with_the_template_of_its_draft(deliverable, gia_lai):
    program = make.template()
    draft = next_draft(deliverable, gia_lai)
    published(gia_lai)
    entry = actions.issue(draft.document, signer=gia_lai.leader, on=make.DAY, by=gia_lai.leader, now=make.NOW)
    assert entry.version.template == program


def test_what_replaces_an_issued_paper_is_printed_from_the_template_in_use(deliverable, gia_lai):
    make.template()
    draft = next_draft(deliverable, gia_lai)
    actions.issue(draft.document, signer=gia_lai.leader, on=make.DAY, by=gia_lai.leader, now=make.NOW)
    own = published(gia_lai)
    assert newer_template(draft.document, make.DAY) is None  # an issued paper does not change
    replacing = actions.prepare_draft(make.paper(), deliverable, by=gia_lai.manager, is_replacement=True, now=make.NOW)
    assert replacing.template == own


def test_a_withdrawn_template_prints_no_further_draft(deliverable, gia_lai):
    program = make.template()
    own = published(gia_lai)
    next_draft(deliverable, gia_lai)
    withdraw_template(own, reason="Sai", by=own.registered_by, now=make.NOW)
    assert next_draft(deliverable, gia_lai).template == program


def test_a_template_that_prints_fields_the_paper_no_longer_has_is_named(deliverable, gia_lai):
    make.template()
    own = published(gia_lai)
    own.file = make.files_of("{{ paper.gone }}")
    own.save()
    with pytest.raises(NotReady, match=r"paper\.gone"):
        next_draft(deliverable, gia_lai)


def test_a_draft_whose_template_fits_no_longer_takes_the_one_in_use(deliverable, gia_lai):
    program = make.template()
    draft = next_draft(deliverable, gia_lai)
    newest = make.template("Mới", "{{ paper.finding }}")
    program.file = make.files_of("{{ paper.gone }}")
    program.save()
    assert next_draft(deliverable, gia_lai).template == newest
    assert draft.template == program


def test_a_template_whose_paper_lost_a_field_since_the_upload_is_not_published(gia_lai):
    administrator = member("gl-qt", Membership.Role.ADMINISTRATOR, gia_lai.organisation)
    template = upload_template(
        make.KIND, word(*OWN), paper_class=make.Finding, province=gia_lai.province, by=administrator, now=make.NOW
    )
    now_printed = dataclasses.make_dataclass("Result", [("result", str)], frozen=True, kw_only=True)
    with pytest.raises(TemplateRefused, match=r"paper\.finding"):
        publish_template(template, paper_class=now_printed, in_use_from=make.DAY, by=administrator, now=make.NOW)
    template.refresh_from_db()
    assert template.state == DocumentTemplate.State.DRAFT


def test_a_withdrawn_file_that_is_uploaded_again_is_a_version_of_its_own(gia_lai):
    own = published(gia_lai)
    withdraw_template(own, reason="Nhầm", by=own.registered_by, now=make.NOW)
    with own.file.open() as file:
        again = upload_template(
            make.KIND,
            file.read(),
            paper_class=make.Finding,
            province=gia_lai.province,
            by=own.registered_by,
            now=make.NOW,
        )
    assert (again.version, again.state) == (2, DocumentTemplate.State.DRAFT)


def test_only_an_administrator_of_the_province_uploads(gia_lai, son_la):
    stranger = member("sl-qt", Membership.Role.ADMINISTRATOR, son_la.organisation)
    for person in (gia_lai.leader, stranger):
        with pytest.raises(NotAllowedForYou):
            upload_template(
                make.KIND, word("x"), paper_class=make.Finding, province=gia_lai.province, by=person, now=make.NOW
            )
    assert not DocumentTemplate.objects.exists()


def test_the_database_knows_each_version_once_and_every_published_ones_day(gia_lai):
    own = published(gia_lai)
    for change in ({"in_use_from": None}, {"published_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DocumentTemplate.objects.filter(pk=own.pk).update(**change)
    own.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        own.save()
    own.province, own.in_use_from = None, None
    own.save()
    own.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        own.save()

"""What papers refuse when it is asked of the actions themselves, and what they leave out that is over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from documents import actions as documents
from documents.errors import NotReady
from documents.models import Document
from people.models import Membership, User
from projects.actions import attendance as door
from projects.errors import NotAllowedForYou, NotAllowedNow
from projects.models import Deliverable, Programme
from registry.models import Standard
from tests.factories import lots
from tests.factories.fieldwork import NOON, invite, make_class
from tests.factories.people import Office
from tests.factories.projects import make_project, plan_line
from tests.factories.registry import ProducerFactory, complete_product, producer_user
from workflows import papers, sending, signing
from workflows.builtin_templates import register_builtin_template
from workflows.papers.bases import legal_bases
from workflows.papers.programmes import years

LIST = "attendance_list"
pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(gia_lai: Office) -> Document:
    """The attendance list of a class, as a draft of its field helper."""
    register_builtin_template(LIST)
    held = make_class(make_project(gia_lai), gia_lai.helper)
    door.check_in(invite(held, gia_lai, name="Hồ Văn An (giả lập)"), by=gia_lai.helper, now=NOON)
    document: Document = papers.prepare_about(held, LIST, by=gia_lai.helper).document
    return document


# --- drafter, checker and signer are three ---------------------------------------------------------
def test_who_sent_a_paper_neither_checks_nor_signs_it(paper: Document, gia_lai: Office) -> None:
    run = sending.send(paper, by=gia_lai.helper)
    for act in (
        lambda: signing.record_check(run, by=gia_lai.helper, passed=True),
        lambda: signing.record_signature(run, by=gia_lai.helper, signed=True),
    ):
        with pytest.raises(NotAllowedForYou, match="colleague"):
            act()
    run.refresh_from_db()
    assert (run.checked_by, run.signed_by) == (None, None)


def test_who_checked_a_paper_does_not_sign_it(paper: Document, gia_lai: Office) -> None:
    run = sending.send(paper, by=gia_lai.helper)
    signing.record_check(run, by=gia_lai.clerk, passed=True)
    with pytest.raises(NotAllowedForYou, match="colleague"):
        signing.record_signature(run, by=gia_lai.clerk, signed=True)


def test_a_paper_that_the_leader_sent_back_is_checked_by_nobody_yet(paper: Document, gia_lai: Office) -> None:
    run = sending.send(paper, by=gia_lai.helper)
    signing.record_check(run, by=gia_lai.clerk, passed=True)
    signing.record_signature(run, by=gia_lai.leader, signed=False, note="Thiếu nơi nhận")
    run.refresh_from_db()
    assert (run.checked_by, run.signed_by, run.note) == (None, None, "Thiếu nơi nhận")


def test_a_paper_that_nobody_signed_gets_no_number(paper: Document, gia_lai: Office) -> None:
    run = sending.send(paper, by=gia_lai.helper)
    with pytest.raises(NotReady, match="not signed yet"):
        signing.issue(run)


def test_a_paper_is_sent_again_as_a_draft_only(paper: Document, gia_lai: Office) -> None:
    run = sending.send(paper, by=gia_lai.helper)
    documents.issue(paper, signer=gia_lai.leader, on=date(2022, 3, 7), by=gia_lai.leader)
    with pytest.raises(NotReady, match="no draft"):
        signing.record_sent(run, by=gia_lai.helper)


# --- preparing -------------------------------------------------------------------------------------
@pytest.mark.parametrize("status", ["planned", "submitted", "with_leader", "issued"])
def test_a_deliverable_that_is_not_with_its_author_is_not_prepared(gia_lai: Office, status: str) -> None:
    make_project(gia_lai)
    Deliverable.objects.filter(code="D1").update(status=status)
    with pytest.raises(NotAllowedNow, match="when it is with its author"):
        papers.prepare(Deliverable.objects.get(code="D1"), by=gia_lai.manager)


def test_the_agency_of_a_producers_paper_is_the_authors_of_that_province(gia_lai: Office, son_la: Office) -> None:
    register_builtin_template("consent_form")
    Membership.objects.create(
        user=gia_lai.manager, organisation=son_la.organisation, role=Membership.Role.MANAGER, valid_from="2020-01-01"
    )
    for office in (gia_lai, son_la):
        producer = ProducerFactory(province=office.province)
        author = User.objects.get(pk=gia_lai.manager.pk)
        made = papers.prepare_about(producer, "consent_form", by=author)
        assert made.document.organisation == office.organisation


def test_a_legal_basis_says_once_that_it_is_one(gia_lai: Office) -> None:
    plan = plan_line(gia_lai).plan
    plan.legal_bases = ["Căn cứ Luật A;", "căn cứ Luật B.", "Luật C,"]
    assert legal_bases(plan) == ["Căn cứ Luật A", "căn cứ Luật B", "Căn cứ Luật C"]


# --- what is over or not there yet -----------------------------------------------------------------
def test_the_years_of_a_programmes_reports_are_within_its_time(gia_lai: Office) -> None:
    this = timezone.localdate().year
    programme = Programme.objects.create(province=gia_lai.province, code="ct", title="Chương trình")
    assert [year.key for year in years(programme)] == [str(this), str(this - 1)]
    programme.starts_on, programme.ends_on = date(this, 1, 1), None
    assert [year.key for year in years(programme)] == [str(this)]
    programme.starts_on, programme.ends_on = date(this - 9, 1, 1), date(this - 3, 12, 31)
    assert [year.key for year in years(programme)] == [str(this - 3), str(this - 4)]


def test_a_declaration_of_conformity_needs_a_standard_in_force(gia_lai: Office) -> None:
    producer = ProducerFactory(province=gia_lai.province)
    lots.complete_lot(complete_product(producer), by=producer_user(producer, "chu-the-1"))
    Standard.objects.update(effective_to=timezone.localdate() - timedelta(days=1))
    register_builtin_template("conformity_declaration")
    kind = papers.ALL_KINDS["conformity_declaration"]
    [occasion] = kind.occasions(producer)
    typed = {"system_name": "Hệ thống", "basis": "self", "assessed_on": "20/05/2026"}
    with pytest.raises(NotReady, match="No standard in force"):
        papers.prepare_about(
            producer, "conformity_declaration", by=gia_lai.manager, occasion=occasion.key, entries=typed
        )

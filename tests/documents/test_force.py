"""Draft, issued, superseded, revoked: how a paper goes out of force, and what nobody can change about it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from config import invariants
from documents import actions, files, force
from documents.errors import NotReady
from documents.models import DocumentVersion, RegisterEntry
from people.models import AuditEvent
from projects.errors import NotAllowedForYou
from projects.models import Deliverable
from tests.factories import documents as make
from tests.factories.projects import make_project

State = DocumentVersion.State
WHY = {"reason": "Sai số liệu", "by_paper": "Quyết định số 3/QĐ-X ngày 10/3/2022 (giả lập)", "on": date(2022, 3, 10)}


@pytest.fixture
def project(gia_lai):
    return make_project(gia_lai)


@pytest.fixture
def entry(project, gia_lai) -> RegisterEntry:
    """01/BC-CCTĐC about the project itself: a paper that may be replaced."""
    make.template()
    version = actions.prepare_draft(make.paper(), project, by=gia_lai.manager, now=make.NOW)
    return actions.issue(version.document, signer=gia_lai.leader, on=make.DAY, by=gia_lai.leader, now=make.NOW)


def state_of(entry: RegisterEntry) -> str:
    return DocumentVersion.objects.get(pk=entry.version_id).state


# --- superseding ---------------------------------------------------------------------------------


def replaced(entry: RegisterEntry, office) -> RegisterEntry:
    document = entry.version.document
    paper = make.paper("Đã khảo sát 18 sản phẩm")
    actions.prepare_draft(paper, document.subject, by=office.manager, now=make.NOW, is_replacement=True)
    return actions.issue(document, signer=office.leader, on=make.DAY, by=office.leader, now=make.NOW)


def test_a_replacement_takes_a_number_of_its_own_and_the_old_one_is_superseded(entry, gia_lai):
    later = replaced(entry, gia_lai)
    assert (later.full_number, state_of(later)) == ("02/BC-CCTĐC", State.ISSUED)
    assert (entry.full_number, state_of(entry)) == ("01/BC-CCTĐC", State.SUPERSEDED)
    assert force.replacement_of(DocumentVersion.objects.get(pk=entry.version_id)) == later.version


def test_the_old_paper_is_in_force_until_the_replacement_has_its_number(entry, gia_lai):
    actions.prepare_draft(
        make.paper("Đã khảo sát 18 sản phẩm"), entry.version.document.subject, by=gia_lai.manager, is_replacement=True
    )
    assert state_of(entry) == State.ISSUED


def test_without_saying_so_nobody_replaces_an_issued_paper(entry, gia_lai):
    with pytest.raises(NotReady, match="01/BC-CCTĐC"):
        actions.prepare_draft(make.paper(), entry.version.document.subject, by=gia_lai.manager)


def test_the_register_shows_both_numbers_the_old_one_struck_with_a_link(client, entry, gia_lai):
    replaced(entry, gia_lai)
    client.force_login(gia_lai.clerk)
    page = client.get("/documents/").content.decode()
    assert "<s>01/BC-CCTĐC</s>" in page
    assert "by 02/BC-CCTĐC</a>" in page


# --- revoking ------------------------------------------------------------------------------------


def test_a_leader_revokes_with_reason_date_and_the_paper_that_revokes(entry, gia_lai):
    done = force.revoke(entry.version.document, by=gia_lai.leader, **WHY)
    assert (state_of(entry), done.paper, done.revoked_on) == (State.REVOKED, WHY["by_paper"], date(2022, 3, 10))
    event = AuditEvent.objects.get(verb="document.revoked")
    assert (event.facts["number"], event.facts["reason"]) == ("01/BC-CCTĐC", "Sai số liệu")


def test_a_paper_of_the_register_can_be_the_one_that_revokes(entry, project, gia_lai):
    other = make.issued(make.deliverable_of(project, "D2"), by=gia_lai.manager, signer=gia_lai.leader)
    done = force.revoke(entry.version.document, reason="Sai", by=gia_lai.leader, by_entry=other)
    assert done.paper == "02/BC-CCTĐC"


def test_file_number_and_entry_of_a_revoked_paper_stay(entry, gia_lai):
    force.revoke(entry.version.document, by=gia_lai.leader, **WHY)
    version = DocumentVersion.objects.get(pk=entry.version_id)
    assert files.is_intact(version.file.name, version.sha256)
    assert version.register_entry.full_number == "01/BC-CCTĐC"
    assert list(invariants.register_numbers()) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason": "  "}, "Say why"),
        ({"by_paper": ""}, "Name the paper"),
        ({"on": date(2022, 3, 6)}, "07/03/2022"),
        ({"on": date(2999, 1, 1)}, "until today"),
    ],
)
def test_a_revocation_without_a_reason_a_paper_or_a_possible_day_is_refused(entry, gia_lai, change, words):
    with pytest.raises(NotReady, match=words):
        force.revoke(entry.version.document, by=gia_lai.leader, **{**WHY, **change})
    assert state_of(entry) == State.ISSUED


def test_a_paper_cannot_revoke_itself(entry, gia_lai):
    with pytest.raises(NotReady, match="itself"):
        force.revoke(entry.version.document, reason="Sai", by=gia_lai.leader, by_entry=entry)


def test_only_the_leaders_of_the_province_revoke(entry, gia_lai, son_la):
    for stranger in (gia_lai.manager, gia_lai.clerk, son_la.leader):
        with pytest.raises(NotAllowedForYou):
            force.revoke(entry.version.document, by=stranger, **WHY)


def test_what_is_revoked_is_not_revoked_again(entry, gia_lai):
    force.revoke(entry.version.document, by=gia_lai.leader, **WHY)
    with pytest.raises(NotReady, match="no paper in force"):
        force.revoke(entry.version.document, by=gia_lai.leader, **WHY)


def test_after_a_revocation_a_new_paper_gets_the_next_number(entry, gia_lai):
    force.revoke(entry.version.document, by=gia_lai.leader, **WHY)
    document = entry.version.document
    actions.prepare_draft(make.paper("Đã khảo sát 18 sản phẩm"), document.subject, by=gia_lai.manager)
    later = actions.issue(document, signer=gia_lai.leader, on=make.DAY, by=gia_lai.leader)
    assert (later.full_number, state_of(entry)) == ("02/BC-CCTĐC", State.REVOKED)


def test_a_deliverable_whose_paper_is_revoked_is_owed_again(project, gia_lai):
    paper = make.deliverable_of(project)
    entry = make.issued(paper, by=gia_lai.manager, signer=gia_lai.leader)
    Deliverable.objects.filter(pk=paper.pk).update(status=Deliverable.Status.ISSUED)
    force.revoke(entry.version.document, by=gia_lai.leader, **WHY)
    paper.refresh_from_db()
    assert paper.status == Deliverable.Status.CANCELLED
    assert list(invariants.issued_papers()) == []


def test_a_paper_that_is_revoked_without_a_reason_breaks_an_invariant(entry):
    assert list(invariants.issued_papers()) == []
    DocumentVersion.objects.filter(pk=entry.version_id).update(state=State.REVOKED)
    assert "without a reason" in str(next(iter(invariants.issued_papers())))


# --- the pages -----------------------------------------------------------------------------------


def url(entry: RegisterEntry, tail: str = "") -> str:
    return f"/documents/papers/{entry.version.document_id}/{tail}"


def test_the_page_revokes_and_then_says_why_and_by_what(client, entry, gia_lai):
    client.force_login(gia_lai.leader)
    typed = {"revoked_on": "10/03/2022", "reason": "Sai số liệu", "number": "", "by_paper": WHY["by_paper"]}
    assert client.post(url(entry, "revoke/"), typed).status_code == 302
    page = client.get(url(entry)).content.decode()
    for words in ("Sai số liệu", "Quyết định số 3/QĐ-X", "<s>01/BC-CCTĐC</s>", "10/03/2022"):
        assert words in page
    assert url(entry, "revoke/") not in page


def test_a_number_that_the_register_does_not_know_is_said(client, entry, gia_lai):
    client.force_login(gia_lai.leader)
    typed = {"revoked_on": "10/03/2022", "reason": "Sai", "number": "77/QĐ-CCTĐC"}
    answer = client.post(url(entry, "revoke/"), typed)
    assert answer.status_code == 422
    assert "no paper of number 77/QĐ-CCTĐC" in answer.content.decode()


def test_colleagues_may_not_and_strangers_find_nothing(client, entry, gia_lai, son_la):
    client.force_login(gia_lai.clerk)
    assert client.get(url(entry, "revoke/")).status_code == 403
    assert url(entry, "revoke/") not in client.get(url(entry)).content.decode()
    client.force_login(son_la.leader)
    assert client.get(url(entry)).status_code == 404
    assert client.post(url(entry, "revoke/")).status_code == 404


# --- what the database refuses -------------------------------------------------------------------


def refused(act) -> None:
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        act()


@pytest.mark.parametrize(
    "change",
    [{"sha256": "0" * 64}, {"context": {}}, {"file": "documents/x.docx"}, {"number": 9}, {"state": "draft"}],
)
def test_the_database_refuses_to_change_an_issued_version(entry, change):
    refused(lambda: DocumentVersion.objects.filter(pk=entry.version_id).update(**change))


def test_the_database_refuses_to_bring_a_revoked_paper_back_into_force(entry, gia_lai):
    force.revoke(entry.version.document, by=gia_lai.leader, **WHY)
    refused(lambda: DocumentVersion.objects.filter(pk=entry.version_id).update(state=State.ISSUED))


def test_the_database_refuses_to_change_the_data_of_a_draft(project, gia_lai):
    draft = make.draft(make.deliverable_of(project), by=gia_lai.manager)
    refused(lambda: DocumentVersion.objects.filter(pk=draft.pk).update(context={}))


def test_the_database_refuses_to_change_or_delete_a_number(entry):
    refused(lambda: RegisterEntry.objects.filter(pk=entry.pk).update(number=7))
    refused(lambda: RegisterEntry.objects.filter(pk=entry.pk).delete())


def test_the_database_refuses_to_delete_an_issued_version(entry):
    with pytest.raises((IntegrityError, ProtectedError)), transaction.atomic():
        DocumentVersion.objects.get(pk=entry.version_id).delete()
    refused(lambda: DocumentVersion.objects.filter(pk=entry.version_id)._raw_delete("default"))

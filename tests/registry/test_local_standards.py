"""Company standards and local regulations: one register, two kinds with two ways to be issued."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from people.models import Membership
from registry import actions
from registry.errors import NotAllowedForYou, NotNow, PaperRefused
from registry.local_standard_forms import state_of
from registry.models import LocalStandard
from tests.factories.files import PDF
from tests.factories.people import Office, Role
from tests.factories.registry import ProducerFactory, fruit_group

DAY = date(2026, 10, 1)


def values(kind: str = "company", **more: Any) -> dict[str, Any]:
    number = "TCCS 01:2026/HTX" if kind == "company" else "QCĐP 01:2026/GL"
    rest = {"producer": None, "organisation": None, "version": 1, "group": fruit_group()}
    return {"kind": kind, "number": number, "title": "Truy xuất nguồn gốc quả tươi", **rest, **more}


def guide() -> SimpleUploadedFile:
    return SimpleUploadedFile("huong-dan.pdf", PDF)


@pytest.mark.requirement("TH-K3")
def test_the_register_holds_number_owner_group_and_guide_and_counts(client: Client, gia_lai: Office) -> None:
    producer = ProducerFactory(province=gia_lai.province)
    client.force_login(gia_lai.manager)
    form = {
        "kind": "company",
        "number": "TCCS 01:2026/HTX",
        "version": 1,
        "title": "Truy xuất nguồn gốc quả tươi",
        "group": fruit_group().pk,
        "producer": producer.pk,
        "guide": guide(),
    }
    address = client.post("/local-standards/new/", form)["Location"]
    assert client.post(address + "issue/", {"issued_on": "01/10/2026"}).status_code == 302
    row = LocalStandard.objects.get()
    assert (row.number, row.producer, row.group, bool(row.guide)) == (
        "TCCS 01:2026/HTX",
        producer,
        fruit_group(),
        True,
    )
    assert list(LocalStandard.objects.counted()) == [row]
    page = client.get("/local-standards/?counted=yes").content.decode()
    assert all(text in page for text in ("TCCS 01:2026/HTX", producer.name, "Quả tươi"))
    answer = client.get(address + "guide/")
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]


@pytest.mark.requirement("TH-K3b")
def test_a_company_standard_without_a_guide_is_not_counted(client: Client, gia_lai: Office) -> None:
    producer = ProducerFactory(province=gia_lai.province)
    row = actions.register_local_standard(values=values(producer=producer), by=gia_lai.manager)
    row = actions.issue_local_standard(row, issued_on=DAY, by=gia_lai.manager)
    assert not row.is_counted
    assert not LocalStandard.objects.counted().exists()
    client.force_login(gia_lai.manager)
    assert "Without a guide, not counted" in client.get("/local-standards/").content.decode()
    assert client.post(f"/local-standards/{row.pk}/guide/add/", {"guide": guide()}).status_code == 302
    assert list(LocalStandard.objects.counted()) == [row]


@pytest.mark.requirement("TH-T3")
def test_the_two_kinds_have_different_approvers(client: Client, gia_lai: Office) -> None:
    producer = ProducerFactory(province=gia_lai.province)
    standard = actions.register_local_standard(values=values(producer=producer), by=gia_lai.manager)
    regulation = actions.register_local_standard(
        values=values("regulation", organisation=gia_lai.organisation), by=gia_lai.manager
    )
    with pytest.raises(NotAllowedForYou, match="A leader confirms"):
        actions.issue_local_standard(regulation, issued_on=DAY, decision_number="9/QĐ-UBND", by=gia_lai.manager)
    with pytest.raises(NotAllowedForYou):
        actions.issue_local_standard(standard, issued_on=DAY, by=gia_lai.leader)
    with pytest.raises(PaperRefused, match="needs the number of the committee's decision"):
        actions.issue_local_standard(regulation, issued_on=DAY, by=gia_lai.leader)

    client.force_login(gia_lai.leader)
    address = f"/local-standards/{regulation.pk}/issue/"
    assert client.post(address, {"issued_on": "01/10/2026"}).status_code == 422
    assert client.post(address, {"issued_on": "01/10/2026", "decision_number": "9/QĐ-UBND"}).status_code == 302
    regulation.refresh_from_db()
    assert (regulation.decision_number, regulation.approved_by) == ("9/QĐ-UBND", gia_lai.leader)
    assert list(LocalStandard.objects.counted()) == [regulation]  # a decision is enough, without a guide


def test_what_a_paper_is_by_now_says_who_may_issue_it(gia_lai: Office) -> None:
    producer = ProducerFactory(province=gia_lai.province)
    row = actions.register_local_standard(values=values(producer=producer), by=gia_lai.manager)
    before = LocalStandard.objects.get(pk=row.pk)
    actions.edit_local_standard(row, values=values("regulation", organisation=gia_lai.organisation), by=gia_lai.manager)
    with pytest.raises(NotAllowedForYou, match="A leader confirms"):
        actions.issue_local_standard(before, issued_on=DAY, decision_number="9/QĐ-UBND", by=gia_lai.manager)


def test_a_paper_has_one_owner_and_a_regulation_an_agency(gia_lai: Office) -> None:
    producer = ProducerFactory(province=gia_lai.province)
    for wrong in (
        values(),
        values(producer=producer, organisation=gia_lai.organisation),
        values("regulation", producer=producer),
    ):
        with pytest.raises(PaperRefused):
            actions.register_local_standard(values=wrong, by=gia_lai.manager)


def test_an_issued_paper_stays_and_a_new_version_is_another_row(gia_lai: Office) -> None:
    facts = values(producer=ProducerFactory(province=gia_lai.province))
    row = actions.register_local_standard(values=facts, by=gia_lai.manager)
    actions.edit_local_standard(row, values=facts | {"title": "Khác"}, by=gia_lai.manager)
    with pytest.raises(PaperRefused, match="in the register already"):
        actions.register_local_standard(values=facts, by=gia_lai.manager)
    row = actions.issue_local_standard(row, issued_on=DAY, by=gia_lai.manager)
    with pytest.raises(NotNow, match="next version"):
        actions.edit_local_standard(row, values=facts, by=gia_lai.manager)
    with pytest.raises(NotNow, match="next version"):
        actions.issue_local_standard(row, issued_on=DAY, by=gia_lai.manager)
    actions.register_local_standard(values=facts | {"version": 2}, by=gia_lai.manager)
    assert LocalStandard.objects.count() == 2


def test_strangers_neither_see_nor_enter(client: Client, gia_lai: Office, son_la: Office) -> None:
    facts = values(producer=ProducerFactory(province=gia_lai.province))
    with pytest.raises(NotAllowedForYou):
        actions.register_local_standard(values=facts, by=son_la.manager)
    row = actions.register_local_standard(values=facts, by=gia_lai.manager)
    client.force_login(son_la.manager)
    assert client.get(f"/local-standards/{row.pk}/").status_code == 404
    assert list(client.get("/local-standards/").context["table"].data) == []


def test_a_wrong_form_comes_back(client: Client, gia_lai: Office) -> None:
    client.force_login(gia_lai.manager)
    answer = client.post("/local-standards/new/", {"kind": "regulation"})
    assert answer.status_code == 422
    assert {"number", "title", "group", "producer"} <= set(answer.context["form"].errors)


def test_a_wrong_correction_comes_back_and_changes_nothing(client: Client, gia_lai: Office) -> None:
    facts = values(producer=ProducerFactory(province=gia_lai.province))
    row = actions.register_local_standard(values=facts, by=gia_lai.manager)
    client.force_login(gia_lai.manager)
    assert client.post(f"/local-standards/{row.pk}/edit/", {"kind": "company"}).status_code == 422
    assert LocalStandard.objects.get().number == facts["number"]


def test_a_regulation_of_a_producer_is_refused_beside_the_producer(client: Client, gia_lai: Office) -> None:
    producer = ProducerFactory(province=gia_lai.province)
    client.force_login(gia_lai.manager)
    form = values("regulation") | {"producer": producer.pk, "organisation": "", "group": fruit_group().pk}
    answer = client.post("/local-standards/new/", form)
    assert "belongs to an agency" in answer.context["form"].errors["producer"][0]


def test_a_paper_does_not_move_to_an_owner_of_another_province(gia_lai: Office, son_la: Office) -> None:
    since = date(2020, 1, 1)
    Membership.objects.create(
        user=gia_lai.manager, role=Role.MANAGER, organisation=son_la.organisation, valid_from=since
    )
    facts = values(producer=ProducerFactory(province=gia_lai.province))
    row = actions.register_local_standard(values=facts, by=gia_lai.manager)
    theirs = ProducerFactory(province=son_la.province)
    with pytest.raises(PaperRefused, match="in another province"):
        actions.edit_local_standard(row, values=facts | {"producer": theirs}, by=gia_lai.manager)


def test_a_paper_that_is_not_issued_is_a_draft(gia_lai: Office) -> None:
    facts = values(producer=ProducerFactory(province=gia_lai.province))
    row = actions.register_local_standard(values=facts, by=gia_lai.manager)
    assert state_of(row)["label"] == "Draft"

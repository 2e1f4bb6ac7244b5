"""Recalls: who may take goods back and who lifts, what is refused, who is told, and the pages."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from lots import actions
from lots.errors import NotAllowedForYou, NotAllowedNow
from lots.models import Lot, Recall
from notices.models import Message
from tests.factories.people import Office, signed_in
from tests.factories.stamps import Chain, chain

pytestmark = pytest.mark.django_db
WHY = {"reason": "Nhãn sai", "advice": "Trả lại nơi mua"}


@pytest.fixture
def line(gia_lai: Office) -> Chain:
    return chain(gia_lai)


@pytest.fixture
def lot(line: Chain) -> Lot:
    return line.lot()


def recall(line: Chain, lot: Lot | None, **more: Any) -> Recall:
    return actions.recall(line.product, lot=lot, **(WHY | {"by": line.office.inspector} | more))


@pytest.mark.parametrize("who", ["manager", "leader", "inspector"])
def test_offices_that_follow_the_goods_recall_them(line: Chain, lot: Lot, who: str) -> None:
    assert recall(line, lot, by=getattr(line.office, who)).is_in_force


def test_the_producer_recalls_its_own_goods_but_does_not_lift(line: Chain, lot: Lot) -> None:
    made = recall(line, lot, by=line.producer)

    with pytest.raises(NotAllowedForYou):
        actions.lift_recall(made, reason="Xong", by=line.producer)
    assert Recall.objects.in_force().exists()


def test_others_neither_recall_nor_lift(line: Chain, lot: Lot, son_la: Office) -> None:
    stranger = chain(line.office, project=line.project, name="Mật ong").producer
    for person in (line.office.clerk, line.office.stamp_officer, son_la.leader, stranger):
        with pytest.raises(NotAllowedForYou):
            recall(line, lot, by=person)
    made = recall(line, lot)
    for person in (line.office.clerk, son_la.leader):
        with pytest.raises(NotAllowedForYou):
            actions.lift_recall(made, reason="Xong", by=person)


def test_a_lot_of_another_product_is_refused(line: Chain) -> None:
    other = chain(line.office, project=line.project, name="Mật ong")

    with pytest.raises(NotAllowedNow, match="another product"):
        recall(line, other.lot())


@pytest.mark.parametrize("empty", ["reason", "advice"])
def test_reason_and_advice_are_needed(line: Chain, lot: Lot, empty: str) -> None:
    with pytest.raises(NotAllowedNow) as refusal:
        recall(line, lot, **{empty: "  "})

    assert refusal.value.field == empty


@pytest.mark.parametrize("is_whole_product", [False, True])
def test_what_is_recalled_is_not_recalled_again(line: Chain, lot: Lot, is_whole_product: bool) -> None:
    goods = None if is_whole_product else lot
    recall(line, goods)

    with pytest.raises(NotAllowedNow, match="already"):
        recall(line, goods)


def test_a_lot_is_recalled_besides_its_product(line: Chain, lot: Lot) -> None:
    recall(line, None)
    recall(line, lot)

    assert Recall.objects.in_force().of_lot(lot).count() == 2


def test_lifting_needs_a_reason_and_happens_once(line: Chain, lot: Lot) -> None:
    made = recall(line, lot)
    with pytest.raises(NotAllowedNow) as refusal:
        actions.lift_recall(made, reason=" ", by=line.office.leader)
    assert refusal.value.field == "reason"

    first = actions.lift_recall(made, reason="Đã thay nhãn", by=line.office.leader)
    again = actions.lift_recall(made, reason="Khác", by=line.office.manager)

    assert (again.lifted_at, again.lift_reason, again.lifted_by) == (
        first.lifted_at,
        "Đã thay nhãn",
        line.office.leader,
    )


def test_what_was_lifted_may_be_recalled_again(line: Chain, lot: Lot) -> None:
    actions.lift_recall(recall(line, lot), reason="Xong", by=line.office.leader)

    assert recall(line, lot).is_in_force


# --- who is told -----------------------------------------------------------------------------
def told(event: str) -> set[str]:
    return set(Message.objects.filter(event=event).values_list("recipient__username", flat=True))


def test_the_producer_and_the_offices_are_told_but_not_who_did_it(line: Chain, lot: Lot, son_la: Office) -> None:
    made = recall(line, lot)
    actions.lift_recall(made, reason="Xong", by=line.office.leader)

    office = line.office
    assert told("lot.recalled") == {line.producer.username, office.manager.username, office.leader.username}
    assert told("lot.recall_lifted") == {line.producer.username, office.manager.username, office.inspector.username}
    assert Message.objects.filter(event="lot.recalled")[0].url == made.get_absolute_url()


# --- pages -----------------------------------------------------------------------------------
def test_a_lot_is_recalled_on_its_page_and_says_so(line: Chain, lot: Lot) -> None:
    client = signed_in(line.producer)
    assert f'href="/lots/{lot.pk}/recall/"' in client.get(lot.get_absolute_url()).content.decode()

    answer = client.post(f"/lots/{lot.pk}/recall/", WHY | {"document": "12/QĐ"})

    assert answer["Location"] == Recall.objects.get().get_absolute_url()
    page = client.get(lot.get_absolute_url()).content.decode()
    assert "is recalled" in page
    assert f'href="/lots/{lot.pk}/recall/"' not in page


def test_a_whole_product_is_recalled_and_product_and_lots_say_so(line: Chain, lot: Lot) -> None:
    client = signed_in(line.office.inspector)
    start = f"/products/{line.product.pk}/recalls/"
    assert "/recall/" in str(client.get(start).context["actions"])

    client.post(f"/lots/products/{line.product.pk}/recall/", WHY)

    for page in (line.product, lot):
        assert "All lots of this product are recalled" in client.get(page.get_absolute_url()).content.decode()
    assert client.get(start).context["actions"] == []


def test_missing_words_are_named_and_nothing_is_lost(line: Chain, lot: Lot) -> None:
    page = signed_in(line.producer).post(f"/lots/{lot.pk}/recall/", {"reason": "Nhãn sai"})

    assert "advice" in page.context["form"].errors
    assert page.context["form"]["reason"].value() == "Nhãn sai"


def test_a_second_recall_is_refused_in_words(line: Chain, lot: Lot) -> None:
    recall(line, lot)

    page = signed_in(line.producer).post(f"/lots/{lot.pk}/recall/", WHY)

    assert "already" in str(page.context["form"].errors)


def test_an_office_lifts_on_the_recalls_page(line: Chain, lot: Lot) -> None:
    made = recall(line, lot)
    url = made.get_absolute_url()
    assert signed_in(line.producer).get(url).context["form"] is None
    client = signed_in(line.office.manager)
    assert "reason" in client.post(url, {"reason": ""}).context["form"].errors

    assert client.post(url, {"reason": "Đã thay nhãn"}).status_code == 302

    assert not Recall.objects.in_force().exists()
    assert "Đã thay nhãn" in client.get(url).content.decode()


def test_the_list_is_filtered_and_a_workbook(line: Chain, lot: Lot, son_la: Office) -> None:
    actions.lift_recall(recall(line, lot), reason="Xong", by=line.office.leader)
    recall(line, line.lot("M7"))
    client = signed_in(line.office.clerk)

    def listed(**query: str) -> list[str]:
        return [str(row.record.lot) for row in client.get("/lots/recalls/", query).context["table"].rows]

    assert listed() == ["M7", lot.number]
    assert listed(state="open") == ["M7"]
    assert listed(state="lifted") == [lot.number]
    assert listed(q="M7") == ["M7"]
    assert listed(q="không có") == []
    sheet = load_workbook(io.BytesIO(client.get("/lots/recalls/", {"export": "xlsx"}).content)).worksheets[0]
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["M7", lot.number]
    assert list(signed_in(son_la.manager).get("/lots/recalls/").context["table"].rows) == []

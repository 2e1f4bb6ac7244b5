"""Producers: their page, adding and changing them, their places and people."""

from typing import Any

import pytest
from django.test import Client

from registry import actions
from registry.errors import DuplicateEntry, NotAllowedForYou
from registry.models import Producer
from tests.factories.people import Office
from tests.factories.registry import ProducerFactory, ProductFactory, commune_of, producer_user


@pytest.fixture
def manager(client: Client, gia_lai: Office) -> Client:
    client.force_login(gia_lai.manager)
    return client


@pytest.fixture
def producer(gia_lai: Office) -> Producer:
    made: Producer = ProducerFactory(province=gia_lai.province, tax_code="9999000001")
    return made


def _facts(office: Office, **changes: Any) -> dict[str, Any]:
    facts = {"name": "HTX Ia Tô (giả lập)", "kind": "cooperative", "commune": commune_of(office.province).pk}
    return {**facts, "tax_code": "9999000009", "address": "Thôn 6", **changes}


def test_a_manager_adds_a_producer_and_lands_on_its_page(manager: Client, gia_lai: Office) -> None:
    response = manager.post("/producers/new/", _facts(gia_lai), follow=True)
    producer = Producer.objects.get(tax_code="9999000009")
    assert response.redirect_chain == [(f"/producers/{producer.pk}/", 302)]
    assert (producer.number, producer.search_text) == (1, "htx ia to (gia lap) 9999000009 htxit")
    assert "Thôn 6, xã Ia Tô, tỉnh Gia Lai" in response.content.decode()


def test_a_second_producer_with_the_tax_code_is_refused_beside_the_field(
    manager: Client, gia_lai: Office, producer: Producer
) -> None:
    response = manager.post("/producers/new/", _facts(gia_lai, tax_code="9999000001"))
    assert response.status_code == 422
    assert "9999000001" in response.context["form"].errors["tax_code"][0]
    assert Producer.objects.count() == 1


def test_wrong_facts_are_all_named_at_once(manager: Client, gia_lai: Office) -> None:
    response = manager.post("/producers/new/", _facts(gia_lai, name="", tax_code="12", gln="123", commune=0))
    assert set(response.context["form"].errors) == {"name", "tax_code", "gln", "commune"}


@pytest.mark.parametrize("typed", ["abc", "12", "gọi sau 17h"])
def test_a_producers_phone_number_is_a_number_that_can_be_called(manager: Client, gia_lai: Office, typed: str) -> None:
    response = manager.post("/producers/new/", _facts(gia_lai, phone=typed))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["phone"]


def test_a_phone_number_is_kept_without_blanks_and_dots(manager: Client, gia_lai: Office) -> None:
    manager.post("/producers/new/", _facts(gia_lai, phone="0900 000.012"))
    assert Producer.objects.get(phone="0900000012").name


def test_a_commune_of_another_province_cannot_be_chosen(manager: Client, gia_lai: Office, son_la: Office) -> None:
    response = manager.post("/producers/new/", _facts(gia_lai, commune=commune_of(son_la.province).pk))
    assert "commune" in response.context["form"].errors


@pytest.mark.parametrize("role", ["leader", "clerk", "inspector"])
def test_other_officials_read_but_do_not_write(client: Client, gia_lai: Office, producer: Producer, role: str) -> None:
    client.force_login(getattr(gia_lai, role))
    assert client.get(f"/producers/{producer.pk}/").status_code == 200
    for address in ("edit/", "places/new/", "people/new/", "products/new/"):
        assert client.get(f"/producers/{producer.pk}/{address}").status_code == 403
    assert client.post("/producers/new/", _facts(gia_lai)).status_code == 403


def test_to_an_official_of_another_province_there_is_no_such_producer(
    client: Client, son_la: Office, producer: Producer
) -> None:
    client.force_login(son_la.manager)
    for address in ("", "edit/", "places/new/", "people/new/", "products/new/"):
        assert client.get(f"/producers/{producer.pk}/{address}").status_code == 404


def test_an_edit_changes_what_was_changed_and_names_the_fields_in_the_log(
    manager: Client, gia_lai: Office, producer: Producer
) -> None:
    facts = _facts(gia_lai, name=producer.name, tax_code=producer.tax_code, address="Thôn 7", phone="0900000007")
    assert manager.post(f"/producers/{producer.pk}/edit/", facts).status_code == 302
    producer.refresh_from_db()
    assert (producer.address, producer.phone) == ("Thôn 7", "0900000007")
    event = actions.producer.audit.history(producer).get(verb="registry.producer_edited")
    assert event.facts == {"fields": ["address", "phone"]}


def test_an_edit_to_a_tax_code_of_another_is_refused(manager: Client, gia_lai: Office, producer: Producer) -> None:
    other = ProducerFactory(province=gia_lai.province, tax_code="9999000002")
    response = manager.post(f"/producers/{other.pk}/edit/", _facts(gia_lai, tax_code="9999000001"))
    assert response.status_code == 422
    assert "tax_code" in response.context["form"].errors
    other.refresh_from_db()
    assert other.tax_code == "9999000002"


def test_a_producer_cannot_move_to_another_province(gia_lai: Office, son_la: Office, producer: Producer) -> None:
    with pytest.raises(DuplicateEntry):
        actions.edit_producer(producer, changes={"commune": commune_of(son_la.province)}, by=gia_lai.manager)


def test_an_office_of_another_province_cannot_edit_by_action(son_la: Office, producer: Producer) -> None:
    with pytest.raises(NotAllowedForYou):
        actions.edit_producer(producer, changes={"name": "X"}, by=son_la.manager)


def test_a_place_gets_a_location_code_of_ours(manager: Client, gia_lai: Office, producer: Producer) -> None:
    place = {"name": "Vườn thôn 6", "kind": "plot", "commune": producer.commune_id}
    page = manager.post(f"/producers/{producer.pk}/places/new/", place, follow=True).content.decode()
    assert f"DD52{producer.number:05}-01" in page


def test_a_gln_belongs_to_one_place(manager: Client, gia_lai: Office, producer: Producer) -> None:
    place = {"name": "Xưởng", "kind": "workshop", "commune": producer.commune_id, "gln": "9521234000013"}
    assert manager.post(f"/producers/{producer.pk}/places/new/", place).status_code == 302
    response = manager.post(f"/producers/{producer.pk}/places/new/", {**place, "name": "Kho"})
    assert "gln" in response.context["form"].errors


def test_a_producers_own_person_adds_a_place_but_no_person(client: Client, producer: Producer) -> None:
    client.force_login(producer_user(producer, "chu-the"))
    place = {"name": "Vườn thôn 6", "kind": "plot", "commune": producer.commune_id}
    assert client.post(f"/producers/{producer.pk}/places/new/", place).status_code == 302
    assert client.get(f"/producers/{producer.pk}/people/new/").status_code == 403


def test_the_log_of_a_new_person_holds_no_name_and_no_password(gia_lai: Office, producer: Producer) -> None:
    actions.let_in(producer, full_name="Rơ Châm H’Lan (giả lập)", phone="0900000012", by=gia_lai.manager)
    events = actions.producer.audit.history(producer).order_by("pk")
    assert [(event.verb, event.facts) for event in events] == [
        ("people.account_opened", {}),
        ("registry.producer_member_added", {}),
    ]


def test_a_wrong_phone_number_is_refused_beside_the_field(manager: Client, producer: Producer) -> None:
    response = manager.post(f"/producers/{producer.pk}/people/new/", {"full_name": "X", "phone": "12"})
    assert "phone" in response.context["form"].errors


def test_a_person_whose_access_ended_sees_nothing_and_can_be_let_in_again(
    manager: Client, gia_lai: Office, producer: Producer
) -> None:
    user = producer_user(producer, "chu-the")
    member = producer.members.get()
    assert manager.get(f"/producers/{producer.pk}/people/{member.pk}/end/").status_code == 405
    assert manager.post(f"/producers/{producer.pk}/people/{member.pk}/end/").status_code == 302
    assert not Producer.objects.visible_to(user).exists()
    actions.add_producer_member(producer, user, by=gia_lai.manager)
    assert Producer.objects.visible_to(user).get() == producer


def test_a_leader_cannot_end_a_persons_access(client: Client, gia_lai: Office, producer: Producer) -> None:
    producer_user(producer, "chu-the")
    member = producer.members.get()
    client.force_login(gia_lai.leader)
    client.post(f"/producers/{producer.pk}/people/{member.pk}/end/")
    member.refresh_from_db()
    assert member.is_active


def test_the_page_shows_login_names_products_and_needs_few_queries(
    manager: Client, producer: Producer, django_assert_max_num_queries: Any
) -> None:
    producer_user(producer, "chu-the-1")
    for number in range(1, 9):
        ProductFactory(producer=producer, number=number, name=f"Mít {number}", gtin=None)
    with django_assert_max_num_queries(14):
        page = manager.get(f"/producers/{producer.pk}/").content.decode()
    assert "chu-the-1" in page
    assert "Mít 8" in page

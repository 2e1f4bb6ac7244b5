"""Two entries of one producer become one: nothing is lost, whichever room holds it, and printed codes stay."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from people.models import AuditEvent
from privacy.models import Consent, ConsentText, DataRequest
from projects.models import Attendance, Enrolment
from registry import actions, belongings
from registry.actions.merging import STAYING
from registry.errors import MergedAway, MergeRefused, NotAllowedForYou
from registry.models import Place, Producer, Product
from tests.factories.people import Office, UserFactory
from tests.factories.projects import make_project
from tests.factories.registry import ProducerFactory, ProductFactory, producer_user, recognise


@pytest.fixture
def pair(gia_lai: Office) -> tuple[Producer, Producer]:
    """An entry to keep, and a second one of the same producer."""
    kept = ProducerFactory(province=gia_lai.province, number=1, name="HTX Ia Tô (giả lập)", phone="0900000011")
    merged = ProducerFactory(
        province=gia_lai.province, number=2, name="Hợp tác xã Ia Tô (giả lập)", phone="0900000012", representative="B"
    )
    return kept, merged


def merge(pair: tuple[Producer, Producer], office: Office, **more: Any) -> Producer:
    kept, merged = pair
    return actions.merge_producers(kept, merged, by=office.manager, **more)


def test_values_are_taken_field_by_field(pair: tuple[Producer, Producer], gia_lai: Office) -> None:
    kept = merge(pair, gia_lai, take=["phone", "representative", "tax_code"])
    assert (kept.name, kept.phone, kept.representative) == ("HTX Ia Tô (giả lập)", "0900000012", "B")
    assert kept.tax_code == pair[1].tax_code
    assert Producer.objects.get(pk=kept.pk).search_text.count("0900000012") == 1


def test_the_second_entry_stays_and_says_where_it_went(pair: tuple[Producer, Producer], gia_lai: Office) -> None:
    kept = merge(pair, gia_lai)
    merged = Producer.objects.get(pk=pair[1].pk)
    assert merged.merged_into == kept
    assert list(Producer.objects.for_table()) == [kept]


def test_products_move_with_their_codes_and_get_new_numbers(pair: tuple[Producer, Producer], gia_lai: Office) -> None:
    kept, merged = pair
    ProductFactory(producer=kept, number=1, name="Chôm chôm", gtin=None)
    moved = ProductFactory(producer=merged, number=1, name="Mít", gtin=None)
    code = moved.own_code
    merge(pair, gia_lai)
    moved.refresh_from_db()
    assert (moved.producer, moved.number, moved.own_code) == (kept, 2, code)
    new = actions.register_product(kept, name="Xoài", ocop_set=moved.ocop_set, by=gia_lai.manager)
    assert (new.number, Product.objects.filter(own_code=new.own_code).count()) == (3, 1)


def test_two_entries_of_a_product_become_one(pair: tuple[Producer, Producer], gia_lai: Office) -> None:
    kept, merged = pair
    ours = ProductFactory(producer=kept, name="Cà phê Hoà", gtin=None, brand="")
    theirs = ProductFactory(producer=merged, name="cà phê hòa", gtin="09520000000011", brand="Ia Tô")
    recognition = recognise(theirs)
    merge(pair, gia_lai)
    ours.refresh_from_db()
    theirs.refresh_from_db()
    recognition.refresh_from_db()
    assert (ours.gtin, ours.brand, recognition.product) == ("09520000000011", "Ia Tô", ours)
    assert (theirs.gtin, theirs.producer) == (None, merged)
    assert list(Product.objects.for_table()) == [ours]


def test_a_product_of_one_name_that_takes_part_in_a_project_is_refused_with_the_way_out(
    pair: tuple[Producer, Producer], gia_lai: Office
) -> None:
    kept, merged = pair
    ProductFactory(producer=kept, name="Chôm chôm", gtin=None)
    theirs = ProductFactory(producer=merged, name="Chôm chôm", gtin=None)
    project = make_project(gia_lai)
    Enrolment.objects.create(project=project, product=theirs, enrolled_at=timezone.now(), enrolled_by=gia_lai.manager)
    with pytest.raises(MergeRefused, match=r"“Chôm chôm” is with both.*Rename one"):
        merge(pair, gia_lai)
    assert Producer.objects.filter(merged_into=None).count() == 2
    actions.merge_producers(merged, kept, by=gia_lai.manager)  # the other way round
    assert Product.objects.for_table().get() == theirs


def test_products_of_one_name_and_two_gtins_are_two(pair: tuple[Producer, Producer], gia_lai: Office) -> None:
    for producer, gtin in zip(pair, ("09520000000011", "09520000000028"), strict=True):
        ProductFactory(producer=producer, name="Mật ong", gtin=gtin)
    with pytest.raises(MergeRefused, match="two GTINs"):
        merge(pair, gia_lai)


def test_what_the_rooms_above_hold_moves_too(pair: tuple[Producer, Producer], gia_lai: Office) -> None:
    kept, merged = pair
    text = ConsentText.objects.create(purpose="onboarding", version=77, text="…", effective_from=date(2026, 1, 1))
    now = timezone.now()
    for producer in pair:
        Consent.objects.create(
            text=text, producer=producer, given_by_name="B", channel="phone", given_at=now, recorded_by=gia_lai.helper
        )
    asked = DataRequest.objects.create(
        province=gia_lai.province,
        kind="see",
        producer=merged,
        requester_name="B",
        received_on=date(2026, 11, 1),
        answer_due_on=date(2026, 11, 3),
        due_on=date(2026, 11, 20),
    )
    place = Place.objects.create(producer=merged, code="DD-1", name="Vườn", kind="plot", commune=merged.commune)
    merge(pair, gia_lai)
    for row in (asked, place):
        row.refresh_from_db()
        assert row.producer == kept
    # Both said yes to one text: the kept entry has one consent in force, the other's stays as it was given.
    assert Consent.objects.filter(producer=kept).count() == 1
    assert Consent.objects.filter(producer=merged).count() == 1


def test_every_relation_of_a_producer_is_moved_or_named_as_staying() -> None:
    fields = {belongings.name_of(field): field for field in belongings.pointing_at(Producer)}
    assert set(fields) > STAYING
    moving = set(fields) - STAYING
    assert {
        "projects.attendance.producer",
        "privacy.consent.producer",
        "privacy.datarequest.producer",
        "registry.certificate.producer",
        "registry.barcoderegistration.producer",
        "registry.localstandard.producer",
        "registry.place.producer",
        "registry.producer.merged_into",
        "registry.producermember.producer",
    } <= moving
    # A column that is part of another row's identity cannot simply be pointed elsewhere.
    assert not [name for name in moving if fields[name].primary_key]
    joins = {belongings.name_of(field) for field in belongings.pointing_at(Product)}
    assert {"registry.certificate_products.product", "registry.product_standards.product"} <= joins


def test_people_of_both_entries_act_for_the_kept_one(pair: tuple[Producer, Producer], gia_lai: Office) -> None:
    kept, merged = pair
    both, second = producer_user(kept, "ca-hai"), producer_user(merged, "nguoi-hai")
    kept.members.update(is_active=False)
    producer_user(merged, both.username)
    merge(pair, gia_lai)
    assert set(kept.members.filter(is_active=True).values_list("user", flat=True)) == {both.pk, second.pk}
    assert not merged.members.filter(is_active=True).exists()
    assert merged in Producer.objects.visible_to(second)


def test_a_producer_merged_twice_points_at_the_last(pair: tuple[Producer, Producer], gia_lai: Office) -> None:
    merge(pair, gia_lai)
    third = ProducerFactory(province=gia_lai.province, number=3)
    actions.merge_producers(third, pair[0], by=gia_lai.manager)
    assert set(Producer.objects.filter(merged_into=third)) == set(pair)


def test_the_tax_code_of_a_merged_entry_is_free_for_the_kept_one(
    pair: tuple[Producer, Producer], gia_lai: Office
) -> None:
    kept = merge(pair, gia_lai)
    actions.edit_producer(kept, changes={"tax_code": pair[1].tax_code}, by=gia_lai.manager)
    assert Producer.objects.filter(tax_code=pair[1].tax_code).count() == 2


def test_a_merged_entry_takes_nothing_new(pair: tuple[Producer, Producer], gia_lai: Office) -> None:
    merge(pair, gia_lai)
    merged = Producer.objects.get(pk=pair[1].pk)
    with pytest.raises(MergedAway, match="was merged into HTX Ia Tô"):
        actions.edit_producer(merged, changes={"address": "x"}, by=gia_lai.manager)
    with pytest.raises(MergedAway):
        actions.let_in(merged, full_name="B", phone="0900000013", by=gia_lai.manager)
    with pytest.raises(MergeRefused, match="already"):
        merge(pair, gia_lai)


def test_a_page_opened_before_the_merger_adds_nothing_to_the_merged_entry(
    pair: tuple[Producer, Producer], gia_lai: Office
) -> None:
    before = Producer.objects.get(pk=pair[1].pk)
    ocop_set = ProductFactory(producer=pair[0]).ocop_set
    merge(pair, gia_lai)
    with pytest.raises(MergedAway, match="was merged into HTX Ia Tô"):
        actions.register_product(before, name="Xoài", ocop_set=ocop_set, by=gia_lai.manager)
    with pytest.raises(MergedAway):
        actions.register_place(before, name="Kho", kind="store", commune=before.commune, by=gia_lai.manager)


def test_two_provinces_and_one_row_are_refused(
    pair: tuple[Producer, Producer], gia_lai: Office, son_la: Office
) -> None:
    with pytest.raises(MergeRefused, match="one province"):
        actions.merge_producers(pair[0], ProducerFactory(province=son_la.province), by=gia_lai.manager)
    with pytest.raises(MergeRefused, match="itself"):
        actions.merge_producers(pair[0], pair[0], by=gia_lai.manager)


def test_others_may_not_merge(pair: tuple[Producer, Producer], gia_lai: Office, son_la: Office) -> None:
    for user in (son_la.manager, gia_lai.leader, UserFactory()):
        with pytest.raises(NotAllowedForYou):
            actions.merge_producers(*pair, by=user)


def test_the_log_names_the_merger_without_personal_data(pair: tuple[Producer, Producer], gia_lai: Office) -> None:
    merge(pair, gia_lai, take=["phone"])
    event = AuditEvent.objects.get(verb="registry.producer_merged")
    assert event.case == f"registry.producer:{pair[0].pk}"
    assert event.facts == {"number": 2, "moved": 0, "taken": ["phone"]}


def test_attendances_move(pair: tuple[Producer, Producer], gia_lai: Office) -> None:
    assert Attendance._meta.get_field("producer") in belongings.pointing_at(Producer)


def test_the_page_compares_and_merges(client: Client, pair: tuple[Producer, Producer], gia_lai: Office) -> None:
    kept, merged = pair
    address = f"/producers/{kept.pk}/merge/{merged.pk}/"
    client.force_login(gia_lai.manager)
    page = client.get(address).content.decode()
    assert "0900000011" in page
    assert "0900000012" in page
    answer = client.post(
        address, {"name": "kept", "phone": "merged", "representative": "merged", "tax_code": "kept"}, follow=True
    )
    assert answer.redirect_chain[-1][0] == kept.get_absolute_url()
    kept.refresh_from_db()
    assert kept.phone == "0900000012"
    old = client.get(merged.get_absolute_url()).content.decode()
    assert kept.get_absolute_url() in old
    assert "merged" in old


def test_an_incomplete_choice_is_asked_again(client: Client, pair: tuple[Producer, Producer], gia_lai: Office) -> None:
    client.force_login(gia_lai.manager)
    assert client.post(f"/producers/{pair[0].pk}/merge/{pair[1].pk}/", {}).status_code == 422
    assert not Producer.objects.exclude(merged_into=None).exists()


def test_an_obstacle_is_shown_before_anybody_chooses(
    client: Client, pair: tuple[Producer, Producer], gia_lai: Office
) -> None:
    for producer, gtin in zip(pair, ("09520000000011", "09520000000028"), strict=True):
        ProductFactory(producer=producer, name="Mật ong", gtin=gtin)
    client.force_login(gia_lai.manager)
    assert "two GTINs" in client.get(f"/producers/{pair[0].pk}/merge/{pair[1].pk}/").content.decode()


def test_the_page_remembers_that_they_are_two(client: Client, pair: tuple[Producer, Producer], gia_lai: Office) -> None:
    client.force_login(gia_lai.manager)
    answer = client.post(f"/producers/{pair[0].pk}/distinct/{pair[1].pk}/")
    assert answer.status_code == 302
    assert pair[0].distinct_as_first.get().second == pair[1]


def test_a_producer_is_not_compared_with_itself(
    client: Client, pair: tuple[Producer, Producer], gia_lai: Office
) -> None:
    client.force_login(gia_lai.manager)
    assert client.get(f"/producers/{pair[0].pk}/merge/{pair[0].pk}/").status_code == 404


def test_one_producer_and_two_of_two_provinces_are_no_pair(
    pair: tuple[Producer, Producer], gia_lai: Office, son_la: Office
) -> None:
    for other in (pair[0], ProducerFactory(province=son_la.province)):
        with pytest.raises(MergeRefused, match="two producers of one province"):
            actions.mark_distinct(pair[0], other, by=gia_lai.manager)


def test_the_page_says_what_moves_where_before_anybody_merges(
    client: Client, pair: tuple[Producer, Producer], gia_lai: Office
) -> None:
    kept, merged = pair
    for producer in pair:
        ProductFactory(producer=producer, name="Mật ong", gtin=None)
    ProductFactory(producer=merged, number=2, name="Mít", gtin=None)
    producer_user(merged, "nong-dan")
    client.force_login(gia_lai.manager)
    page = client.get(f"/producers/{kept.pk}/merge/{merged.pk}/")
    assert page.context["moves"] == [("Product", 1), ("Producer's person", 1)]
    assert [product.name for product in page.context["doubled"]] == ["Mật ong"]
    assert "It cannot be taken back" in page.content.decode()


def test_the_page_of_the_merged_entry_says_who_when_what_moved_and_what_it_said(
    client: Client, pair: tuple[Producer, Producer], gia_lai: Office
) -> None:
    kept, merged = pair
    ProductFactory(producer=merged, name="Mít", gtin=None)
    merge(pair, gia_lai, take=["phone"], now=datetime(2026, 6, 1, 3, 0, tzinfo=UTC))
    client.force_login(gia_lai.clerk)
    page = client.get(merged.get_absolute_url())
    assert page.context["moved"] == [("Product", 1)]
    assert (page.context["act"].by, page.context["exchanged"]) == (gia_lai.manager, ["phone number"])
    text = page.content.decode()
    assert "10:00 01/06/2026" in text
    assert "0900000011" in text, "the number that the kept entry had before"
    assert "0900000012" not in text
    assert "0900000012" in client.get(kept.get_absolute_url()).content.decode()


def test_a_producers_own_people_read_what_the_entry_said_but_not_who_merged_it(
    client: Client, pair: tuple[Producer, Producer], gia_lai: Office
) -> None:
    client.force_login(producer_user(pair[0], "nong-dan"))
    merge(pair, gia_lai)
    page = client.get(pair[1].get_absolute_url())
    assert "0900000012" in page.content.decode()
    assert page.context["act"] is None


def test_of_a_replaced_value_nothing_is_lost(pair: tuple[Producer, Producer], gia_lai: Office) -> None:
    before = [(entry.name, entry.tax_code) for entry in pair]
    kept = merge(pair, gia_lai, take=["name", "tax_code"])
    merged = Producer.objects.get(pk=pair[1].pk)
    assert [(merged.name, merged.tax_code), (kept.name, kept.tax_code)] == before
    assert merged.search_text.startswith("htx")

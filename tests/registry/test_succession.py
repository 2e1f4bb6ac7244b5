"""After mergers of communes: both names are shown and found, and producers move to the successor."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from people.models import AdminUnit, AuditEvent
from registry import actions
from registry.errors import NotAllowedForYou, NotNow
from registry.models import Place, Producer
from registry.succession import organisation_then_and_now, then_and_now
from tests.factories.people import AdminUnitFactory, Office, OrganisationFactory
from tests.factories.registry import ProducerFactory, ProductFactory

Level = AdminUnit.Level
LAST = date(2025, 6, 30)


@pytest.fixture
def communes(gia_lai: Office) -> tuple[AdminUnit, AdminUnit]:
    """Ia Tô of the district Ia Grai, and Ia Krái of the merged province, which followed it."""
    merged = AdminUnitFactory(code="52-2025", name="tỉnh Gia Lai", level=Level.PROVINCE)
    gia_lai.province.successors.add(merged)
    district = AdminUnitFactory(code="ia-grai", name="huyện Ia Grai", level=Level.DISTRICT, parent=gia_lai.province)
    old = AdminUnitFactory(code="ia-to", name="xã Ia Tô", level=Level.COMMUNE, parent=district, valid_to=LAST)
    new = AdminUnitFactory(
        code="ia-krai", name="xã Ia Krái", level=Level.COMMUNE, parent=merged, valid_from=date(2025, 7, 1)
    )
    old.successors.add(new)
    return old, new


def test_a_commune_is_shown_old_and_new(vietnamese: None, communes: tuple[AdminUnit, AdminUnit]) -> None:
    old, new = communes
    assert then_and_now(new) == "xã Ia Krái (trước 01/07/2025: xã Ia Tô, huyện Ia Grai)"
    assert then_and_now(old) == "xã Ia Tô, huyện Ia Grai (từ 01/07/2025: xã Ia Krái)"
    assert then_and_now(AdminUnitFactory(code="x", name="xã X", level=Level.COMMUNE)) == ""


def test_an_agency_is_shown_old_and_new(db: None) -> None:
    new = OrganisationFactory(code="moi", name="Sở NN và MT (giả lập)")
    old = OrganisationFactory(code="cu", name="Sở NN và PTNT (giả lập)", successor=new)
    assert organisation_then_and_now(old) == "Sở NN và PTNT (giả lập) (now: Sở NN và MT (giả lập))"
    assert organisation_then_and_now(new) == "Sở NN và MT (giả lập) (formerly: Sở NN và PTNT (giả lập))"


@pytest.mark.requirement("BK-V.5")
def test_the_successor_of_the_information_department_stands_on_the_page_of_successors(
    client: Client, gia_lai: Office
) -> None:
    new = OrganisationFactory(code="kh", name="Sở Khoa học và Công nghệ (giả lập)", province=gia_lai.province)
    OrganisationFactory(
        code="tt", name="Sở Thông tin và Truyền thông (giả lập)", province=gia_lai.province, successor=new
    )
    client.force_login(gia_lai.manager)
    page = " ".join(client.get("/successors/").content.decode().split())
    before, now = page.index("Sở Thông tin và Truyền thông (giả lập)"), page.index("Sở Khoa học và Công nghệ (giả lập)")
    assert 0 < now - before < 300  # in one row of the table


@pytest.mark.parametrize("words", ["ia grai", "Ia Tô", "ia krai", "htx ia grái"])
@pytest.mark.parametrize("where", [0, 1], ids=["in_the_old", "in_the_new"])
def test_a_producer_is_found_by_both_names_of_its_commune(
    client: Client, gia_lai: Office, communes: tuple[AdminUnit, AdminUnit], words: str, where: int
) -> None:
    producer = ProducerFactory(province=gia_lai.province, commune=communes[where], name="HTX Xanh (giả lập)")
    product = ProductFactory(producer=producer)
    ProducerFactory(province=gia_lai.province, name="HTX Khác (giả lập)", commune=AdminUnitFactory(
        code="kbang", name="xã Kbang", level=Level.COMMUNE, parent=gia_lai.province
    ))  # fmt: skip
    client.force_login(gia_lai.manager)
    found = client.get("/producers/", {"q": words}).context["table"].rows
    assert [row.record for row in found] == [producer]
    assert [row.record for row in client.get("/products/", {"q": words}).context["table"].rows] == [product]


def test_the_page_of_a_producer_shows_both_names(
    client: Client, gia_lai: Office, communes: tuple[AdminUnit, AdminUnit]
) -> None:
    producer = ProducerFactory(province=gia_lai.province, commune=communes[1])
    client.force_login(gia_lai.manager)
    page = client.get(producer.get_absolute_url()).content.decode()
    assert "xã Ia Tô, huyện Ia Grai" in page
    assert "xã Ia Krái" in page


def test_producers_and_their_places_move_and_the_registrys_province_stays(
    gia_lai: Office, communes: tuple[AdminUnit, AdminUnit]
) -> None:
    old, new = communes
    producer = ProducerFactory(province=gia_lai.province, commune=old)
    place = Place.objects.create(producer=producer, code="DD-1", name="Vườn", kind="plot", commune=old)
    stays = ProducerFactory(province=gia_lai.province, commune=old)
    assert actions.move_to_successor([producer], old=old, new=new, by=gia_lai.manager) == 1
    for row in (producer, place, stays):
        row.refresh_from_db()
    assert (producer.commune, producer.province, place.commune) == (new, gia_lai.province, new)
    assert stays.commune == old
    event = AuditEvent.objects.get(verb="registry.producer_moved")
    assert event.facts == {"before": "xã Ia Tô", "after": "xã Ia Krái"}
    assert actions.move_to_successor([producer], old=old, new=new, by=gia_lai.manager) == 0


def test_nobody_moves_to_a_commune_that_does_not_follow(
    gia_lai: Office, son_la: Office, communes: tuple[AdminUnit, AdminUnit]
) -> None:
    old, new = communes
    producer = ProducerFactory(province=gia_lai.province, commune=old)
    with pytest.raises(NotNow, match="does not follow"):
        actions.move_to_successor([producer], old=new, new=old, by=gia_lai.manager)
    with pytest.raises(NotAllowedForYou):
        actions.move_to_successor([producer], old=old, new=new, by=son_la.manager)


def test_a_producer_may_be_edited_into_todays_commune(gia_lai: Office, communes: tuple[AdminUnit, AdminUnit]) -> None:
    producer = ProducerFactory(province=gia_lai.province, commune=communes[0])
    actions.edit_producer(producer, changes={"commune": communes[1]}, by=gia_lai.manager)
    assert Producer.objects.get().commune == communes[1]


def test_the_preview_lists_who_would_move_and_moves_the_ticked(
    client: Client, gia_lai: Office, son_la: Office, communes: tuple[AdminUnit, AdminUnit]
) -> None:
    old, new = communes
    first, second = (ProducerFactory(province=gia_lai.province, commune=old) for _ in range(2))
    foreign = ProducerFactory(province=son_la.province, commune=old)
    client.force_login(gia_lai.manager)
    assert f"/successors/{old.pk}/move/" in client.get("/successors/").content.decode()
    page = client.get(f"/successors/{old.pk}/move/").content.decode()
    assert first.name in page
    assert foreign.name not in page
    assert client.post(f"/successors/{old.pk}/move/", {"new": new.pk}).status_code == 422
    answer = client.post(f"/successors/{old.pk}/move/", {"new": new.pk, "producers": [first.pk, foreign.pk]})
    assert answer.status_code == 422  # a foreign one is not among the choices
    client.post(f"/successors/{old.pk}/move/", {"new": new.pk, "producers": [first.pk]})
    assert set(Producer.objects.filter(commune=old)) == {second, foreign}


def test_an_office_goes_on_registering_producers_in_the_communes_of_the_merged_province(
    client: Client, gia_lai: Office, communes: tuple[AdminUnit, AdminUnit]
) -> None:
    _old, new = communes
    client.force_login(gia_lai.manager)
    facts = {"name": "HTX Ia Krái (giả lập)", "kind": "cooperative", "commune": new.pk, "address": "Thôn 1"}

    client.post("/producers/new/", facts)

    made = Producer.objects.get(commune=new)
    assert (made.province, made.number) == (gia_lai.province, 1)

"""Own links of a product: who keeps them, what is refused, and that removed ones stay on record."""

import pytest
from django.utils import timezone

from onboarding.models import Onboarding
from people.models import AuditEvent
from stamps.models import ProductLink
from tests.stamps.resolver.conftest import GTIN

ANSWERS = {
    "link_type": "instructions",
    "href": "https://nhasanxuat.vidu.example/huong-dan",
    "title": "Hướng dẫn sử dụng (giả lập)",
    "language": "vi",
    "media_type": "text/html",
}


@pytest.fixture
def page(chain):
    return f"/products/{chain.product.pk}/links/"


@pytest.mark.parametrize("who", ["producer", "helper"])
def test_the_producer_and_the_registrys_keepers_add_links(client, chain, page, who):
    client.force_login(chain.producer if who == "producer" else chain.office.helper)
    assert client.post(page, ANSWERS).status_code == 302
    assert ANSWERS["title"] in client.get(page).content.decode()
    assert client.get(f"/01/{GTIN}?linkType=gs1:instructions").headers["Location"].startswith(ANSWERS["href"])
    assert AuditEvent.objects.get(verb="stamps.link_added").facts["host"] == "nhasanxuat.vidu.example"


def test_other_officials_read_but_do_not_add(client, chain, page):
    client.force_login(chain.office.inspector)
    assert client.get(page).context["form"] is None
    client.post(page, ANSWERS)
    assert ProductLink.objects.count() == 0


def test_strangers_find_no_page(client, chain, page, add_link, son_la):
    kept = add_link()
    client.force_login(son_la.manager)
    assert client.get(page).status_code == client.post(page, ANSWERS).status_code == 404
    assert client.post(f"/stamps/links/{kept.pk}/remove/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"href": "javascript:alert(1)"}, "href"),
        ({"href": "http://vidu.example/"}, "href"),
        ({"href": "https://192.168.1.1/"}, "href"),
        ({"href": "https://may-chu.local/"}, "href"),
        ({"href": ""}, "href"),
        ({"href": "https://vidu.example/" + "a" * 500}, "href"),
        ({"title": ""}, "title"),
        ({"link_type": "nosuchlt"}, "link_type"),
        ({"link_type": "registryEntry"}, "link_type"),
        ({"language": "zh-Hant"}, "language"),
        ({"media_type": "text/javascript"}, "media_type"),
    ],
)
def test_a_wrong_answer_is_told_next_to_its_field_and_kept(client, chain, page, changes, field):
    client.force_login(chain.producer)
    answer = client.post(page, ANSWERS | changes)
    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    assert ProductLink.objects.count() == 0
    assert answer.context["form"]["title"].value() == (ANSWERS | changes)["title"]


def test_the_same_address_is_not_linked_twice(client, chain, page):
    client.force_login(chain.producer)
    client.post(page, ANSWERS)
    assert client.post(page, ANSWERS).context["form"].errors["href"]


def test_an_entry_in_the_national_registry_needs_the_letter_that_says_so(client, chain, page):
    Onboarding.objects.create(
        enrolment=chain.enrolment,
        started_at=timezone.now(),
        portal_reference="CV 12 (giả lập)",
        portal_connected_on=timezone.localdate(),
    )
    client.force_login(chain.producer)
    client.post(page, ANSWERS | {"link_type": "registryEntry"})
    assert client.get(f"/01/{GTIN}?linkType=gs1:registryEntry").status_code == 307


def test_a_removed_link_stays_on_record(client, chain, page, add_link):
    kept = add_link()
    client.force_login(chain.producer)
    for _time in range(2):
        assert client.post(f"/stamps/links/{kept.pk}/remove/").headers["Location"] == page
    kept.refresh_from_db()
    assert kept.removed_at
    assert AuditEvent.objects.filter(verb="stamps.link_removed").count() == 1
    assert kept.title in client.get(page).content.decode()
    assert client.get(f"/01/{GTIN}?linkType=gs1:instructions").status_code == 404


def test_only_a_press_of_the_button_removes(client, chain, add_link):
    client.force_login(chain.producer)
    assert client.get(f"/stamps/links/{add_link().pk}/remove/").status_code == 405

"""Links that the resolver makes of what is on record: pages in two languages, certificates, recalls."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from lots.actions import lift_recall, recall
from registry.models import Certificate
from tests.stamps.resolver.conftest import GTIN

KEY = f"/01/{GTIN}"


def relations(client, path):
    """Return the link types of each level, the finest first."""
    found = client.get(path, {"linkType": "linkset"}).json()["linkset"]
    prefix = "https://gs1.org/voc/"
    return [{name.removeprefix(prefix) for name in level if name.startswith(prefix)} for level in found]


@pytest.mark.parametrize(("languages", "end"), [("vi", "/"), ("en-US", "/?lang=en&linkType=gs1:pip"), ("fr", "/")])
def test_the_product_page_is_linked_in_both_languages(client, chain, languages, end):
    answer = client.get(f"{KEY}?linkType=gs1:pip", headers={"accept-language": languages})
    assert answer.headers["Location"].removesuffix("?linkType=gs1:pip").endswith(end)


def test_a_product_without_papers_claims_none(client, chain):
    assert relations(client, KEY) == [{"defaultLink", "pip", "traceability"}]
    assert relations(client, f"{KEY}/21/0ABC")[0] == {"defaultLink", "pip", "traceability", "verificationService"}


@pytest.mark.parametrize(("days_left", "is_linked"), [(0, True), (-1, False), (None, True)])
def test_certificates_are_linked_while_they_hold(client, chain, days_left, is_linked):
    until = None if days_left is None else timezone.localdate() + timedelta(days=days_left)
    paper = Certificate.objects.create(
        producer=chain.product.producer,
        kind=Certificate.Kind.VIETGAP,
        number="VG-01 (giả lập)",
        issuer="Tổ chức chứng nhận (giả lập)",
        issued_on=date(2021, 1, 1),
        valid_until=until,
    )
    assert "certificationInfo" not in relations(client, KEY)[0], "a paper of other products"
    paper.products.add(chain.product)
    assert ("certificationInfo" in relations(client, KEY)[0]) is is_linked


def test_a_recall_of_the_product_is_linked_at_once_and_until_it_is_lifted(client, chain):
    made = recall(chain.product, reason="Dư lượng", advice="Trả lại nơi mua", by=chain.office.manager)
    assert all("recallStatus" in level for level in relations(client, f"{KEY}/21/0ABC"))
    lift_recall(made, reason="Đã xử lý", by=chain.office.manager)
    assert not any("recallStatus" in level for level in relations(client, f"{KEY}/21/0ABC"))


def test_a_recalled_lot_has_a_level_of_its_own(client, chain):
    lot = chain.lot()
    recall(chain.product, lot=lot, reason="Dư lượng", advice="Trả lại nơi mua", by=chain.office.manager)
    assert relations(client, f"{KEY}/10/{lot.number}") == [
        {"defaultLink", "recallStatus"},
        {"defaultLink", "pip", "traceability", "recallStatus"},
    ]
    assert len(relations(client, f"{KEY}/10/L7")) == 1


def test_no_link_claims_an_entry_in_the_national_registry(client, chain):
    assert client.get(f"{KEY}?linkType=gs1:registryEntry").status_code == 404


def test_a_removed_link_is_no_longer_answered(client, chain, add_link):
    kept = add_link()
    kept.removed_at = timezone.now()
    kept.save()
    assert client.get(f"{KEY}?linkType=gs1:instructions").status_code == 404


def test_a_link_to_another_site_leads_to_a_page_that_names_it(client, chain, add_link):
    kept = add_link("https://la.vidu.example/a")
    answer = client.get(f"{KEY}?linkType=gs1:instructions")
    assert answer.headers["Location"] == f"/scan/links/{kept.pk}/?linkType=gs1:instructions"
    page = client.get(answer.headers["Location"])
    assert page.status_code == 200
    assert "la.vidu.example" in page.content.decode()
    assert 'href="https://la.vidu.example/a?linkType=gs1:instructions"' in page.content.decode()


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "https://127.0.0.1/x", "https://la.vidu.example@xau.vidu.example/"]
)
def test_the_page_before_leaving_never_links_what_no_link_may_be(client, chain, add_link, href):
    assert client.get(f"/scan/links/{add_link(href).pk}/").status_code == 404

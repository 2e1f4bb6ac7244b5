"""GS1-Conformant Resolver 1.2.0: the behaviours that the standard asks for, one test each.

The number is the row in the project's list of behaviours; the id in brackets is the one that GS1's own
suite gives to the check, where it has one.
"""

import json

import pytest
from django.conf import settings as site
from django.db import IntegrityError

from gs1.keys import check_digit
from lots.models import Lot
from stamps.resolver import words
from tests.factories.registry import demo_gtin
from tests.stamps.resolver.checker import wrong_in_description, wrong_in_linkset
from tests.stamps.resolver.conftest import GTIN

KEY = f"/01/{GTIN}"
BASE = f"https://{site.STAMPS_HOST}"
DEFAULT = "https://gs1.org/voc/defaultLink"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def linkset(client, path, **headers):
    answer = client.get(path, {"linkType": "linkset"}, headers=headers)
    assert answer.status_code == 200
    return json.loads(answer.content)["linkset"]


def test_01_the_description_file_says_what_the_resolver_does(client, db):
    """[rdFile]"""
    answer = client.get("/.well-known/gs1resolver")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    assert wrong_in_description(answer.json()) == []
    assert answer.json()["resolverRoot"] == BASE
    assert answer.json()["supportedPrimaryKeys"] == ["01", "00", "414", "417"]


@pytest.mark.parametrize("path", [KEY, "/.well-known/gs1resolver", f"{KEY}/21/0ABC"])
def test_02_scripts_of_other_sites_may_ask(client, chain, path):
    """[corsCheck] [methodsCheck]"""
    asked = client.options(path, headers={"origin": "https://vidu.example", "access-control-request-method": "GET"})
    assert asked.status_code == 204
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert set(asked.headers["Access-Control-Allow-Methods"].split(", ")) >= {"GET", "HEAD", "OPTIONS"}
    answer = client.get(path, headers={"origin": "https://vidu.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Expose-Headers"] == "Link, Location"


@pytest.mark.parametrize("path", [KEY, f"{KEY}/21/0ABC"])
def test_03_a_key_leads_to_its_default_link(client, chain, path):
    answer = client.get(path)
    default = linkset(client, path)[0][DEFAULT][0]["href"]
    assert (answer.status_code, BASE + answer.headers["Location"]) == (307, default)


def test_04_head_answers_like_get_without_a_body(client, chain):
    head, got = client.head(KEY), client.get(KEY)
    assert (head.status_code, dict(head.headers), head.content) == (got.status_code, dict(got.headers), b"")


@pytest.mark.parametrize("method", ["get", "options"])
def test_05_a_redirect_names_the_linkset(client, chain, method):
    """[linkOnRedirect]"""
    header = getattr(client, method)(f"{KEY}/21/0ABC").headers["Link"]
    assert header == f'<{BASE}{KEY}/21/0ABC?linkType=linkset>; rel="linkset"; type="application/linkset+json"'


def test_06_the_link_header_lists_no_gs1_relations(client, chain):
    """[legacyLinkHeaders]"""
    assert 'rel="gs1:' not in client.get(KEY).headers["Link"]
    assert "gs1.org/voc/" not in client.get(KEY, {"linkType": "linkset"}).headers["Link"]


@pytest.mark.parametrize(
    "path",
    [
        f"{KEY}/foo",
        f"{KEY}/21/S/10/L",
        f"{KEY}/17/261231",
        f"{KEY}/21/{'A' * 21}",
        f"{KEY}/10/",
        "/01/09520000009992",
        "/01/9520000009991",
        "/99/X",
        "/foo",
    ],
)
def test_07_what_is_no_digital_link_is_a_bad_request(client, chain, path):
    """[reportWith400] [noErrorWith200]"""
    answer = client.get(path, headers={"host": site.STAMPS_HOST})
    assert answer.status_code == 400
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_08_one_trailing_slash_changes_nothing(client, chain):
    """[trailingSlash]"""
    plain, slash = client.get(KEY), client.get(f"{KEY}/")
    assert (plain.status_code, plain.headers["Location"]) == (slash.status_code, slash.headers["Location"])


@pytest.mark.parametrize("lot", ["KL8G", "A%2FB"])
def test_09_an_unknown_lot_takes_the_links_of_its_product(client, chain, lot):
    """[basicWalkUp] In one request; the proxy says what was asked for, since the server takes %2F apart."""
    path = f"{KEY}/10/{lot}"
    answer = client.get(path, headers={"X-Original-URI": path})
    assert (answer.status_code, answer.headers["Location"]) == (307, client.get(KEY).headers["Location"])


def test_10_a_key_of_nobody_here_is_not_found(client, chain):
    gln = f"952000000000{check_digit('952000000000')}"
    sscc = f"09520000000000001{check_digit('09520000000000001')}"
    for path in (f"/01/{demo_gtin(77)}", f"/414/{gln}", f"/417/{gln}", f"/00/{sscc}", f"/253/{gln}"):
        assert client.get(path).status_code == 404


def test_11_the_linkset_is_answered_without_a_redirect(client, chain):
    """[ltLinksetNoRedirect]"""
    assert client.get(KEY, {"linkType": "linkset"}).status_code == 200
    page = client.get(KEY, {"linkType": "linkset"}, headers={"accept": BROWSER})
    assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    embedded = page.content.decode().split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert wrong_in_linkset(json.loads(embedded)) == []


def test_12_the_older_word_all_still_gives_the_linkset(client, chain):
    assert client.get(KEY, {"linkType": "all"}).json() == client.get(KEY, {"linkType": "linkset"}).json()


@pytest.mark.parametrize("media_type", ["application/linkset+json", "application/json", "application/ld+json"])
def test_13_a_media_type_asks_for_the_linkset_too(client, chain, media_type):
    """[ltAcceptHeader] [declaredContentType]"""
    answer = client.get(KEY, headers={"accept": f"{media_type}, */*;q=0.1"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, f"{media_type}; charset=utf-8")
    document = json.loads(answer.content)
    assert wrong_in_linkset(document) == []
    assert ("@context" in document) == (media_type == "application/ld+json")


def test_14_a_linkset_names_its_json_ld_context(client, chain):
    """[linksetJsonldCheck]"""
    header = client.get(KEY, {"linkType": "linkset"}).headers["Link"]
    context = "https://ref.gs1.org/standards/resolver/linkset-context"
    assert f'<{context}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"' in header


@pytest.mark.parametrize("narrowing", ["", "/21/0ABC", "/10/L7", "/22/2A/10/L7/21/0ABC", "/235/X"])
def test_15_the_linkset_keeps_to_the_schema_at_every_level(client, chain, add_link, narrowing):
    """[validLinkset]"""
    add_link(language="vi", context="hop-tac-xa")
    answer = client.get(KEY + narrowing, {"linkType": "linkset"})
    assert wrong_in_linkset(answer.json()) == []
    serial = [f"{BASE}{KEY}/21/0ABC"] if "0ABC" in narrowing else []
    assert [level["anchor"] for level in answer.json()["linkset"]] == [*serial, BASE + KEY]


def test_16_there_is_one_default_link_and_it_has_a_type_as_well(client, chain):
    """[defaultLinkExists] [singleDefaulLink]"""
    for level in linkset(client, f"{KEY}/21/0ABC"):
        [default] = level[DEFAULT]
        assert set(default) == {"href", "title"}
        assert default["href"] in [link["href"] for link in level["https://gs1.org/voc/pip"]]


@pytest.mark.parametrize("asked", ["gs1:instructions", "https://gs1.org/voc/instructions"])
def test_17_a_link_type_is_asked_for_by_short_or_full_name(client, chain, add_link, asked):
    """[loFor…]"""
    kept = add_link()
    answer = client.get(KEY, {"linkType": asked})
    assert answer.status_code == 307
    assert answer.headers["Location"].startswith(f"{kept.href}?linkType=")


@pytest.mark.parametrize("asked", ["gs1:nosuchlt", "gs1:epcis", "pip", "https://vidu.example/voc/pip", "gs1:"])
def test_18_a_link_type_without_a_link_is_not_found(client, chain, asked):
    """[specificLinkTypeNotFound]"""
    assert client.get(KEY, {"linkType": asked}).status_code == 404


@pytest.mark.parametrize(
    ("languages", "target"),
    [
        ("vi-VN,vi;q=0.9,en;q=0.8", "vi"),
        ("en-GB, vi;q=0.5", "en"),
        ("vi;q=0.3, en;q=0.7", "en"),
        ("fr, de", "vi"),
        ("", "vi"),
    ],
)
def test_19a_the_language_chooses_among_links_of_a_type(client, chain, add_link, languages, target):
    for language in ("vi", "en"):
        add_link(f"https://nhasanxuat.vidu.example/{language}", language=language)
    answer = client.get(KEY, {"linkType": "gs1:instructions"}, headers={"accept-language": languages})
    assert answer.headers["Location"].startswith(f"https://nhasanxuat.vidu.example/{target}?")


@pytest.mark.parametrize(
    ("accept", "target"),
    [
        ("application/pdf", "pdf"),
        ("text/html", "page"),
        ("application/*;q=0.9, text/html;q=0.1", "pdf"),
        ("*/*", "page"),
    ],
)
def test_19b_then_the_media_type_chooses(client, chain, add_link, accept, target):
    add_link("https://nhasanxuat.vidu.example/page")
    add_link("https://nhasanxuat.vidu.example/pdf", media_type="application/pdf")
    answer = client.get(KEY, {"linkType": "gs1:instructions"}, headers={"accept": accept})
    assert answer.headers["Location"].startswith(f"https://nhasanxuat.vidu.example/{target}?")


@pytest.mark.parametrize(("context", "target"), [("nguoi-mua", "b"), ("", "a"), ("khac", "a")])
def test_19c_then_the_context_chooses(client, chain, add_link, context, target):
    add_link("https://nhasanxuat.vidu.example/a")
    add_link("https://nhasanxuat.vidu.example/b", context="nguoi-mua")
    answer = client.get(KEY, {"linkType": "gs1:instructions", "context": context})
    assert answer.headers["Location"].startswith(f"https://nhasanxuat.vidu.example/{target}?")


def test_19d_links_that_are_alike_are_offered_as_a_choice(client, chain, add_link):
    for name in ("a", "b"):
        add_link(f"https://nhasanxuat.vidu.example/{name}", title=name)
    answer = client.get(KEY, {"linkType": "gs1:instructions"})
    assert (answer.status_code, wrong_in_choice(answer.json())) == (300, [])
    [level] = answer.json()["linkset"]
    assert [link["title"] for link in level["https://gs1.org/voc/instructions"]] == ["a", "b"]
    page = client.get(KEY, {"linkType": "gs1:instructions"}, headers={"accept": BROWSER})
    assert (page.status_code, page.headers["Content-Type"]) == (300, "text/html; charset=utf-8")


def wrong_in_choice(document):
    """A choice lists only the candidates: the default link's own type is not among them."""
    return [wrong for wrong in wrong_in_linkset(document) if "descriptive type" not in wrong]


@pytest.mark.parametrize("languages", ["fr", "zh-Hant;q=0.1", "*;q=0", "x" * 5000, ";;,q=,"])
def test_20_without_a_link_type_the_default_is_given_in_any_language(client, chain, languages):
    assert client.get(KEY, headers={"accept-language": languages}).status_code == 307


@pytest.mark.parametrize("query", ["foo=bar&x=%3B;y", "a=b=c&&d", "17=261231", "q=%E1%BB%93+x", "x=%2f%2F"])
def test_21_the_query_is_passed_on_byte_for_byte(client, chain, query):
    """[qsPassedOn]"""
    answer = client.get(KEY, QUERY_STRING=query)
    assert answer.headers["Location"].endswith(f"/?{query}")


def test_21_the_query_goes_before_a_fragment_and_after_a_query(client, chain, add_link):
    add_link("https://nhasanxuat.vidu.example/a?b=1#phan-2")
    answer = client.get(KEY, QUERY_STRING="linkType=gs1%3Ainstructions&x=%3B")
    target = "https://nhasanxuat.vidu.example/a?b=1&linkType=gs1%3Ainstructions&x=%3B#phan-2"
    assert answer.headers["Location"] == target


def test_22_every_lot_has_a_product_to_take_its_links_from(chain):
    lot = chain.lot()
    with pytest.raises(IntegrityError):
        Lot.objects.filter(pk=lot.pk).update(product=None)


def test_23_a_stamp_is_registered_by_its_serial_alone(client, chain):
    """What stands for 01+21 carries no lot and no variant; asked with them, it comes before the lot."""
    levels = linkset(client, f"{KEY}/22/2A/10/L7/21/0ABC")
    assert levels[0]["anchor"] == f"{BASE}{KEY}/21/0ABC"
    assert "/scan/01/" in client.get(f"{KEY}/22/2A/10/L7/21/0ABC").headers["Location"]


# GS1 Web Vocabulary 1.11: the link types among ours.
RATIFIED = {
    "certificationInfo",
    "defaultLink",
    "epcis",
    "instructions",
    "locationInfo",
    "masterData",
    "pip",
    "recallStatus",
    "recipeInfo",
    "registryEntry",
    "safetyInfo",
    "sustainabilityInfo",
    "traceability",
    "verificationService",
}


def test_24_only_link_types_of_the_vocabulary_are_used(client, chain):
    """[linkTypesDefined] Every link type in a linkset, and every one that may be added."""
    from stamps.models.links import LINK_TYPES

    used = {
        name for level in linkset(client, f"{KEY}/21/0ABC") for name in level if name.startswith("https://gs1.org/voc/")
    }
    assert {name.removeprefix("https://gs1.org/voc/") for name in used} <= RATIFIED
    assert set(LINK_TYPES) <= RATIFIED


def test_25_epc_binary_strings_are_refused_because_they_are_not_declared(client, db):
    answer = client.get("/eh3074257BF7194E4000001A85", headers={"host": site.STAMPS_HOST})
    assert answer.status_code == 400


def test_26_answers_vary_by_what_was_negotiated_and_name_https_addresses(client, chain):
    for answer in (client.get(KEY), client.get(KEY, {"linkType": "linkset"})):
        assert {name.strip() for name in answer.headers["Vary"].split(",")} >= {"Accept", "Accept-Language"}
    assert linkset(client, KEY)[0]["anchor"].startswith("https://")


def test_27_a_prefix_that_another_resolver_answers_is_handed_over(client, chain, settings):
    settings.STAMPS_HANDLED_BY = {"952": "https://khac.vidu.example", "95200001": "https://rieng.vidu.example"}
    other, longer = demo_gtin(100_000), demo_gtin(1_000_001)
    answer = client.get(f"/01/{other}/10/L%2D1", QUERY_STRING="x=%3B")
    assert answer.status_code == 307
    assert answer.headers["Location"] == f"https://khac.vidu.example/01/{other}/10/L-1?x=%3B"
    assert answer.headers["Link"] == f'<https://khac.vidu.example>; rel="{words.HANDLED_BY}"'
    assert longer[1:9] == "95200100"
    assert client.get(KEY).headers["Location"].startswith("/scan/"), "what is registered here is answered here"

"""The resolver: 307 to the page behind a code, 400 for what breaks GS1 Digital Link, 404 for what is not ours."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.trace_codes import own_code
from tests.factories import stamps

GTIN = "09520000009991"


@pytest.fixture
def chain(gia_lai):
    return stamps.chain(gia_lai, gtin=GTIN)


@pytest.mark.parametrize(
    ("printed", "page"),
    [
        (f"/01/{GTIN}/21/0ABCDEFGHJKMNP", f"/scan/01/{GTIN}/21/0ABCDEFGHJKMNP/"),
        (f"/01/{GTIN}/21/0ABCDEFGHJKMNP/", f"/scan/01/{GTIN}/21/0ABCDEFGHJKMNP/"),
        (f"/01/{GTIN}/22/2A/10/L7/21/0ABCDEFGHJKMNP", f"/scan/01/{GTIN}/21/0ABCDEFGHJKMNP/"),
        (f"/01/{GTIN}", f"/scan/01/{GTIN}/"),
        (f"/01/{GTIN}/10/L7", f"/scan/01/{GTIN}/"),
    ],
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_code_leads_to_its_page(client, chain, printed, page, method):
    answer = getattr(client, method)(printed)
    assert (answer.status_code, answer.headers["Location"]) == (307, page)


@pytest.mark.parametrize("query", ["foo=bar&x=%3B;y", "linkType=gs1:pip", "17=261231", "a=b=c&&d", "q=%E1%BB%93+x"])
def test_the_query_is_passed_on_byte_for_byte(client, chain, query):
    answer = client.get(f"/01/{GTIN}/21/0ABC", QUERY_STRING=query)
    assert answer.headers["Location"] == f"/scan/01/{GTIN}/21/0ABC/?{query}"


@pytest.mark.parametrize(
    "path",
    [
        "/01/09520000009992",
        "/01/9520000009991",
        "/01/95200",
        f"/01/{GTIN}/foo",
        f"/01/{GTIN}/21/S/10/L",
        f"/01/{GTIN}/17/261231",
        f"/01/{GTIN}/10/",
        f"/01/{GTIN}/21/{'A' * 21}",
        f"/01/{GTIN}/99/X",
        "/99/X",
        "/01/",
        "/01/../../etc/passwd",
        f"/01/{GTIN}/21/..%2F..%2Fetc",
        f"/01/{GTIN}/21/A%00",
        f"/01/{GTIN}/21/АБ",
        "/01/０９５２００００００９９９１",
        "/01/" + "9" * 10_000,
        "/01/" + "01/" * 3_000,
    ],
)
def test_what_is_no_digital_link_gets_400(client, chain, path):
    assert client.get(path).status_code == 400


def test_a_qualifier_in_the_query_gets_400(client, chain):
    assert client.get(f"/01/{GTIN}?10=L7").status_code == 400


@pytest.mark.parametrize(
    "path", ["/01/09506000134352", "/01/09506000134352/21/A", "/414/9506000134352", f"/vn/tx/{own_code('52', 999, 9)}"]
)
def test_a_code_that_is_not_ours_is_not_found(client, chain, path):
    assert client.get(path).status_code == 404


def test_writing_is_refused(client, chain):
    assert client.post(f"/01/{GTIN}").status_code == 405


@pytest.mark.parametrize("case", [str.upper, str.lower], ids=["as printed", "small letters"])
def test_our_own_codes_are_read_in_any_case(client, gia_lai, case):
    code = stamps.chain(gia_lai, gtin=None).product.own_code
    answer = client.get(case(f"/vn/tx/{code}/s/0abcdefghjkmnp"))
    assert answer.status_code == 307
    assert answer.headers["Location"].lower() == f"/scan/vn/tx/{code.lower()}/s/0abcdefghjkmnp/"
    assert client.get(case(f"/vn/tx/{code}/")).headers["Location"] == f"/scan/vn/tx/{code}/"


@pytest.mark.parametrize("code", ["T52000070032", "T5200007003", "X", "T52%00007003C"])
def test_a_mistyped_code_of_ours_gets_400(client, chain, code):
    assert client.get(f"/vn/tx/{code}/s/0ABC").status_code == 400


def test_answers_keep_the_visitor_private(client, chain):
    answer = client.get(f"/01/{GTIN}/21/0ABC")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies


PIECES = st.sampled_from(
    ["01", "21", "10", "22", GTIN, "0ABCDEFGHJKMNP", "..", "%2F", "\x00", "٣", "%", "?", "#", "+", "é"]
)
PATHS = st.lists(PIECES | st.text(max_size=20), max_size=8).map("/".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.sampled_from(["/01/", "/414/", "/vn/tx/", "/scan/01/", "/scan/vn/tx/", "/scan/pictures/"]), rest=PATHS)
def test_no_path_breaks_the_public_pages(client, chain, start, rest):
    answer = client.generic("GET", "/", PATH_INFO=(start + rest).encode("utf-8", "replace").decode("latin-1"))
    assert answer.status_code in (200, 301, 307, 400, 404)

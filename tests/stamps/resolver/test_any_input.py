"""Whatever is asked, the resolver answers: never an error of the server's own."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.stamps.resolver.conftest import GTIN

PIECES = st.sampled_from(
    [
        GTIN,
        GTIN[1:],
        "09520000009992",
        *["01", "00", "10", "21", "22", "235", "414", "417", "254", "7040", "99", "8006", "17"],
        "0ABCDEFGHJKMNP",
        "..",
        ".",
        "%2F",
        "%00",
        "\x00",
        "%",
        "%zz",
        "?",
        "#",
        "+",
        ";",
        "é",
        "٣",
        "０１",
        "\ud7ff",
        "\n",
    ]
)
PATHS = st.lists(PIECES | st.text(max_size=20), max_size=8).map("/".join)
QUERIES = st.lists(
    st.sampled_from(
        [
            "linkType=linkset",
            "linkType=gs1:pip",
            "linkType=gs1:",
            "linkType=%00",
            "linkType=https://gs1.org/voc/pip",
            "context=x",
            "17=261231",
            "10=L",
            "99=",
            "x=%3B;y",
            "a",
            "=",
            "&&",
            "%",
            "%ff=%fe",
            "lang=en",
            "+",
            "linkType=",
        ]
    )
    | st.text(max_size=20),
    max_size=5,
).map("&".join)
HEADERS = st.sampled_from(
    ["", "*/*", "text/html", "application/linkset+json", "vi;q=0.5,en", "\x00", ";q=", "q=1"]
) | st.text(max_size=30)
STARTS = st.sampled_from(["/01/", f"/01/{GTIN}/", "/414/", "/417/", "/00/", "/vn/tx/", "/scan/414/", "/scan/links/"])


@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=STARTS, rest=PATHS, query=QUERIES, accept=HEADERS, method=st.sampled_from(["GET", "HEAD", "OPTIONS"]))
def test_no_address_query_or_header_breaks_the_resolver(client, chain, start, rest, query, accept, method):
    answer = client.generic(
        method,
        "/",
        PATH_INFO=(start + rest).encode("utf-8", "replace").decode("latin-1"),
        QUERY_STRING=query.encode("utf-8", "replace").decode("latin-1"),
        HTTP_ACCEPT=accept,
        HTTP_ACCEPT_LANGUAGE=accept,
        HTTP_X_ORIGINAL_URI=start + rest,
    )
    assert answer.status_code in (200, 204, 300, 301, 307, 400, 404, 405)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/01/{GTIN}/21/S/22/2A", 400),  # qualifiers in the wrong order
        (f"/01/{GTIN[1:]}", 400),  # a GTIN of 13 digits
        (f"/01/{GTIN}/10/A+B", 307),  # a plus in the path is a plus
        (f"/01/{GTIN}/10/A;B", 307),  # and a semicolon is a character of set 82
        (f"/01/{GTIN}/10/A%3BB", 307),
        (f"/01/{GTIN}/10/A%00", 400),
        (f"/01/{GTIN}/10/A/10/B", 400),  # one identifier twice
        (f"/01/{GTIN}?17=261231&17=261231", 400),
        (f"/01/{GTIN}?17=261231;3103=000500", 307),  # both delimiters
        (f"/01/{GTIN}?99=", 400),
        (f"/01/{GTIN}?8200=x", 400),
        (f"/01/{GTIN}//", 400),
    ],
)
def test_what_older_codes_do_is_answered_by_the_rules_of_today(client, chain, path, status):
    address, _question, query = path.partition("?")
    answer = client.generic(
        "GET", "/", PATH_INFO=address.replace("%3B", ";").replace("%00", "\x00"), QUERY_STRING=query
    )
    assert answer.status_code == status


@pytest.mark.parametrize("original", ["/01/09506000134352", f"/01/{GTIN}/10/B", "//xau.example/", "", "%ff", "/01/%zz"])
def test_a_forged_word_of_the_proxy_changes_nothing(client, chain, original):
    path = f"/01/{GTIN}/10/A"
    said = client.get(path, headers={"X-Original-URI": original})
    assert said.headers["Link"] == client.get(path).headers["Link"]


def test_an_encoded_slash_without_the_proxys_word_is_a_bad_request(client, chain):
    assert client.get(f"/01/{GTIN}/10/A%2FB").status_code == 400

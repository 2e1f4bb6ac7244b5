"""Digital Link: valid URIs are read and written back, each broken rule is refused by name."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gs1.digital_link import DigitalLink, InvalidDigitalLink, parse, parse_path, uri
from gs1.keys import InvalidKey, check_digit

GTIN = "09506000134352"
LINK = f"https://vidu.example/01/{GTIN}"
SET_82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
VALUES = st.text(SET_82, min_size=1, max_size=20)
GTINS = st.text("0123456789", min_size=13, max_size=13).map(lambda body: f"{body}{check_digit(body)}")


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        (LINK, f"https://id.gs1.org/01/{GTIN}"),
        (f"HTTPS://VIDU.EXAMPLE/01/{GTIN}", f"https://id.gs1.org/01/{GTIN}"),
        (f"http://127.0.0.1:8000/01/{GTIN}", f"https://id.gs1.org/01/{GTIN}"),
        (f"https://[2001:db8::1]/01/{GTIN}", f"https://id.gs1.org/01/{GTIN}"),
        (f"https://vidu.example/a/b/01/{GTIN}/21/S1", f"https://id.gs1.org/01/{GTIN}/21/S1"),
        (f"{LINK}/22/2A/10/L/21/S", f"https://id.gs1.org/01/{GTIN}/22/2A/10/L/21/S"),
        (f"{LINK}/235/TPX", f"https://id.gs1.org/01/{GTIN}/235/TPX"),
        (f"{LINK}/235/TPX?10=L", f"https://id.gs1.org/01/{GTIN}/235/TPX?10=L"),
        (f"{LINK}?17=271231&11=260911", f"https://id.gs1.org/01/{GTIN}?11=260911&17=271231"),
        (f"{LINK}?17=271231;3103=000195", f"https://id.gs1.org/01/{GTIN}?17=271231&3103=000195"),
        (f"{LINK}?linkType=all&utm_x=%&lonely&&=1&999", f"https://id.gs1.org/01/{GTIN}"),
        (f"{LINK}?99=A#99=B", f"https://id.gs1.org/01/{GTIN}?99=A"),
        (f"{LINK}#", f"https://id.gs1.org/01/{GTIN}"),
        (f"{LINK}?", f"https://id.gs1.org/01/{GTIN}"),
        (f"{LINK}/10/A+B", f"https://id.gs1.org/01/{GTIN}/10/A%2BB"),
        (f"{LINK}/10/a%2fb%2d1", f"https://id.gs1.org/01/{GTIN}/10/a%2Fb-1"),
        (f"{LINK}/21/S?250=P", f"https://id.gs1.org/01/{GTIN}/21/S?250=P"),
        ("https://a/00/faux/00/952012345678912345", "https://id.gs1.org/00/952012345678912345"),
        (f"https://a/01/{GTIN}/00/952012345678912345", "https://id.gs1.org/00/952012345678912345"),
        (
            "https://a/00/952012345678912345?02=09520123456788&37=25&10=ABC123",
            "https://id.gs1.org/00/952012345678912345?02=09520123456788&10=ABC123&37=25",
        ),
        ("https://a/253/9520123456788DOC", "https://id.gs1.org/253/9520123456788DOC"),
        ("https://a/255/9520123456788", "https://id.gs1.org/255/9520123456788"),
        ("https://a/401/9520123X", "https://id.gs1.org/401/9520123X"),
        ("https://a/402/95201234567891235", "https://id.gs1.org/402/95201234567891235"),
        ("https://a/414/9520123456788/254/32a%2Fb", "https://id.gs1.org/414/9520123456788/254/32a%2Fb"),
        ("https://a/414/9520123456788/7040/1ABC", "https://id.gs1.org/414/9520123456788/7040/1ABC"),
        ("https://a/415/9520123456788/8020/R1", "https://id.gs1.org/415/9520123456788/8020/R1"),
        ("https://a/417/9520123456788", "https://id.gs1.org/417/9520123456788"),
        ("https://a/8003/09520123456788", "https://id.gs1.org/8003/09520123456788"),
        (f"https://a/8004/9520X?01={GTIN}", f"https://id.gs1.org/8004/9520X?01={GTIN}"),
        (f"https://a/8006/{GTIN}0102/21/S", f"https://id.gs1.org/8006/{GTIN}0102/21/S"),
        ("https://a/8010/9520%23A/8011/12", "https://id.gs1.org/8010/9520%23A/8011/12"),
        ("https://a/8013/1987654Ad4X4bL5ttr2310c2K", "https://id.gs1.org/8013/1987654Ad4X4bL5ttr2310c2K"),
        ("https://a/8017/952012345678912345/8019/1", "https://id.gs1.org/8017/952012345678912345/8019/1"),
        ("https://a/8018/952012345678912345", "https://id.gs1.org/8018/952012345678912345"),
    ],
)
def test_it_reads_a_valid_uri_into_its_canonical_form(text, canonical):
    assert parse(text).canonical() == canonical
    assert parse(canonical).canonical() == canonical


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "scheme"),
        ("ftp://a/01/" + GTIN, "scheme"),
        (f"HtTp://a/01/{GTIN}", "scheme"),
        (f"a/01/{GTIN}", "scheme"),
        (f"https:///01/{GTIN}", "host"),
        (f"https://u@a/01/{GTIN}", "host"),
        (f"https://a_b/01/{GTIN}", "host"),
        (f"https://[fe80::1%25lo]/01/{GTIN}", "host"),
        (f"https://a/01/{GTIN}/10/lô", "characters"),
        (f"https://a/01/{GTIN}/10/a b", "characters"),
        (f"https://a/01/{GTIN}\n", "characters"),
        ("https://a", "no-key"),
        ("https://a/b", "no-key"),
        ("https://00/952012345678912345", "no-key"),
        (f"{LINK}/foo", "no-key"),
        (f"https://a/gtin/{GTIN}", "no-key"),
        (f"https://a/%30%31/{GTIN}", "no-key"),
        (f"{LINK}/", "trailing-slash"),
        ("https://a/", "trailing-slash"),
        ("https://a/01/9506000134352", "format"),
        ("https://a/01/02345673", "format"),
        ("https://a/01/09506000134353", "check-digit"),
        ("https://a/00/faux", "format"),
        (f"https://a/01/{GTIN}/00/faux", "format"),
        (f"{LINK}/21/S/10/L", "qualifier-order"),
        (f"{LINK}/10/L/22/2A", "qualifier-order"),
        (f"{LINK}/10/L/10/L", "qualifier-order"),
        (f"{LINK}/10/L/235/T", "qualifier-order"),
        (f"{LINK}/17/271231", "attribute-in-path"),
        (f"{LINK}/99/X", "attribute-in-path"),
        (f"{LINK}/254/X", "attribute-in-path"),
        (f"https://a/8006/{GTIN}0102/22/2A", "attribute-in-path"),
        ("https://a/00/952012345678912345/10/L", "attribute-in-path"),
        (f"{LINK}/89/X", "unknown-ai"),
        (f"{LINK}/bar/X", "unknown-ai"),
        (f"{LINK}?999=X", "unknown-ai"),
        (f"{LINK}?89=X", "unknown-ai"),
        (f"{LINK}//X", "unknown-ai"),
        (f"{LINK}?99=", "empty"),
        (f"{LINK}/10//21/S", "empty"),
        (f"{LINK}?10=L", "qualifier-in-query"),
        (f"{LINK}/10/L?21=S", "qualifier-in-query"),
        (f"{LINK}/235/T?21=S", "not-an-attribute"),
        (f"{LINK}?8200=x", "not-an-attribute"),
        (f"{LINK}?254=x", "not-an-attribute"),
        (f"{LINK}?01={GTIN}", "duplicate"),
        (f"{LINK}/10/L?10=L", "duplicate"),
        (f"{LINK}?99=A&99=A", "duplicate"),
        (f"{LINK}/10/A%00", "encoding"),
        (f"{LINK}/10/A%2", "encoding"),
        (f"{LINK}/10/A%GG", "encoding"),
        (f"{LINK}?99=%", "encoding"),
        (f"{LINK}/10/A%20B", "format"),
        (f"{LINK}/10/A%23", "format"),
        (f"{LINK}/10/l%C3%B4", "format"),
        (f"{LINK}?99=A+B", "format"),
        (f"{LINK}/21/{'9' * 21}", "format"),
        (f"{LINK}?17=271331", "date"),
        (f"{LINK}?250=P", "required"),
        (f"{LINK}?8030=P", "required"),
        ("https://a/415/9520123456788", "required"),
    ],
)
def test_it_refuses_a_uri_by_the_rule_it_breaks(text, rule):
    with pytest.raises(InvalidDigitalLink) as caught:
        parse(text)

    assert caught.value.rule == rule


def test_it_answers_for_key_lot_serial_and_attributes():
    link = parse(f"{LINK}/10/L7/21/S1?17=271231")

    assert (link.gtin, link.lot, link.serial) == (GTIN, "L7", "S1")
    assert (link.get("01"), link.get("17"), link.get("99")) == (GTIN, "271231", None)
    assert link.attributes == (("17", "271231"),)


def test_a_place_has_no_gtin():
    assert parse("https://a/414/9520123456788").gtin is None


def test_a_request_path_may_end_in_one_slash():
    assert parse_path(f"/01/{GTIN}/", "17=271231") == DigitalLink("01", GTIN, (), (("17", "271231"),))


@pytest.mark.parametrize(
    ("path", "query"),
    [
        (f"/01/{GTIN}//", ""),
        (f"/01/{GTIN}/10/", ""),
        ("/", ""),
        ("", ""),
        ("01/" + GTIN, ""),
        (f"/01/{GTIN}", "99=ô"),
    ],
)
def test_a_broken_request_path_is_refused(path, query):
    with pytest.raises(InvalidDigitalLink):
        parse_path(path, query)


def test_an_error_says_what_and_why():
    with pytest.raises(InvalidDigitalLink, match="'21/10': the order after AI 01 is 22/10/21 or 235"):
        parse(f"{LINK}/21/S/10/L")


def test_it_writes_lot_before_serial():
    assert uri(host="vidu.example", gtin="9506000134352", serial="S1", lot="L/7") == f"{LINK}/10/L%2F7/21/S1"


@pytest.mark.parametrize(
    ("host", "serial", "rule"), [("a b", "S", "host"), ("", "S", "host"), ("a", "", "empty"), ("a", "ô", "format")]
)
def test_it_does_not_write_an_invalid_uri(host, serial, rule):
    with pytest.raises(InvalidDigitalLink) as caught:
        uri(host=host, gtin=GTIN, serial=serial)

    assert caught.value.rule == rule


def test_it_does_not_write_a_wrong_gtin():
    with pytest.raises(InvalidKey):
        uri(host="a", gtin="09506000134353", serial="S")


@given(gtin=GTINS, serial=VALUES, lot=st.none() | VALUES)
def test_what_is_written_reads_back_the_same(gtin, serial, lot):
    link = parse(uri(host="vidu.example", gtin=gtin, serial=serial, lot=lot))

    assert (link.gtin, link.serial, link.lot, link.attributes) == (gtin, serial, lot, ())
    assert parse(link.canonical()) == link


@given(text=st.text() | st.from_regex(r"https://a(/[0-9]{2,4}/[0-9A-Z%+]{0,20}){0,4}(\?[0-9]{2}=[ -~]{0,9})?"))
def test_no_text_raises_anything_but_the_declared_error(text):
    with suppress(InvalidDigitalLink):
        assert parse(parse(text).canonical())


@given(path=st.text(), query=st.text())
def test_no_request_raises_anything_but_the_declared_error(path, query):
    with suppress(InvalidDigitalLink):
        parse_path(path, query)

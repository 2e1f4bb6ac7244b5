"""Which addresses a link may have: https on a public name, never an inner network or another scheme."""

import pytest

from stamps.hosts import is_public_address, is_trusted, with_query


@pytest.mark.parametrize(
    "href",
    [
        "https://vidu.example",
        "https://www.vidu.example/a/b?c=d#e",
        "https://vidu.example:443/",
        "https://xn--trng-3oa.example/",
        "https://VIDU.example/",
    ],
)
def test_public_https_is_taken(href):
    assert is_public_address(href)


@pytest.mark.parametrize(
    "href",
    [
        "",
        "http://vidu.example/",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//https://vidu.example",
        "data:text/html,x",
        "//vidu.example/",
        "/scan/01/",
        "https:/vidu.example",
        "https:///vidu.example",
        "https://localhost/",
        "https://may-chu/",
        "https://may-chu.local/",
        "https://a.internal/",
        "https://127.0.0.1/",
        "https://10.0.0.1/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://0.0.0.0/",
        "https://vidu.example@xau.example/",
        "https://ten:mat@xau.example/",
        "https://vidu.example:8443/",
        "https://vidu.example:x/",
        "https://vidu.example:99999/",
        "https://vidu.example\\@xau.example/",
        "https://vidu.example/\r\nSet-Cookie: a=b",
        "https://vidu.example/a b",
        "https://ví-dụ.example/",
        "https://vidu..example/",
        "https://-vidu.example/",
        "https://vidu.example./",
        "https://" + "a" * 64 + ".example/",
        "https://" + "a." * 130 + "example/",
        "https://[vidu.example/",
    ],
)
def test_everything_else_is_refused(href):
    assert not is_public_address(href)


def test_only_hosts_on_the_list_are_reached_at_once(settings):
    settings.STAMPS_LINK_HOSTS = ["vidu.example"]
    assert is_trusted("https://vidu.example/a")
    assert not is_trusted("https://xau.vidu.example/a")
    assert not is_trusted("http://vidu.example/a")


@pytest.mark.parametrize(
    ("target", "query", "whole"),
    [("/a/", "", "/a/"), ("/a/", "x", "/a/?x"), ("/a/?b", "x", "/a/?b&x"), ("/a#c", "x=%3B;", "/a?x=%3B;#c")],
)
def test_a_query_is_put_where_it_belongs(target, query, whole):
    assert with_query(target, query) == whole

"""Preferences as RFC 9110 and RFC 4647 read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stamps.resolver import negotiation
from stamps.resolver.linkset import Link


@pytest.mark.parametrize(
    ("header", "best"),
    [
        ("vi", "vi"),
        ("vi-VN", "vi"),
        ("VI-vn-x-a", "vi"),
        ("en;q=0.1, vi;q=0.2", "vi"),
        ("vi;q=0, en;q=0.001", "en"),
        ("vi;q=2, en", "en"),
        ("vi;q=abc, en;q=0.5", "en"),
        ("fr", None),
        ("*", None),
        ("", None),
        (",,;,", None),
    ],
)
def test_the_best_language_is_looked_up(header, best):
    assert negotiation.best_language(header, ["vi", "en"]) == best


@pytest.mark.parametrize(
    ("header", "quality"),
    [
        ("text/html", 1.0),
        ("text/*;q=0.5", 0.5),
        ("*/*;q=0.1, text/*;q=0.5, text/html;q=0.7", 0.7),
        ("text/html;level=1;q=0.3", 0.3),
        ("application/json", 0.0),
        ("", 0.0),
    ],
)
def test_the_most_exact_entry_counts(header, quality):
    assert negotiation.quality_of("text/html", header) == quality


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("application/linkset+json", "application/linkset+json"),
        ("application/json;q=0.5, application/ld+json", "application/ld+json"),
        ("text/html, application/json", None),
        ("text/html;q=0.5, application/json", "application/json"),
        ("*/*", None),
        ("application/*", None),
        ("application/json;q=0", None),
    ],
)
def test_the_linkset_is_given_to_who_names_it(header, wanted):
    assert negotiation.wanted_linkset(header) == wanted


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=10))
def test_any_wish_leaves_a_link_that_was_offered(languages, accept, context):
    links = [
        Link("pip", "/a", "A", "vi"),
        Link("pip", "/b", "B", "en"),
        Link("pip", "/c", "C", "en", "application/pdf"),
    ]
    left = negotiation.narrowed(links, languages=languages, accept=accept, context=context)
    assert left
    assert set(left) <= set(links)

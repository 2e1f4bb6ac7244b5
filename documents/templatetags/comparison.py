"""Drawing the words of two versions: what was removed and added is marked in words, not by colour alone."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from documents.compare.wording import Kind, Piece

register = template.Library()
BEFORE, AFTER = "before", "after"
# Colour and the brackets of the style sheet are for the eye; the words are for everybody else.
_MARKED = '<{tag}><span class="visually-hidden">{word} </span>{text}</{tag}>'


@register.simple_tag
def marked(pieces: Iterable[Piece], side: str = "") -> SafeString:
    """Return the words of one version ("before", "after") or of both, removed and added ones in <del> and <ins>."""
    hidden = {BEFORE: Kind.ADDED, AFTER: Kind.REMOVED}.get(side)
    return format_html_join("", "{}", ((_drawn(piece),) for piece in pieces if piece.kind != hidden))


def _drawn(piece: Piece) -> SafeString:
    if piece.kind == Kind.SAME:
        return _lines(piece.text)
    tag, word = ("del", _("removed:")) if piece.kind == Kind.REMOVED else ("ins", _("added:"))
    bare = piece.text.strip()
    if not bare:  # a blank that came or went is marked as it is
        bare = piece.text
    before, after = piece.text.split(bare, 1)
    marked = format_html(_MARKED, tag=mark_safe(tag), word=word, text=_lines(bare))  # noqa: S308  one of two constants
    return format_html("{}{}{}", _lines(before), marked, _lines(after))


def _lines(text: str) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in text.split("\n")))

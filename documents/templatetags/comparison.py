"""Drawing the words of two versions: what was removed and added is marked in words, not by colour alone."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from documents.wording import Kind, Piece

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
    text = _lines(piece.text)
    if piece.kind == Kind.SAME:
        return text
    tag, word = ("del", _("removed:")) if piece.kind == Kind.REMOVED else ("ins", _("added:"))
    return format_html(_MARKED, tag=mark_safe(tag), word=word, text=text)  # noqa: S308  one of two constants


def _lines(text: str) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in text.split("\n")))

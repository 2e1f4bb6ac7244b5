"""Searching Vietnamese names as people type them: without capitals, tone marks or đ."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.db import models


def fold(text: str) -> str:
    """Return `text` in lower case, without tone marks, đ as d, blanks single: "Chôm chôm Đỏ" is "chom chom do"."""
    # đ has no decomposition in Unicode: it is a letter of its own, not a d with a mark.
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(letter for letter in decomposed if not unicodedata.combining(letter)).split())


# How the kinds of producers are written before the proper name, folded; the longer forms first.
_KINDS = re.compile(
    r"^(?:hop tac xa|htx|to hop tac|tht|lien hiep htx|cong ty|cty|ctcp|ct|co phan|cp|tnhh|mtv|mot thanh vien"
    r"|trach nhiem huu han|ho kinh doanh|ho kd|hkd|co so san xuat|cssx|co so|doanh nghiep tu nhan|dntn"
    r"|san xuat|thuong mai|dich vu|sx|tm|dv|va|nong nghiep|nn)\b\s*"
)
_VOWELS = frozenset("aeiouy")


def initials(text: str) -> str:
    """Return the first letters of the folded words; a word without a vowel is an abbreviation and stays whole.

    "HTX Nông nghiệp Ia Tô" is "htxnnit", so that "htx nn it" finds it.
    """
    words = re.findall(r"[a-z0-9]+", fold(text.partition("(")[0]))
    return "".join(word[0] if _VOWELS & set(word) else word for word in words)


def name_key(text: str) -> str:
    """Return what two spellings of one producer's name have in common: folded, without kind, brackets and points.

    "HTX NN Ia Tô" and "Hợp tác xã Nông nghiệp Ia-Tô (giả lập)" are both "iato". A name of kind
    words only stays as it is.
    """
    words = " ".join(re.findall(r"[a-z0-9]+", fold(re.sub(r"\(.*?\)", " ", text))))
    rest = words
    while (shorter := _KINDS.sub("", rest)) != rest:
        rest = shorter
    return (rest or words).replace(" ", "")


class FoldedField(models.TextField):  # type: ignore[type-arg]
    """What a list is searched and sorted by: the folded texts of other fields of the row, and initials at the end.

    Filled on every save, as `auto_now` is: name it in `update_fields` when a source changes.
    The first source leads, so that ordering by this column is ordering by name in the alphabet.
    """

    def __init__(self, *sources: str, **options: Any) -> None:
        self.sources = sources
        super().__init__(**{"editable": False, "default": "", **options})

    def deconstruct(self) -> Any:
        """The sources are positional; migrations keep them."""
        name, path, _, options = super().deconstruct()
        return name, path, list(self.sources), options

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001  Django's signature
        """Return the folded sources, and leave them on the row."""
        value = self.folded([str(getattr(model_instance, source) or "") for source in self.sources])
        setattr(model_instance, self.attname, value)
        return value

    def folded(self, texts: list[str]) -> str:
        """Return the column's value for the texts of the sources."""
        return f"{fold(' '.join(texts))} {initials(texts[0])}".strip()


class NameKeyField(FoldedField):
    """What producers that may be the same one are found by: see `name_key`."""

    def folded(self, texts: list[str]) -> str:
        """Return the key of the first source."""
        return name_key(texts[0])


def folded_fields(row: models.Model) -> list[str]:
    """Return the names of the row's folded columns, to be saved whenever one of their sources is."""
    return [field.name for field in row._meta.concrete_fields if isinstance(field, FoldedField)]


def matching(text: str, *columns: str) -> models.Q:
    """Return the condition that every word of `text` stands in at least one of the folded columns."""
    condition = models.Q()
    for word in fold(text).split():
        condition &= models.Q(*((f"{column}__contains", word) for column in columns), _connector=models.Q.OR)
    return condition

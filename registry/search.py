"""Searching Vietnamese names as people type them: without capitals, tone marks or đ."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.db import models


def fold(text: str) -> str:
    """Return `text` in lower case, without tone marks, đ as d, blanks single: "Chôm chôm Đỏ" is "chom chom do"."""
    # đ has no decomposition in Unicode: it is a letter of its own, not a d with a mark.
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(letter for letter in decomposed if not unicodedata.combining(letter)).split())


class FoldedField(models.TextField):  # type: ignore[type-arg]
    """What a list is searched and sorted by: the folded texts of other fields of the row.

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
        value = fold(" ".join(str(getattr(model_instance, source) or "") for source in self.sources))
        setattr(model_instance, self.attname, value)
        return value


def matching(text: str, *columns: str) -> models.Q:
    """Return the condition that every word of `text` stands in at least one of the folded columns."""
    condition = models.Q()
    for word in fold(text).split():
        condition &= models.Q(*((f"{column}__contains", word) for column in columns), _connector=models.Q.OR)
    return condition

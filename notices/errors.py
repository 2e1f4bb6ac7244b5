"""Refusals of the notices room."""

from __future__ import annotations

from people.errors import Refusal


class NoticeRefused(Refusal):
    """An act about a notice that cannot be done now, with the reason and the way out."""

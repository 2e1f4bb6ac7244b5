"""App configuration of the lots room."""

from django.apps import AppConfig


class LotsConfig(AppConfig):
    """Settings of the room for Django."""

    name = "lots"

"""App configuration of the stamps room."""

from django.apps import AppConfig


class StampsConfig(AppConfig):
    """Settings of the room for Django."""

    name = "stamps"

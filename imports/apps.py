"""App configuration of the imports room."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Settings of the room for Django."""

    name = "imports"

"""App configuration of the people room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Settings of the room for Django."""

    name = "people"

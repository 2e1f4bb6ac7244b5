"""App configuration of the privacy room."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Settings of the room for Django."""

    name = "privacy"

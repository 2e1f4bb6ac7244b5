"""App configuration of the registry room."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Settings of the room for Django."""

    name = "registry"

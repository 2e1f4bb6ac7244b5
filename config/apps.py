"""The top room as a Django app: it has commands and checks, no models."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registers the start-up checks."""

    name = "config"
    verbose_name = "TXNG"

    def ready(self) -> None:
        from config import checks  # noqa: F401  registering is the import's purpose

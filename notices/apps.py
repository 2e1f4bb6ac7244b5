"""App configuration of the notices room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Settings of the room for Django."""

    name = "notices"

    def ready(self) -> None:
        """Register the start-up checks."""
        from notices import checks  # noqa: F401

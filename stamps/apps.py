"""App configuration of the stamps room."""

from django.apps import AppConfig

from stamps.logs import mask_request_logs


class StampsConfig(AppConfig):
    """Settings of the room for Django."""

    name = "stamps"

    def ready(self) -> None:
        """Keep serials out of the logs from the first request on."""
        mask_request_logs()

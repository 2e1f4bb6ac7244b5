"""App configuration of the documents room."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DocumentsConfig(AppConfig):
    """Settings of the room for Django."""

    name = "documents"

    def ready(self) -> None:
        """Have guards and full-text index made whenever the tables were."""
        from documents import database

        post_migrate.connect(database.prepare, sender=self)

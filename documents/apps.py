"""App configuration of the documents room."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Settings of the room for Django."""

    name = "documents"

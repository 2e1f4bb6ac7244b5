"""App configuration of the reports room."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Settings of the room for Django."""

    name = "reports"

"""App configuration of the worktime room."""

from django.apps import AppConfig


class WorktimeConfig(AppConfig):
    """Settings of the room for Django."""

    name = "worktime"

"""App configuration of the jobs room."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Settings of the room for Django."""

    name = "jobs"

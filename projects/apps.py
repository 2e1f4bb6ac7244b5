"""App configuration of the projects room."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Settings of the room for Django."""

    name = "projects"

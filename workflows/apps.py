"""App configuration of the workflows room."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """Settings of the room for Django."""

    name = "workflows"

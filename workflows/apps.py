"""App configuration of the workflows room."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """Imports every flow, so that the engine's checks see them."""

    name = "workflows"

    def ready(self) -> None:
        from workflows import flows  # noqa: F401  importing is the purpose

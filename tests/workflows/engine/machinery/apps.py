"""App configuration of the engine's test flows."""

from django.apps import AppConfig


class MachineryConfig(AppConfig):
    """Imports the flows, as every room with flows does, so that the engine's checks see them."""

    name = "tests.workflows.engine.machinery"
    label = "machinery"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from tests.workflows.engine.machinery import flows  # noqa: F401

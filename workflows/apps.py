"""App configuration of the workflows room."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """Imports every flow, so that the engine's checks see them."""

    name = "workflows"

    def ready(self) -> None:
        from notices import sending
        from workflows import decision_links
        from workflows import flows as flows  # importing is the purpose

        if decision_links.way_in not in sending.WAYS_IN:
            sending.WAYS_IN.append(decision_links.way_in)

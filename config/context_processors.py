"""What every page's frame needs."""

from django.conf import settings
from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, object]:
    """Say whether this is a demo, for the MẪU mark."""
    return {"is_demo": settings.DEMO}

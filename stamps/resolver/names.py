"""How the public reads the names of producers and places: a natural person's only with consent."""

from __future__ import annotations

from django.utils.translation import gettext as _

from privacy.policies import shows_name
from registry.models import Place, Producer


def producer_name(producer: Producer) -> str:
    """Return the name, or kind and commune of a person who has not agreed to be named (Luật 91/2025/QH15, điều 9)."""
    if shows_name(producer):
        return producer.name
    return _("%(kind)s in %(commune)s") % {"kind": producer.get_kind_display(), "commune": producer.commune.name}


def place_name(place: Place) -> str:
    """Return the name, or kind and commune of a place of such a person: places carry their people's names."""
    if shows_name(place.producer):
        return place.name
    return _("%(kind)s in %(commune)s") % {"kind": place.get_kind_display(), "commune": place.commune.name}

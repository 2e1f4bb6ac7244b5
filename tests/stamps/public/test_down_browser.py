"""The files as a phone shows them: narrow, readable to everybody, and nothing else is asked for."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from registry.models import Certificate
from stamps.fallback.writing import write_all
from tests.browser.conftest import Visit, browser, visit  # noqa: F401  (fixtures)
from tests.browser.visitor import PHONE
from tests.factories import people, stamps
from tests.factories.registry import recognise
from tests.stamps.public.test_pages_browser import recalled

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", ["product", "recalled", "general"])
def test_each_page_is_accessible_narrow_and_alone(visit: Visit, settings: Any, kind, language):  # noqa: F811
    chain = stamps.chain(people.gia_lai())
    batch = chain.activated().batch
    today = timezone.localdate()
    recognise(chain.product, decided_on=today - timedelta(days=30))
    Certificate.objects.create(
        producer=chain.product.producer,
        kind=Certificate.Kind.VIETGAP,
        number="VG-01 (giả lập)",
        issuer="Trung tâm chứng nhận chất lượng nông lâm thủy sản (giả lập)",
        issued_on=date(2021, 6, 1),
        valid_until=today + timedelta(days=60),
    )
    if kind == "recalled":
        recalled(chain, batch)
    write_all()
    name = "general" if kind == "general" else f"01/{batch.code}"
    window = visit(PHONE)
    window.page.goto(Path(settings.STAMPS_FALLBACK_DIR, f"{name}.{language}.html").as_uri())
    window.keep_picture(f"down-{kind}-{language}")
    assert window.accessibility_problems() == []
    assert not window.scrolls_sideways()
    assert len(window.answers) == 1

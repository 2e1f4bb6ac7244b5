"""A product with a GTIN whose stamps are on a lot, and its people."""

import pytest
from django.utils import timezone

from stamps.models import ProductLink
from tests.factories import stamps

GTIN = "09520000009991"


@pytest.fixture
def chain(gia_lai):
    return stamps.chain(gia_lai, gtin=GTIN)


@pytest.fixture
def add_link(chain):
    """Keep a link of the product, to a host that the office vouches for unless said otherwise."""

    def add(href="https://nhasanxuat.vidu.example/a", *, link_type="instructions", language="vi", **other):
        values = {"title": "Hướng dẫn sử dụng (giả lập)", "added_at": timezone.now(), "added_by": chain.producer}
        return ProductLink.objects.create(
            product=chain.product, link_type=link_type, href=href, language=language, **values | other
        )

    return add


@pytest.fixture(autouse=True)
def hosts(settings):
    settings.ALLOWED_HOSTS = ["testserver", "localhost", settings.STAMPS_HOST]
    settings.STAMPS_LINK_HOSTS = ["nhasanxuat.vidu.example"]

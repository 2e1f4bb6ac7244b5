"""The pages in Vietnamese and English: asked for in the address, else by the browser."""

import re

import pytest

from stamps.public.language import language_asked
from tests.stamps.public.conftest import Phone, path_of, words

VIETNAMESE_ONLY = re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


@pytest.mark.parametrize(
    ("chosen", "header", "language"),
    [
        ("", "", "vi"),
        ("", "en-GB,en;q=0.9,vi;q=0.8", "en"),
        ("", "fr-FR, vi;q=0.5, en;q=0.2", "vi"),
        ("", "fr", "vi"),
        ("", "en;q=0, vi;q=0.1", "vi"),
        ("", "en;q=0", "vi"),
        ("en", "vi", "en"),
        ("vi", "en", "vi"),
        ("xx", "en", "en"),
        ("", "EN-GB", "en"),
        ("", "fr," * 200 + "en", "vi"),
        ("", "," * 10_000, "vi"),
    ],
)
def test_the_address_goes_before_the_browser_and_vietnamese_before_all_others(chosen, header, language):
    assert language_asked(chosen, header) == language


def test_the_page_varies_by_language_and_by_nothing_else(batch):
    answer = Phone().open(path_of(batch))
    assert answer.headers["Vary"] == "Accept-Language"
    assert '<html lang="en"' in answer.content.decode()


def test_links_keep_english_and_lead_back_to_vietnamese(batch):
    page = Phone().open(path_of(batch)).content.decode()
    assert 'href="report/?lang=en"' in page
    assert 'href="?lang=vi"' in page


@pytest.mark.parametrize("tail", ["", "report/"])
def test_the_english_view_has_no_vietnamese_but_names(vietnamese, batch, tail):
    page = Phone().open(path_of(batch) + tail).content.decode()
    own = re.sub(r"<[^>]*lang=\"vi\"[^>]*>.*?</\w+>", "", page, flags=re.DOTALL)
    names = (batch.product.name, str(batch.product.producer), "Vườn thôn 6", "Sơ chế", "Phân phối", "Thu hoạch",
             "SAMPLE – simulated data", "tỉnh Gia Lai", "xã Ia Tô")  # fmt: skip
    for name in names:
        own = own.replace(name, "")
    assert VIETNAMESE_ONLY.findall(re.sub(r"<[^>]+>", " ", own)) == []


def test_the_vietnamese_view_speaks_vietnamese(batch):
    page = words(Phone("vi").open(path_of(batch)))
    assert "Tem hợp lệ, đã kích hoạt" in page
    assert "Dữ liệu do chủ thể kê khai" in page
    assert "hàng thật" not in page.lower()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/01/04012345123456/21/ABC", "/01/0952000800", "/vn/tx/T64000130018"])
def test_the_link_to_the_other_language_works_on_pages_of_codes_that_lead_nowhere(client, path):
    page = client.get(f"{path}?lang=en", headers={"Accept-Language": "vi"}).content.decode()
    assert '<html lang="en">' in page
    assert 'href="?lang=vi"' in page
    assert '<html lang="vi">' in client.get(f"{path}?lang=xx", headers={"Accept-Language": "vi"}).content.decode()

"""The tick keeps the pages for when nothing answers: all once an hour, recalls at once."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from lots.actions import recalling
from lots.models import Recall
from registry.models import Product
from stamps.fallback.writing import keep_up
from tests.stamps.public.down import GENERAL, names, of, recall
from workflows.tick import tick

HOUR = timedelta(hours=1)


@pytest.fixture
def folder(settings: Any) -> Path:
    """Where the files are."""
    return Path(settings.STAMPS_FALLBACK_DIR)


def test_the_tick_writes_everything_once_an_hour(folder, batch):
    now = timezone.now()
    assert keep_up(now) == 4
    Product.objects.update(name="Tên mới")
    assert keep_up(now + HOUR / 2) == 0
    assert keep_up(now + HOUR) == 2
    assert "pages for when nothing answers written" in tick()


def test_a_recall_is_on_the_page_at_the_next_tick_and_off_it_when_it_is_lifted(folder, chain, batch):
    keep_up()
    kept = folder / f"01/{batch.code}.vi.html"
    made = recall(chain)
    assert keep_up() == 2
    assert "Không ăn, trả lại nơi bán" in kept.read_text()
    Recall.objects.update(recalled_at=timezone.now() - timedelta(days=90))
    recalling.lift_recall(made, reason="Kiểm nghiệm đạt", by=chain.office.leader)
    assert keep_up() == 2
    assert "Không ăn, trả lại nơi bán" not in kept.read_text()


def test_the_page_of_a_recall_without_stamps_on_lots_goes_when_it_is_lifted(folder, chain):
    chain.handed_over()
    made = recall(chain)
    keep_up()
    assert len(names(folder)) == 4
    recalling.lift_recall(made, reason="Kiểm nghiệm đạt", by=chain.office.leader)
    assert keep_up() == 2
    assert names(folder) == GENERAL


def test_a_tick_with_nothing_to_do_asks_one_question(folder, batch, django_assert_num_queries):
    keep_up()
    with django_assert_num_queries(1):
        assert keep_up() == 0


def test_while_another_process_writes_the_tick_leaves_it_alone(folder, batch):
    holding = (
        "import sys, time\nfrom stamps.fallback.folder import Folder\n"
        "with Folder(sys.argv[1]).alone(wait=True):\n    print('held', flush=True)\n    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", holding, str(folder)], stdout=subprocess.PIPE) as other:
        try:
            assert other.stdout is not None
            assert other.stdout.readline() == b"held\n"
            assert keep_up() == 0
            assert names(folder) == set()
        finally:
            other.kill()
    deadline = time.monotonic() + 10
    while keep_up() == 0 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert names(folder) == GENERAL | of(batch)

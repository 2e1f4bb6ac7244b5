"""The files behind the pages for when nothing answers: whole or not at all, written when needed, gone when due."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry.models import Producer, Product
from stamps.errors import FallbackIncomplete
from stamps.fallback import folder as folders
from stamps.fallback import records, writing
from stamps.fallback.writing import write_all
from tests.factories import stamps
from tests.stamps.public.down import GENERAL, names, of, recall

HOUR = timedelta(hours=1)


@pytest.fixture
def folder(settings: Any) -> Path:
    """Where the files are."""
    return Path(settings.STAMPS_FALLBACK_DIR)


def test_a_product_with_stamps_on_a_lot_has_a_page_in_each_language(folder, batch):
    done = write_all()
    assert names(folder) == GENERAL | of(batch)
    assert (done.written, done.unchanged, done.removed) == (4, 0, 0)


def test_a_product_without_a_gtin_has_its_page_under_its_own_code(folder, gia_lai):
    product = stamps.chain(gia_lai, gtin=None).activated().batch.product
    write_all()
    assert names(folder) == GENERAL | {f"vn/tx/{product.own_code}.vi.html", f"vn/tx/{product.own_code}.en.html"}


def test_stamps_keep_the_page_of_the_code_that_was_printed(folder, gia_lai):
    product = stamps.chain(gia_lai, gtin=None).activated().batch.product
    Product.objects.filter(pk=product.pk).update(gtin="09520000009991")
    write_all()
    assert f"vn/tx/{product.own_code}.vi.html" in names(folder)


def test_a_product_whose_stamps_are_on_no_lot_has_none(folder, chain):
    chain.handed_over()
    write_all()
    assert names(folder) == GENERAL


def test_the_page_of_a_product_that_is_no_longer_public_is_taken_away(folder, batch):
    write_all()
    batch.activations.all().delete()
    assert write_all().removed == 2
    assert names(folder) == GENERAL


def test_every_product_has_its_page_and_loses_it_however_many_chunks_there_are(folder, gia_lai, chain, monkeypatch):
    monkeypatch.setattr(records, "CHUNK", 2)
    monkeypatch.setattr(writing, "CHUNK", 2)
    batches = [chain.activated().batch]
    batches += [stamps.chain(gia_lai, project=chain.project).activated().batch for _ in range(4)]
    write_all()
    assert names(folder) == GENERAL.union(*(of(batch) for batch in batches))
    for batch in batches[1:]:
        batch.activations.all().delete()
    assert write_all().removed == 8
    assert names(folder) == GENERAL | of(batches[0])


def test_files_of_others_stay(folder, batch):
    write_all()
    other = folder / "01" / "README.html"
    other.write_text("của người khác")
    write_all()
    assert other.exists()


def test_a_page_that_would_say_the_same_is_not_written_again(folder, batch):
    now = timezone.now()
    write_all(now)
    before = {path: path.stat().st_ino for path in folder.rglob("*.html")}
    done = write_all(now + HOUR)
    assert (done.written, done.unchanged) == (0, 4)
    assert {path: path.stat().st_ino for path in folder.rglob("*.html")} == before


def test_it_is_dated_anew_once_a_day(folder, batch):
    now = timezone.now()
    write_all(now)
    assert write_all(now + timedelta(hours=25)).written == 4


def test_only_the_page_whose_data_changed_is_written(folder, gia_lai, chain, batch):
    other = stamps.chain(gia_lai, project=chain.project).activated().batch
    write_all()
    Producer.objects.filter(pk=chain.product.producer_id).update(name="HTX tên mới (giả lập)")
    assert write_all().written == 2
    assert "HTX tên mới" in (folder / f"01/{batch.code}.vi.html").read_text()
    assert "HTX tên mới" not in (folder / f"01/{other.code}.vi.html").read_text()


def test_a_writing_that_breaks_leaves_the_old_page_and_no_part(folder, batch, monkeypatch):
    write_all()
    old = {name: (folder / name).read_bytes() for name in of(batch)}
    Product.objects.update(name="Tên mới")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_all()
    assert {name: (folder / name).read_bytes() for name in of(batch)} == old
    assert not list(folder.rglob("*.part"))


KILLED = """
import os, sys, signal
from stamps.fallback import folder as folders
def dies(handle):
    os.kill(os.getpid(), signal.SIGKILL)
folders.os.fsync = dies
folders.Folder(sys.argv[1])._write(folders.Path(sys.argv[1], "01", sys.argv[2]), b"half")
"""


def test_a_killed_writer_leaves_the_old_page_and_a_part_that_the_next_walk_takes_away(folder, batch):
    write_all()
    name = f"{batch.code}.vi.html"
    old = (folder / "01" / name).read_bytes()
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder), name], cwd=Path.cwd(), check=False)
    assert done.returncode == -9
    assert (folder / "01" / name).read_bytes() == old
    assert len(list(folder.rglob("*.part"))) == 1
    write_all()
    assert not list(folder.rglob("*.part"))


def test_a_page_that_was_spoilt_is_written_again(folder, batch):
    write_all()
    kept = folder / f"01/{batch.code}.vi.html"
    whole = kept.read_bytes()
    for spoilt in (b"", b"\xff\xfe", whole[: len(whole) // 2]):
        kept.write_bytes(spoilt)
        write_all()
        assert kept.read_bytes().endswith(b"</html>\n")


def test_the_proxy_may_read_them_whatever_the_umask(folder, batch):
    before = os.umask(0o077)
    try:
        write_all()
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*.html")} == {0o644}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / "01", folder / "vn/tx", folder / "vn")} == {
        0o755
    }


def test_a_product_that_cannot_be_drawn_keeps_its_page_and_holds_up_nobody(folder, gia_lai, chain, batch, monkeypatch):
    other = stamps.chain(gia_lai, project=chain.project).activated().batch
    write_all()
    old = (folder / f"01/{batch.code}.vi.html").read_bytes()
    Product.objects.update(name="Tên mới")
    recognised = Product.recognition_on

    def broken(product: Product, day: Any) -> Any:
        if product.pk == chain.product.pk:
            raise ZeroDivisionError
        return recognised(product, day)

    monkeypatch.setattr(Product, "recognition_on", broken)
    with pytest.raises(FallbackIncomplete, match="2 pages"):
        write_all()
    assert (folder / f"01/{batch.code}.vi.html").read_bytes() == old
    assert "Tên mới" in (folder / f"01/{other.code}.vi.html").read_text()
    with pytest.raises(CommandError, match="2 pages"):
        call_command("write_fallback")


def test_more_products_in_a_chunk_ask_the_database_no_more(folder, gia_lai, chain, batch):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            write_all()
        return len(asked)

    def add(kind: str) -> None:
        made = stamps.chain(gia_lai, project=chain.project)
        made.activated()
        recall(made)
        Producer.objects.filter(pk=made.product.producer_id).update(kind=kind)

    add(Producer.Kind.HOUSEHOLD)
    few = queries()
    for _ in range(3):
        add(Producer.Kind.HOUSEHOLD)
    assert queries() == few <= 16


def test_the_command_says_what_it_did(capsys, settings, batch):
    call_command("write_fallback")
    assert capsys.readouterr().out == f"{settings.STAMPS_FALLBACK_DIR}: 4 written, 0 unchanged, 0 removed\n"

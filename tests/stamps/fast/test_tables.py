"""The range tables in memory say what the database says, whatever happened to the stamps, and at once."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from lots.models import Lot, Recall
from stamps import actions
from stamps.codes import serials
from stamps.errors import ForgedSerial
from stamps.fast.decode import Decoder
from stamps.fast.tables import Tables
from stamps.life.scan import look_up
from stamps.models import Activation, StampBatch, StampChange
from tests.factories import lots
from tests.factories.people import Office
from tests.factories.stamps import Chain, chain

State = StampChange.State
GTIN = "09506000134352"


@pytest.fixture
def tables(db: None) -> Tables:
    return Tables(every=0)


def said_by_database(code: str, serial: str) -> tuple[Any, ...] | None:
    found = look_up(code, serial)
    if found is None:
        return None
    keys = (found.activation, found.change, found.recall)
    return found.index, found.batch.pk, *(row.pk if row else 0 for row in keys), found.verdict(timezone.localdate())


def said_by_tables(tables: Tables, code: str, serial: str) -> tuple[Any, ...] | None:
    found = tables.find(code, serial)
    if found is None:
        return None
    # A restored stamp has a change that says nothing: neither names it.
    return found.number, found.batch, found.activation, found.change, found.recall, found.verdict


class World:
    """Batches of two products and what chance does to them, written straight into the tables."""

    def __init__(self, office: Office, seed: int) -> None:
        self.chance, self.lines = random.Random(seed), [chain(office)]  # noqa: S311
        self.lines.append(chain(office, project=self.lines[0].project, gtin=None))
        self.batches = [line.handed_over(self.chance.randint(5, 40)) for line in self.lines for _ in range(2)]
        today = timezone.localdate()
        self.lots = [
            [lots.open_lot(line.product, by=line.producer, number=f"L{number}") for number in range(3)]
            for line in self.lines
        ]
        for own in self.lots:
            Lot.objects.filter(pk=own[0].pk).update(expires_on=today - timedelta(days=1))
            Lot.objects.filter(pk=own[1].pk).update(expires_on=today)
            Lot.objects.filter(pk=own[2].pk).update(expires_on=None)

    def range_of(self, batch: StampBatch) -> tuple[int, int]:
        start = self.chance.randrange(batch.start, batch.end)
        return start, self.chance.randrange(start + 1, batch.end + 1)

    def something_happens(self) -> None:
        batch = self.chance.choice(self.batches)
        place = next(place for place, line in enumerate(self.lines) if line.product.pk == batch.product_id)
        line, now = self.lines[place], timezone.now()
        act = self.chance.choice(["activate", "change", "change", "change", "recall", "lift"])
        start, end = self.range_of(batch)
        if act == "activate" and not batch.activations.filter(start__lt=end, end__gt=start).exists():
            lot = self.chance.choice(self.lots[place])
            Activation.objects.create(
                batch=batch, start=start, end=end, lot=lot, activated_at=now, activated_by=line.producer
            )
        elif act == "change":
            state = self.chance.choice(State.values)
            StampChange.objects.create(
                batch=batch, start=start, end=end, state=state, reason="x", changed_at=now, changed_by=line.producer,
                replaced_by=0 if state == State.REPLACED else None,
            )  # fmt: skip
        elif act == "recall":
            lot = self.chance.choice([None, *self.lots[place]])
            if not Recall.objects.in_force().filter(product=line.product, lot=lot).exists():
                Recall.objects.create(
                    product=line.product, lot=lot, reason="x", advice="x", recalled_at=now, recalled_by=line.producer
                )
        elif act == "lift":
            Recall.objects.in_force().filter(product=line.product).update(lifted_at=now)

    def serials(self) -> list[tuple[str, str]]:
        found = [(batch.code, actions.serial_at(batch, index)) for batch in self.batches
                 for index in range(batch.start, batch.end)]  # fmt: skip
        ring, last = serials.keyring_from_settings(), max(batch.end for batch in self.batches)
        found += [(batch.code, serials.encode(batch.code, last + 5, ring)) for batch in self.batches]
        found += [(self.batches[0].code, actions.serial_at(self.batches[2], self.batches[2].start))]
        return found


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_after_everything_that_can_happen_the_tables_say_what_the_database_says(gia_lai: Office, seed: int) -> None:
    world, tables = World(gia_lai, seed), Tables(every=0)
    names = world.serials()
    for _round in range(6):
        for _act in range(7):
            world.something_happens()
        for code, serial in world.chance.sample(names, 40):
            assert said_by_tables(tables, code, serial) == said_by_database(code, serial)
    fresh = Tables(every=0)
    for code, serial in names:
        assert said_by_tables(fresh, code, serial) == said_by_tables(tables, code, serial)


@pytest.mark.django_db
def test_a_look_costs_a_handful_of_queries_and_without_news_gives_the_same_object(
    line: Chain, tables: Tables, django_assert_num_queries: Any
) -> None:
    batch = line.activated().batch
    before = tables.current()
    with django_assert_num_queries(6):
        assert tables.current() is before
    Activation.objects.filter(batch=batch).delete()  # no act of the house: only a reading of everything sees it
    assert tables.current() is before


@pytest.mark.django_db
def test_a_recall_is_seen_after_two_records_of_a_product_were_made_one(
    line: Chain, gia_lai: Office, tables: Tables
) -> None:
    batch, other = line.activated().batch, chain(gia_lai, project=line.project).product
    serial = actions.serial_at(batch, batch.start)
    tables.find(batch.code, serial)
    StampBatch.objects.filter(pk=batch.pk).update(product=other)
    Recall.objects.create(product=other, reason="x", advice="x", recalled_at=timezone.now(), recalled_by=line.producer)
    assert said_by_tables(tables, batch.code, serial) == said_by_database(batch.code, serial)
    assert tables.find(batch.code, serial).verdict == "recalled"


@pytest.mark.django_db
def test_within_a_second_the_database_is_asked_once(line: Chain, django_assert_num_queries: Any) -> None:
    line.activated()
    tables = Tables()
    tables.current()
    with django_assert_num_queries(0):
        tables.current()


@pytest.mark.django_db
def test_a_change_that_becomes_visible_late_does_not_cover_newer_ones(line: Chain, tables: Tables) -> None:
    batch = line.activated().batch
    fields = {"batch": batch, "start": batch.start, "end": batch.end, "reason": "x", "changed_at": timezone.now(),
              "changed_by": line.producer}  # fmt: skip
    StampChange.objects.create(pk=1002, state=State.VOID, **fields)
    serial = actions.serial_at(batch, batch.start)
    assert tables.find(batch.code, serial).verdict == State.VOID
    StampChange.objects.create(pk=1001, state=State.SUSPENDED, **fields)
    assert tables.find(batch.code, serial).verdict == State.VOID


@pytest.mark.parametrize("code", [GTIN, "T5200007003C"])
def test_the_quick_decoder_reads_what_the_slow_one_reads(code: str) -> None:
    ring, chance = serials.keyring_from_settings(), random.Random(7)  # noqa: S311
    if code.startswith("T"):
        from registry.trace_codes import own_code

        code = own_code("52", 7, 3)
    decoder = Decoder(ring.keys)
    for index in [0, 1, 31, 32, serials.MAX_INDEX, *(chance.randrange(serials.MAX_INDEX) for _ in range(300))]:
        assert decoder.index_of(code, serials.encode(code, index, ring)) == index
    for _guess in range(300):
        guess = "0" + "".join(chance.choice(serials.ALPHABET) for _ in range(13))
        for read in (decoder.index_of, lambda code, serial: serials.decode(code, serial, ring)):
            with pytest.raises(ForgedSerial):
                read(code, guess)


@pytest.mark.django_db
def test_typed_serials_are_read_as_everywhere(line: Chain, tables: Tables) -> None:
    batch = line.activated().batch
    serial = actions.serial_at(batch, batch.start)
    typed = serials.grouped(serial).lower().replace("0", "o").replace("1", "l")
    assert tables.find(batch.code, typed).number == batch.start


@pytest.mark.django_db
def test_without_a_database_the_last_tables_serve(line: Chain, tables: Tables) -> None:
    batch = line.activated().batch
    serial = actions.serial_at(batch, batch.start)
    assert tables.find(batch.code, serial)
    with connection.execute_wrapper(_no_database):
        assert tables.find(batch.code, serial).number == batch.start
        assert tables.is_away
    tables._due_at = 0
    tables.current()
    assert not tables.is_away


def _no_database(*_call: Any) -> Any:
    from django.db import OperationalError

    raise OperationalError("the server is gone")

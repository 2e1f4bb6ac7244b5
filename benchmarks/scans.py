"""What a scan costs in front of Django, with 10 million issued stamps and 20,000 changes, against an empty view.

The empty view is one that returns HttpResponse("") behind the middleware of the project: what Django takes
before it does anything. Hot: one stamp again and again. Cold: every scan is of another stamp of a lot that was
scanned before, and the log of the scans is written to the database within the measured time. A round is a
thousand requests of each kind; within it, as after every second, the page of the lot is rendered once.
"""

import io
import random
import tracemalloc
from collections.abc import Callable, Iterator
from time import perf_counter, process_time
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.test.utils import override_settings, setup_databases, teardown_databases
from django.urls import include, path

STAMPS, BATCH, CHANGES = 10_000_000, 1_000_000, 20_000
REQUESTS, ROUNDS = 1_000, 5


def empty(request: HttpRequest) -> HttpResponse:
    """Answer with nothing."""
    return HttpResponse("")


urlpatterns = [path("empty/", empty), path("", include("config.urls"))]


def measure() -> dict[str, float]:
    """Return how many times cheaper a scan is than the empty view, by CPU time in one process, in turns."""
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        with override_settings(ROOT_URLCONF=__name__):
            return _measured()
    finally:
        teardown_databases(databases, verbosity=0)


def _measured() -> dict[str, float]:
    # Imported late: these modules need the settings that benchmarks/__main__.py sets up.
    from stamps.fast.app import Scans

    batch = _world()
    _report_tables()
    django = get_wsgi_application()
    scans = Scans(django)
    names = _names(batch)
    hot = next(names)
    kinds: dict[str, Callable[[], None]] = {
        "empty": lambda: _ask(django, ["/empty/"] * REQUESTS, 200),
        "hot": lambda: _ask(scans, [hot] * REQUESTS, 200),
        "hot, logged": lambda: _logged(scans, [hot] * REQUESTS),
        "cold": lambda: _logged(scans, [next(names) for _ in range(REQUESTS)]),
    }
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _round in range(ROUNDS + 1):
        for kind, work in kinds.items():
            times[kind].append(_seconds(work))
    scans.log.flush()
    best = {kind: min(taken[1:]) / REQUESTS for kind, taken in times.items()}
    print("  " + ", ".join(f"{kind} {seconds * 1e6:.0f} µs" for kind, seconds in best.items()))
    return {
        "scan_hot_vs_empty_view": best["empty"] / best["hot"],
        "scan_cold_vs_empty_view": best["empty"] / best["cold"],
    }


def _world() -> Any:
    """Ten batches of a million, the first on a lot, and changes of single stamps and short ranges in the others."""
    from django.utils import timezone

    from stamps.models import StampChange
    from tests.factories import people, stamps

    line = stamps.chain(people.gia_lai())
    type(line.enrolment).objects.filter(pk=line.enrolment.pk).update(stamp_quota=STAMPS)
    batches = [line.handed_over(BATCH) for _ in range(STAMPS // BATCH)]
    first, others = batches[0], batches[1:]
    stamps.activate(first, first.start, first.end, line.lot(), by=line.producer)
    chance, now = random.Random(1), timezone.now()  # noqa: S311, no secret
    rows = []
    for _change in range(CHANGES):
        batch = chance.choice(others)
        start = chance.randrange(batch.start, batch.end - 1000)
        end = start + chance.choice([1, 1, 20, 1000])
        rows.append(
            StampChange(
                batch=batch,
                start=start,
                end=end,
                state=chance.choice(["void", "lost", "suspended", "restored"]),
                reason="bench",
                changed_at=now,
                changed_by=line.producer,
            )
        )
    StampChange.objects.bulk_create(rows, batch_size=1000)
    return first


def _report_tables() -> None:
    from stamps.fast.tables import Tables

    tables = Tables(every=0)
    tracemalloc.start()
    began = perf_counter(), process_time()
    kept = tables.current()
    size, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    again = Tables(every=0)
    began = perf_counter(), process_time()
    again.current()
    load = perf_counter() - began[0], process_time() - began[1]
    began_again = process_time()
    for _look in range(20):
        tables.current()
    look = (process_time() - began_again) / 20
    print(
        f"  tables of {STAMPS:,} stamps, {CHANGES:,} changes in {len(kept.changes.starts):,} stretches: "
        f"{size / 1e6:.1f} MB, read in {load[0]:.2f} s ({load[1]:.2f} s CPU), a look without news {look * 1e3:.1f} ms"
    )


def _names(batch: Any) -> Iterator[str]:
    """Yield the scan pages of the batch's stamps, each once; made beforehand, as printers did."""
    from stamps import actions

    count = (ROUNDS + 1) * REQUESTS + 1
    serials = [actions.serial_at(batch, batch.start + 100 * place) for place in range(count)]
    yield from (f"/scan/01/{batch.code}/21/{serial}/" for serial in serials)


def _ask(application: Callable[..., Any], paths: list[str], wanted: int) -> None:
    status = ""

    def start_response(line: str, headers: list[tuple[str, str]]) -> None:
        nonlocal status
        status = line

    for number, name in enumerate(paths):
        parts = application(_environ(name, number), start_response)
        b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
        if int(status[:3]) != wanted:
            raise RuntimeError(f"{name} answered {status}")


def _environ(name: str, number: int) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": name,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT_LANGUAGE": "vi-VN,vi;q=0.9,en;q=0.8",
        "HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36",
        "REMOTE_ADDR": f"203.0.{number % 200}.7",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
    }


def _logged(scans: Any, paths: list[str]) -> None:
    _ask(scans, paths, 200)
    scans.log.flush()


def _seconds(work: Callable[[], None]) -> float:
    started = process_time()
    work()
    return process_time() - started

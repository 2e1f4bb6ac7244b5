"""What inbox and landing page cost with 10,000 cases in the database, against a page that only renders the layout."""

from statistics import median
from time import process_time

from django.test import Client
from django.test.utils import setup_databases, teardown_databases

# "Your password is changed": the officials' frame and one sentence.
LAYOUT = "/account/password/done/"
ROUNDS = 9
CASES = 10_000


def measure() -> dict[str, float]:
    """Return ratios of CPU time, a manager's pages over the bare layout, in a database of its own."""
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        return _over_layout({"inbox": "/inbox/", "overview": "/overview/"})
    finally:
        teardown_databases(databases, verbosity=0)


def _over_layout(pages: dict[str, str]) -> dict[str, float]:
    # Imported late: these modules need the settings that benchmarks/__main__.py sets up.
    from projects.models import Deliverable
    from tests.factories import people
    from tests.factories.projects import make_project
    from tests.workflows.desk.test_inbox_size import many_cases

    office = people.gia_lai()
    deliverable = Deliverable.objects.filter(stage__project=make_project(office)).first()
    many_cases(deliverable, office)
    client = Client(headers={"host": "localhost"})
    client.force_login(office.manager)
    times: dict[str, list[float]] = {path: [] for path in (*pages.values(), LAYOUT)}
    for _round in range(ROUNDS):  # taken in turns, so that a busy machine slows all
        for path, taken in times.items():
            taken.append(_seconds(client, path))
    middle = {path: median(taken[1:]) for path, taken in times.items()}
    return {f"{name}_10000_cases_vs_layout": middle[path] / middle[LAYOUT] for name, path in pages.items()}


def _seconds(client: Client, path: str) -> float:
    started = process_time()
    response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answered {response.status_code}")
    return process_time() - started

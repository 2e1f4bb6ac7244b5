"""Every list is a workbook too: the rows of the screen, all pages of them, in their order."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags
from openpyxl import load_workbook

from tests.access.declarations import RULES
from tests.access.objects import nothing
from tests.access.roles import MANAGER
from tests.access.routes import address, routes
from tests.factories import people
from tests.factories.people import signed_in
from tests.factories.registry import ProducerFactory
from tests.ground.world import World, make_world

# Lists without django-tables2: the page's template draws them.
DRAWN = (
    "projects:programmes",
    "projects:programme",
    "programme_indicators",
    "reports:indicator",
    "projects:plan",
    "projects:plan_print",
    "project_products",
    "cohort",
    "cohort_calls",
    "cohort_groups",
    "cohort_supplies",
    "projects:surveys",
    "projects:survey_figures",
    "projects:training",
    "projects:session",
    "projects:legal_texts",
    "projects:communication",
    "projects:project_funding",
    "projects:line_funding",
    "registry:product_groups",
    "overview_list",
)
# Work that goes on now is looked at, not kept in a workbook.
NOT_KEPT = ("jobs:jobs",)


@pytest.fixture
def world(db: None) -> World:
    """Gia Lai's case, and more producers than one page shows."""
    world = make_world(people.gia_lai())
    for number in range(100, 130):
        ProducerFactory(number=number, province=world.office.province)
    return world


def lists(client: Client, world: World) -> dict[str, Any]:
    """Every list that shows a table, by its address: the table with all its rows."""
    found = {}
    for route in routes():
        rule = RULES[route]
        if MANAGER not in rule.get or rule.of is not nothing or route in NOT_KEPT:
            continue
        answer = client.get(address(route, rule.of(world)))
        table = answer.context.get("table") if answer.context else None
        if table is not None and hasattr(table, "rows"):
            found[answer.request["PATH_INFO"]] = table
    return found


def workbook(client: Client, url: str) -> list[tuple[Any, ...]]:
    """The rows below the head, without the sums."""
    answer = client.get(url, {"export": "xlsx"})
    assert "spreadsheetml" in answer["Content-Type"], f"{url} has no workbook"
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    head = int(re.findall(r"\d+", sheet.auto_filter.ref)[0])
    rows = list(sheet.iter_rows(min_row=head + 1, values_only=True))
    return [row for row in rows if any(row) and row[0] != "Total"]


def test_every_table_is_a_workbook_with_the_rows_of_the_screen(world: World) -> None:
    client = signed_in(world.office.manager)
    tables = lists(client, world)
    assert {"/inbox/", "/projects/", "/producers/", "/products/", "/standards/", "/documents/", "/lots/"} <= set(tables)
    assert len(tables["/producers/"].rows) > tables["/producers/"].paginator.per_page

    for url, table in tables.items():
        screen = [" ".join(strip_tags(str(cell)) for cell in row.cells) for row in table.rows]
        rows = workbook(client, url)
        assert len(rows) == len(screen), url
        for shown, row in zip(screen, rows, strict=True):
            words = [str(cell) for cell in row if isinstance(cell, str) and cell][:2]
            assert any(word in shown for word in words), (url, shown, row)


@pytest.mark.parametrize("route", DRAWN)
def test_lists_that_a_template_draws_are_workbooks_too(world: World, route: str) -> None:
    client = signed_in(world.office.manager)
    url = address(route, RULES[route].of(world))

    rows = workbook(client, url)
    page = client.get(url).content.decode()
    for row in rows:
        words = [str(cell).split("\n")[0] for cell in row if isinstance(cell, str) and cell]
        assert any(word in page for word in words), (url, row)

"""Databases of their own, for tests whose processes are killed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection

from tests import tables
from tests.tables import SERVER


@contextmanager
def on_postgresql(name: str) -> Iterator[str]:
    """Make a database with all tables, give its address, and drop it with whoever is still connected to it."""
    name = f"txng_{name}_{os.getpid()}"
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name} TEMPLATE {tables.postgresql()}")
        try:
            yield f"{SERVER}/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def make_tables() -> None:
    """Give the database of this process all tables; one `on_postgresql` has them."""
    if connection.vendor == "sqlite":
        connection.close()
        shutil.copyfile(tables.sqlite(), connection.settings_dict["NAME"])

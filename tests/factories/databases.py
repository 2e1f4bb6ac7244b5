"""Databases of their own, for tests whose processes are killed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

SERVER = os.environ.get("RACES_URL", "postgresql://postgres@127.0.0.1:5432")


@contextmanager
def on_postgresql(name: str) -> Iterator[str]:
    """Make an empty database, give its address, and drop it with whoever is still connected to it."""
    name = f"txng_{name}_{os.getpid()}"
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{SERVER}/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")

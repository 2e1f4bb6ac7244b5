"""Who may do what at every URL. A URL that is not here fails the test: say who may use it when you add it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from stamps import actions as stamps
from tests.access.roles import (
    ANY_USER,
    CLERK,
    FARMER,
    HELPER,
    INSPECTOR,
    LEADER,
    MANAGER,
    NEIGHBOUR,
    OFFICE,
    PUBLIC,
    REVIEWER,
    STAMP_OFFICER,
)
from tests.ground.world import World, open_task, process_of

Roles = frozenset[str]
Arguments = dict[str, Any]

NOBODY: Roles = frozenset()
MANAGERS: Roles = frozenset({MANAGER})
FIELD: Roles = frozenset({MANAGER, HELPER})
KEEPERS: Roles = frozenset({MANAGER, HELPER, STAMP_OFFICER})
PRODUCER_OR_OFFICE: Roles = OFFICE | {FARMER}
PRODUCER_OR_KEEPERS: Roles = KEEPERS | {FARMER}


def nothing(world: World) -> Arguments:
    """The URL is about no object."""
    return {}


def project(world: World) -> Arguments:
    return {"code": world.project.code}


def deliverable(world: World) -> Arguments:
    return {"code": world.project.code, "pk": world.open_paper.pk}


def task(world: World) -> Arguments:
    return {"pk": open_task(process_of(world.open_paper), "prepare").pk}


def producer(world: World) -> Arguments:
    return {"pk": world.producer.pk}


def product(world: World) -> Arguments:
    return {"pk": world.product.pk}


def lot(world: World) -> Arguments:
    return {"pk": world.lot.pk}


def event(world: World) -> Arguments:
    return {"pk": world.event.pk}


def batch(world: World) -> Arguments:
    return {"pk": world.batch.pk}


def stamp(world: World) -> Arguments:
    return {"code": world.batch.code, "serial": stamps.serial_at(world.batch, world.batch.start)}


def public_code(world: World) -> Arguments:
    return {"code": world.batch.code}


@dataclass(frozen=True)
class Rule:
    """Who may open a URL, who may post to it, and who is told that its object exists.

    `see` are those for whom the object is there: all others get what a missing object gives. It is
    everyone who may open or post unless said otherwise. `of` names the object by its URL's arguments.
    """

    of: Callable[[World], Arguments] = nothing
    get: Roles = NOBODY
    post: Roles = NOBODY
    see: Roles = NOBODY
    answer: tuple[int, ...] = (200,)

    @property
    def seen_by(self) -> Roles:
        return self.see | self.get | self.post

    @property
    def is_public(self) -> bool:
        return self.get == PUBLIC


RULES: dict[str, Rule] = {}

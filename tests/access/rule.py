"""The groups of people that the declarations name, and the shape of one declaration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.access import objects
from tests.access.objects import Arguments
from tests.access.roles import (
    CLERK,
    FARMER,
    HELPER,
    INSPECTOR,
    LEADER,
    MANAGER,
    OFFICE,
    OTHER_LEADER,
    OTHER_MANAGER,
    PUBLIC,
    STAMP_OFFICER,
    STRANGERS,
)
from tests.ground.world import World

Roles = frozenset[str]

NOBODY: Roles = frozenset()
MANAGERS: Roles = frozenset({MANAGER})
FIELD: Roles = frozenset({MANAGER, HELPER})
KEEPERS: Roles = frozenset({MANAGER, HELPER, STAMP_OFFICER})
CALLERS: Roles = frozenset({MANAGER, CLERK})
# World's council: the leader chairs it, the inspector is its secretary.
COUNCIL: Roles = frozenset({LEADER, INSPECTOR})
REASSIGNERS: Roles = frozenset({MANAGER, LEADER})
LOG_READERS: Roles = frozenset({LEADER})
LEADERS: Roles = frozenset({LEADER})
MEMBERS: Roles = OFFICE - {INSPECTOR}
PRINTERS: Roles = frozenset({MANAGER, STAMP_OFFICER})
CHANGERS: Roles = PRINTERS | {INSPECTOR}
RECALLERS: Roles = frozenset({MANAGER, LEADER, INSPECTOR})
PHRASE_KEEPERS: Roles = frozenset({CLERK, LEADER})
OFFICIALS: Roles = OFFICE | STRANGERS
CATALOGUE_KEEPERS: Roles = frozenset({MANAGER, OTHER_MANAGER})
CALENDAR_KEEPERS: Roles = frozenset({LEADER, OTHER_LEADER})
DATA_HANDLERS: Roles = frozenset({MANAGER, LEADER})
DATA_RECORDERS: Roles = KEEPERS | {LEADER}
PRODUCERS: Roles = frozenset({FARMER})
PRODUCER_OR_OFFICE: Roles = OFFICE | {FARMER}
PRODUCER_OR_KEEPERS: Roles = KEEPERS | {FARMER}


@dataclass(frozen=True)
class Rule:
    """Who may open a URL, who may post to it, and who is told that its object exists.

    `see` are those for whom the object is there: all others get what a missing object gives. It is
    everyone who may open or post unless said otherwise. `of` names the object by its URL's arguments;
    `answer` are the statuses of a page that is opened; `data` is what is posted (nothing, as a rule).
    """

    of: Callable[[World], Arguments] = objects.nothing
    get: Roles = NOBODY
    post: Roles = NOBODY
    see: Roles = NOBODY
    answer: tuple[int, ...] = (200,)
    data: Callable[[World], Arguments] = objects.nothing
    is_shared: bool = False  # belongs to no province

    @property
    def seen_by(self) -> Roles:
        return self.see | self.get | self.post

    @property
    def is_public(self) -> bool:
        return self.get == PUBLIC

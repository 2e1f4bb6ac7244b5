"""Why an act on a project is refused."""

from __future__ import annotations

from collections.abc import Sequence

from people.errors import Refusal


class NotAllowedNow(Refusal):
    """The project, stage or deliverable is not in a state for this."""


class NotAllowedForYou(Refusal):
    """Another person must do this (segregation of duties)."""


class GateNotPassed(Refusal):
    """A gate refuses; `problems` says everything that is missing, at once."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = tuple(problems)


class NotEnrollable(Refusal):
    """The product may not take part in the project."""


class AmendmentRefused(Refusal):
    """The dates asked for cannot be; `problems` says everything that is wrong, at once."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = tuple(problems)


class SeemsTwice(Refusal):
    """A person seems to be in a list already; who knows better may say so."""

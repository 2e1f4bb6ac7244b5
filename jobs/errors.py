"""What can go wrong with long work."""

from people.errors import Refusal


class JobRefused(Refusal):
    """The job cannot be started, stopped or taken up again; the message says why."""


class PartLost(Exception):
    """The unfinished file of a job is not there, or shorter than what was committed: start over."""


class KindUnknown(Exception):
    """This version of the program has no such kind of work; perhaps a worker of another version has."""


class ClaimLost(Exception):
    """The task is no longer this worker's: what it did since the last commit must not be kept."""


class Superseded(Exception):
    """The job was started again meanwhile, under another task: this one has nothing to do any more."""


class Interrupted(Exception):
    """The worker is to stop: the task goes back to the queue as it stands."""

"""The one kind of error that a person is meant to read."""


class Refusal(Exception):
    """An act refused by a rule: the message names the thing, the rule and the way out, translated.

    Each room derives its own errors from it; a view shows the message and nothing has changed.
    """

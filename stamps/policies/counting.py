"""Rules of counting: who counts the stamps in store and in a producer's drawer."""

from __future__ import annotations

from people.models import User
from people.scope import scope_of
from registry.models import Producer
from registry.policies import acts_for
from stamps.models import Account
from stamps.policies.rolls import PRINTING


def can_count(user: User, producer: Producer, account: Account) -> bool:
    """Whether the user counts the stamps in an account: officers both, the producer's people their own drawer."""
    if scope_of(user).has_role(*PRINTING, province_id=producer.province_id):
        return True
    return account == Account.PRODUCER and acts_for(user, producer)

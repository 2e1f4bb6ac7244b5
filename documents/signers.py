"""In whose name and by what right a paper is signed: the lines above the signer's name.

Source: NĐ 30/2020/NĐ-CP, Phụ lục I, phần II, mục II, khoản 7. "TM." stands before the collective that the paper
speaks for, "KT.", "TL." and "TUQ." before the head's title and above the signer's own, "Q." before the head's title
that somebody has for the time being. Who signs by order or authorisation does so for the head alone, without "TM.".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from people.models import Membership, Organisation, User

Right = Membership.SignsBy
FOR_COLLECTIVE = "TM."


@dataclass(frozen=True)
class Signature:
    """The lines above a name, in capitals: `authority` (one or two lines, or none) and the title below it."""

    authority: str
    title: str


def signature_of_head(organisation: Organisation, *, in_person: bool) -> Signature:
    """Return how the head signs; `in_person` is a paper that the head decides, not the collective."""
    return Signature(_collective(organisation, in_person=in_person), organisation.head_title.upper())


def signature_of(signer: User, organisation: Organisation, *, in_person: bool, day: date) -> Signature:
    """Return how somebody signs a paper of an agency on a day.

    The right is what their leading office in the agency says. Where it says nothing, who bears the head's title (or
    none) signs as the head, anybody else as the head's deputy.
    """
    head, own = organisation.head_title.upper(), signer.job_title.upper()
    right = _right_of(signer, organisation, day) or (None if own in ("", head) else Right.DEPUTY)
    collective = _collective(organisation, in_person=in_person)
    if right is None:
        return Signature(collective, head)
    if right == Right.ACTING:
        return Signature(collective, f"{right}. {head}")
    above = [collective] if right == Right.DEPUTY else []
    return Signature("\n".join(filter(None, [*above, f"{right}. {head}"])), own)


def is_in_person(authority: str) -> bool:
    """Whether a draft, by the line above its signer's title, is the head's own and not the collective's."""
    return not authority.startswith(FOR_COLLECTIVE)


def _collective(organisation: Organisation, *, in_person: bool) -> str:
    return "" if in_person or not organisation.collective else f"{FOR_COLLECTIVE} {organisation.collective.upper()}"


def _right_of(signer: User, organisation: Organisation, day: date) -> str:
    offices = Membership.objects.active(day).filter(user=signer, organisation=organisation, role=Membership.Role.LEADER)
    return offices.values_list("signs_by", flat=True).first() or ""

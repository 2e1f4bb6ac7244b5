"""Who may change how papers look, and who may take one out of force."""

from __future__ import annotations

from django.utils import timezone

from documents.models import Document, DocumentTemplate
from people.models import Membership, User
from people.scope import scope_of

Administrator = Membership.Role.ADMINISTRATOR


def can_read_templates(user: User) -> bool:
    """Whether the user sees the Word templates: everyone who holds an office."""
    return scope_of(user).is_official


def template_provinces(user: User) -> frozenset[int]:
    """The provinces whose Word templates the user keeps: those whose administrator they are."""
    return scope_of(user).provinces_with(Administrator)


def can_keep_templates(user: User, province_id: int | None) -> bool:
    """Whether the user uploads and withdraws templates of a province; nobody does those of the program (None)."""
    return province_id in template_provinces(user)


def can_publish_template(user: User, template: DocumentTemplate) -> bool:
    """Whether the user may put a template into use: an administrator of its province who did not upload it.

    Four eyes, as for a paper that is checked before it is signed; a province with a single administrator has two.
    """
    if not can_keep_templates(user, template.province_id):
        return False
    return template.registered_by_id != user.pk or not _has_other_administrators(user, template.province_id)


def _has_other_administrators(user: User, province_id: int | None) -> bool:
    offices = Membership.objects.active(timezone.localdate()).filter(role=Administrator)
    return bool(offices.filter(organisation__province=province_id).exclude(user=user).exists())


def can_revoke(user: User, document: Document) -> bool:
    """Whether the user may revoke the document's paper: the leaders of its agency's province."""
    return scope_of(user).has_role(Membership.Role.LEADER, province_id=document.organisation.province_id)


def can_verify(user: User) -> bool:
    """Whether the user may ask whether a file is a paper of ours: everyone who holds an office."""
    return scope_of(user).is_official

"""Two provinces with their offices and people: Gia Lai, and Sơn La as the stranger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import factory
from django.test import Client

from people.models import AdminUnit, Membership, Organisation, User

Role = Membership.Role
SINCE = date(2020, 1, 1)


class AdminUnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AdminUnit
        django_get_or_create = ("code",)

    code = "52"
    name = "tỉnh Gia Lai"
    level = AdminUnit.Level.PROVINCE


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation
        django_get_or_create = ("code",)

    code = "cctdc-gl"
    name = "Chi cục Tiêu chuẩn Đo lường Chất lượng (giả lập)"
    symbol = "CCTĐC"
    kind = Organisation.Kind.BRANCH
    province = factory.SubFactory(AdminUnitFactory)
    place = "Gia Lai"
    head_title = "Chi cục trưởng"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        django_get_or_create = ("username",)
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"nguoi-{n}")
    full_name = factory.LazyAttribute(lambda user: f"{user.username} (giả lập)")
    password = factory.django.Password("mat-khau-thu-1")


def member(username: str, role: str, organisation: Organisation) -> User:
    """Return a user who holds a role in an organisation since 2020."""
    user = UserFactory(username=username)
    Membership.objects.get_or_create(user=user, organisation=organisation, role=role, defaults={"valid_from": SINCE})
    return user


def signed_in(user: User) -> Client:
    """Return a browser in which the user is logged in."""
    browser = Client()
    browser.force_login(user, backend="people.auth.PhoneOrUsernameBackend")
    return browser


@dataclass(frozen=True)
class Office:
    """One province's office and the people that the tests talk about."""

    province: AdminUnit
    organisation: Organisation
    manager: User
    clerk: User
    reviewers: list[User]
    leader: User
    stamp_officer: User
    helper: User
    inspector: User

    @property
    def members(self) -> dict[str, list[User]]:
        """The people of a project of this office, by role."""
        return {
            Role.CLERK: [self.clerk],
            Role.REVIEWER: self.reviewers,
            Role.LEADER: [self.leader],
            Role.STAMP_OFFICER: [self.stamp_officer],
            Role.HELPER: [self.helper],
        }


STAFF = (
    ("quanly", Role.MANAGER),
    ("vanthu", Role.CLERK),
    ("thamdinh1", Role.REVIEWER),
    ("thamdinh2", Role.REVIEWER),
    ("thamdinh3", Role.REVIEWER),
    ("lanhdao", Role.LEADER),
    ("tem", Role.STAMP_OFFICER),
    ("canbo", Role.HELPER),
    ("thanhtra", Role.INSPECTOR),
)


def make_office(prefix: str, code: str, name: str) -> Office:
    """Return an office whose users are called prefix-role; nearly every test asks for one, so it takes few queries."""
    province = AdminUnitFactory(code=code, name=name)
    organisation = OrganisationFactory(code=f"cctdc-{prefix}", province=province, place=name.split(" ", 1)[1])
    manager, clerk, *reviewers, leader, stamp_officer, helper, inspector = _staff(prefix, organisation)
    return Office(
        province=province,
        organisation=organisation,
        manager=manager,
        clerk=clerk,
        reviewers=reviewers,
        leader=leader,
        stamp_officer=stamp_officer,
        helper=helper,
        inspector=inspector,
    )


def _staff(prefix: str, organisation: Organisation) -> list[User]:
    names = [f"{prefix}-{name}" for name, _role in STAFF]
    found = {user.username: user for user in User.objects.filter(username__in=names)}
    if not found:
        made = User.objects.bulk_create(UserFactory.build(username=name) for name in names)
        Membership.objects.bulk_create(
            Membership(user=user, organisation=organisation, role=role, valid_from=SINCE)
            for user, (_name, role) in zip(made, STAFF, strict=True)
        )
        found = {user.username: user for user in made}
    return [found[name] for name in names]


def gia_lai() -> Office:
    """The office that the tests work in."""
    return make_office("gl", "52", "tỉnh Gia Lai")


def son_la() -> Office:
    """The office of another province: it must see nothing of Gia Lai."""
    return make_office("sl", "14", "tỉnh Sơn La")

"""What a user may see follows from memberships in force."""

from datetime import date

from people.models import AdminUnit, Membership
from people.scope import scope_of
from tests.factories.people import AdminUnitFactory, UserFactory


def test_a_membership_counts_in_its_own_province_only(gia_lai, son_la):
    scope = scope_of(gia_lai.manager)
    assert scope.has_role("manager", province_id=gia_lai.province.pk)
    assert not scope.has_role("manager", province_id=son_la.province.pk)


def test_a_membership_that_ended_no_longer_counts(gia_lai):
    Membership.objects.filter(user=gia_lai.clerk).update(valid_to=date(2021, 12, 31))
    assert scope_of(gia_lai.clerk, date(2021, 12, 31)).roles == {"clerk"}
    assert scope_of(gia_lai.clerk, date(2022, 1, 1)).roles == frozenset()


def test_a_deactivated_user_has_no_scope(gia_lai):
    gia_lai.leader.is_active = False
    assert scope_of(gia_lai.leader).roles == frozenset()


def test_a_user_without_membership_sees_no_province(db):
    assert scope_of(UserFactory()).province_ids == frozenset()


def test_units_are_found_as_they_were_on_a_day(db):
    old = AdminUnitFactory(code="bk", name="tỉnh Bắc Kạn", valid_to=date(2025, 6, 30))
    new = AdminUnitFactory(code="19", name="tỉnh Thái Nguyên", valid_from=date(2025, 7, 1))
    old.successors.add(new)
    assert old in AdminUnit.objects.valid_on(date(2022, 1, 1))
    assert old not in AdminUnit.objects.valid_on(date(2026, 1, 1))
    assert list(old.successors.all()) == [new]


def test_a_commune_knows_its_province_and_its_full_name(db):
    province = AdminUnitFactory()
    district = AdminUnitFactory(code="d", name="huyện Ia Grai", level="district", parent=province)
    commune = AdminUnitFactory(code="c", name="xã Ia Tô", level="commune", parent=district)
    assert commune.province == province
    assert commune.full_name() == "xã Ia Tô, huyện Ia Grai, tỉnh Gia Lai"

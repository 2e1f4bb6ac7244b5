"""What counts for each indicator, what does not and why, and how a number stands against its target."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from onboarding.models import SolutionProvider
from people.models import AuditEvent
from projects.models import Attendance, TrainingSession
from registry.models import BarcodeRegistration, LocalStandard, Product, Standard
from reports.actions import set_target
from reports.errors import NotAllowedForYou, TargetRefused
from reports.indicators import INDICATORS, Measure, Records, Row
from reports.models import IndicatorTarget
from reports.verdicts import Verdict, verdict
from stamps.models import Activation
from tests.factories.onboarding import Cohort, activated_stamps, cohort
from tests.factories.people import Office
from tests.factories.projects import make_project, plan_line
from tests.factories.registry import ProducerFactory, StandardFactory, fruit_group
from tests.factories.stamps import chain
from workflows import history

DAY = date(2026, 11, 22)


def measured(key: str, office: Office, day: date | None = None) -> Measure:
    return INDICATORS[key].measure(Records(office.province, day or timezone.localdate()))


def names(rows: tuple[Row, ...]) -> list[str]:
    return [row.name for row in rows]


def reasons(measure: Measure) -> dict[str, str]:
    return {row.name: row.reason for row in measure.left_out}


def number(count: int, whole: int | None = None) -> Measure:
    return Measure(whole, tuple(Row(str(n), "/") for n in range(count)), ())


def target(minimum: int, maximum: int | None = None, *, is_percent: bool = False) -> IndicatorTarget:
    return IndicatorTarget(minimum=minimum, maximum=maximum, is_percent=is_percent, source="x")


# --- trained ---------------------------------------------------------------------------------
@pytest.mark.requirement("TH-K1")
def test_a_producer_is_trained_once_somebody_of_it_attended_a_class(gia_lai: Office, son_la: Office) -> None:
    came, away = ProducerFactory(province=gia_lai.province), ProducerFactory(province=gia_lai.province)
    ProducerFactory(province=son_la.province)
    held = TrainingSession.objects.create(
        project=make_project(gia_lai), title="Lớp 1", audience="producers", held_on=DAY
    )
    planned = TrainingSession.objects.create(project=held.project, title="Lớp 2", audience="producers")
    for name in ("Người thứ nhất (giả lập)", "Người thứ hai (giả lập)"):
        Attendance.objects.create(session=held, producer=came, person_name=name)
    Attendance.objects.create(session=held, agency="Phòng Kinh tế", person_name="Người thứ ba (giả lập)")
    Attendance.objects.create(session=planned, producer=away, person_name="Người thứ tư (giả lập)")

    found = measured("trained_share", gia_lai, max(DAY, timezone.localdate()))
    assert (found.numerator, found.denominator, names(found.counted)) == (1, 2, [came.name])
    assert reasons(found) == {away.name: "Nobody of the producer attended a class."}


@pytest.mark.requirement("TH-K1")
def test_a_class_after_the_day_does_not_count_on_it(gia_lai: Office) -> None:
    producer, today = ProducerFactory(province=gia_lai.province), timezone.localdate()
    held = TrainingSession.objects.create(
        project=make_project(gia_lai), title="Lớp 1", audience="producers", held_on=today + timedelta(days=1)
    )
    Attendance.objects.create(session=held, producer=producer, person_name="Người thứ nhất (giả lập)")
    assert measured("trained_share", gia_lai).numerator == 0
    assert measured("trained_share", gia_lai, today + timedelta(days=1)).numerator == 1


@pytest.mark.requirement("TH-K1")
def test_a_share_of_nothing_is_no_data_and_never_all(gia_lai: Office) -> None:
    found = measured("trained_share", gia_lai)
    assert (found.numerator, found.denominator) == (0, 0)
    assert verdict(found, target(100, is_percent=True)) == Verdict.NO_DATA
    assert verdict(found, target(0, is_percent=True)) == Verdict.NO_DATA


def test_a_merged_producer_is_not_counted_beside_the_kept_one(gia_lai: Office) -> None:
    kept = ProducerFactory(province=gia_lai.province)
    ProducerFactory(province=gia_lai.province, merged_into=kept)
    assert measured("trained_share", gia_lai).denominator == 1


# --- verdicts --------------------------------------------------------------------------------
@pytest.mark.requirement("TH-K2")
@pytest.mark.parametrize(
    ("count", "expected"),
    [(49, Verdict.BELOW), (50, Verdict.REACHED), (70, Verdict.REACHED), (71, Verdict.ABOVE)],
)
def test_a_range_has_three_verdicts(count: int, expected: Verdict) -> None:
    assert verdict(number(count), target(50, 70)) == expected


def test_a_target_without_an_upper_end_is_never_above() -> None:
    assert verdict(number(19), target(20)) == Verdict.BELOW
    assert verdict(number(200), target(20)) == Verdict.REACHED


def test_a_percentage_is_compared_without_rounding() -> None:
    assert verdict(number(299, 1000), target(30, is_percent=True)) == Verdict.BELOW
    assert verdict(number(3, 10), target(30, is_percent=True)) == Verdict.REACHED
    assert verdict(number(999, 1000), target(100, is_percent=True)) == Verdict.BELOW


@pytest.mark.requirement("TH-K2")
def test_the_verdicts_are_the_words_of_the_office(vietnamese: None) -> None:
    assert [str(one.label) for one in Verdict] == ["Chưa có số liệu", "Chưa đạt", "Đạt", "Vượt"]


# --- traced ----------------------------------------------------------------------------------
@pytest.mark.requirement("TH-K2")
def test_a_producer_is_traced_once_stamps_of_a_product_are_activated(gia_lai: Office) -> None:
    traced = chain(gia_lai)
    traced.activated()
    ordered = chain(gia_lai, project=traced.project)
    ordered.handed_over()
    empty = ProducerFactory(province=gia_lai.province)

    found = measured("traced_establishments", gia_lai)
    assert (found.numerator, found.denominator) == (1, None)
    assert names(found.counted) == [traced.product.producer.name]
    assert reasons(found) == {
        ordered.product.producer.name: "No stamps of its products are activated on a lot.",
        empty.name: "No product of the producer is entered.",
    }


# --- company standards -----------------------------------------------------------------------
def paper(office: Office, name: str, *, guide: bool = True, **fields: Any) -> LocalStandard:
    values = {"kind": "company", "title": "TXNG", "group": fruit_group(), "issued_on": DAY, **fields}
    row = LocalStandard(province=office.province, number=name, organisation=office.organisation, **values)
    if guide:
        row.guide.save("huong-dan.pdf", ContentFile(b"%PDF-1.7"), save=False)
    row.save()
    return row


def test_a_company_standard_without_guide_or_not_issued_is_not_counted(gia_lai: Office) -> None:
    counted = paper(gia_lai, "TCCS 01")
    paper(gia_lai, "TCCS 02", guide=False)
    paper(gia_lai, "TCCS 03", issued_on=None)
    paper(gia_lai, "QCĐP 01", kind="regulation", decision_number="1/QĐ-UBND", approved_by=gia_lai.leader)

    found = measured("company_standards", gia_lai, DAY)
    assert (found.numerator, found.denominator) == (1, None)
    assert names(found.counted) == [f"{counted} TXNG"]
    assert reasons(found) == {
        "TCCS 02 v1 TXNG": "The standard has no guide for its group.",
        "TCCS 03 v1 TXNG": "The standard is not issued.",
    }


def test_versions_of_one_company_standard_count_once(gia_lai: Office) -> None:
    paper(gia_lai, "TCCS 01")
    paper(gia_lai, "TCCS 01", version=2)
    paper(gia_lai, "TCCS 01", version=3, issued_on=DAY + timedelta(days=1))
    found = measured("company_standards", gia_lai, DAY)
    assert names(found.counted) == ["TCCS 01 v2 TXNG"]
    assert reasons(found)["TCCS 01 v1 TXNG"] == "Version 2 counts."


# --- interoperable ---------------------------------------------------------------------------
@pytest.fixture
def desk(gia_lai: Office) -> Cohort:
    return cohort(gia_lai)


def user_of_barcodes(desk: Cohort, *, module: bool = True, **product: Any) -> Product:
    """A product of its own producer with stamps, a standard, and (with `module`) data that can be exchanged."""
    onboarding = desk.add(**product)
    if module:
        desk.with_module(desk.grouped(onboarding))
    activated_stamps(desk, onboarding)
    made: Product = onboarding.enrolment.product
    made.standards.add(StandardFactory())
    return made


@pytest.mark.requirement("TH-K4")
def test_a_barcode_user_counts_with_stamps_a_standard_and_data_that_can_be_exchanged(desk: Cohort) -> None:
    product = user_of_barcodes(desk)
    user_without_barcodes = ProducerFactory(province=desk.office.province)
    found = measured("interoperable_share", desk.office)
    assert (found.numerator, found.denominator) == (1, 1)
    assert names(found.counted) == [product.producer.name]
    assert user_without_barcodes.name not in names(found.left_out)


@pytest.mark.requirement("TH-K4")
def test_a_barcode_user_is_not_counted_when_nothing_says_that_its_data_can_be_exchanged(desk: Cohort) -> None:
    product = user_of_barcodes(desk, module=False)
    found = measured("interoperable_share", desk.office)
    assert (found.numerator, found.denominator) == (0, 1)
    assert reasons(found) == {product.producer.name: "Nothing recorded says that its data can be exchanged."}
    assert verdict(found, target(30, is_percent=True)) == Verdict.BELOW


@pytest.mark.requirement("TH-K4")
def test_stamps_of_a_provider_with_proof_of_the_portal_are_data_that_can_be_exchanged(desk: Cohort) -> None:
    product = user_of_barcodes(desk, module=False)
    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)
    provider = SolutionProvider.objects.create(
        province=desk.office.province, name="Đơn vị (giả lập)", portal_proof="Văn bản 1", proved_on=today
    )
    provider.supplies.create(
        onboarding=desk.journeys[-1], quantity=10, state_share=50, producer_share=50, supplied_on=tomorrow,
        recorded_by=desk.office.manager,
    )  # fmt: skip
    assert names(measured("interoperable_share", desk.office, tomorrow).counted) == [product.producer.name]
    assert names(measured("interoperable_share", desk.office, today).left_out) == [product.producer.name]


@pytest.mark.requirement("TH-K4")
def test_a_company_standard_or_one_that_ended_does_not_make_a_system_of_national_standards(desk: Cohort) -> None:
    product = user_of_barcodes(desk)
    product.standards.set(
        [
            StandardFactory(code="TCCS 9", kind=Standard.Kind.TCCS),
            StandardFactory(code="TCVN 9", effective_to=date(2020, 1, 1)),
        ]
    )
    left = reasons(measured("interoperable_share", desk.office))
    assert left[product.producer.name] == "None of its products applies a national or international standard in force."


@pytest.mark.requirement("TH-K4")
def test_a_barcode_user_without_activated_stamps_has_no_system(desk: Cohort) -> None:
    product = user_of_barcodes(desk)
    Activation.objects.all().delete()
    left = reasons(measured("interoperable_share", desk.office))
    assert left == {product.producer.name: "No stamps of its products are activated on a lot."}


@pytest.mark.requirement("TH-K4")
def test_a_registration_in_force_makes_a_barcode_user_without_a_gtin(gia_lai: Office) -> None:
    holder, former = ProducerFactory(province=gia_lai.province), ProducerFactory(province=gia_lai.province)
    for producer, prefix, end in ((holder, "9520001", date(2030, 1, 1)), (former, "9520002", date(2021, 1, 1))):
        BarcodeRegistration.objects.create(
            producer=producer, prefix=prefix, certificate_number=prefix, issued_on=date(2020, 1, 1),
            expires_on=end, fee_paid_for=2020,
        )  # fmt: skip
    assert names(measured("interoperable_share", gia_lai).left_out) == [holder.name]


# --- targets ---------------------------------------------------------------------------------
def test_a_manager_sets_a_target_once_and_the_history_says_so(gia_lai: Office) -> None:
    programme = plan_line(gia_lai).plan.programme
    for _again in range(2):
        set_target(
            programme, "traced_establishments", minimum=50, maximum=70, source="50 - 70 cơ sở", by=gia_lai.manager
        )
    row = IndicatorTarget.objects.get()
    assert (row.minimum, row.maximum, row.figures()) == (50, 70, "50–70")
    event = AuditEvent.objects.get(verb="reports.target_set")
    assert "50–70" in history.text(event)


def test_only_managers_of_the_province_set_a_target(gia_lai: Office, son_la: Office) -> None:
    programme = plan_line(gia_lai).plan.programme
    for person in (gia_lai.clerk, gia_lai.leader, son_la.manager):
        with pytest.raises(NotAllowedForYou):
            set_target(programme, "company_standards", minimum=20, source="20 tiêu chuẩn cơ sở", by=person)


@pytest.mark.parametrize(
    ("key", "answers"),
    [
        ("company_standards", {"minimum": 20, "source": " "}),
        ("company_standards", {"minimum": 20, "maximum": 19, "source": "x"}),
        ("company_standards", {"minimum": 20, "is_percent": True, "source": "x"}),
        ("trained_share", {"minimum": 101, "is_percent": True, "source": "x"}),
    ],
)
def test_figures_that_do_not_fit_together_are_refused(gia_lai: Office, key: str, answers: dict[str, Any]) -> None:
    with pytest.raises(TargetRefused):
        set_target(plan_line(gia_lai).plan.programme, key, by=gia_lai.manager, **answers)
    assert not IndicatorTarget.objects.exists()

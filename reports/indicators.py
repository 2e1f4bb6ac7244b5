"""What the records say about a province on one day: four indicators, each with who counts and who does not.

The definitions are those of the provincial plans; the targets in the comments are those of seed 004. What is asked
is what was recorded up to that day; producers that were merged into another are never counted beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onboarding.models import ModuleOrder, StampSupply
from people.models import AdminUnit
from projects.models import Attendance
from registry.models import BarcodeRegistration, LocalStandard, Producer, Product, Standard
from reports.models import IndicatorKey
from stamps.models import Activation

NATIONAL = (Standard.Kind.TCVN, Standard.Kind.QCVN, Standard.Kind.INTERNATIONAL)


@dataclass(frozen=True)
class Row:
    """One thing behind a number: its page, and why it does not count ("" when it does)."""

    name: str
    url: str
    reason: str = ""


@dataclass(frozen=True)
class Measure:
    """A number and the rows behind it; `denominator` is None for a count."""

    denominator: int | None
    counted: tuple[Row, ...]
    left_out: tuple[Row, ...]

    @property
    def numerator(self) -> int:
        """How many count."""
        return len(self.counted)


class Records:
    """What is asked of the records, read once however many indicators ask for it."""

    def __init__(self, province: AdminUnit, day: date) -> None:
        self.province, self.day = province, day

    @cached_property
    def producers(self) -> list[Any]:
        """Producers of the province's registry on the day, with `is_trained` and `is_registered`."""
        came = Attendance.objects.filter(producer=OuterRef("pk"), session__held_on__lte=self.day)
        registered = BarcodeRegistration.objects.filter(
            producer=OuterRef("pk"), issued_on__lte=self.day, expires_on__gte=self.day
        )
        rows = Producer.objects.current().filter(province=self.province, created_at__date__lte=self.day)
        return list(rows.annotate(is_trained=Exists(came), is_registered=Exists(registered)).order_by("name", "pk"))

    @cached_property
    def products(self) -> dict[int, list[Any]]:
        """Products by producer, with `is_traced`, `has_standard` and `can_exchange`."""
        day = self.day
        activated = Activation.objects.filter(batch__product=OuterRef("pk"), activated_at__date__lte=day)
        applied = Standard.objects.in_force(day).filter(products=OuterRef("pk"), kind__in=NATIONAL)
        supplied = StampSupply.objects.filter(
            onboarding__enrolment__product=OuterRef("pk"), supplied_on__lte=day, provider__proved_on__lte=day
        ).exclude(provider__portal_proof="")
        module = ModuleOrder.objects.filter(group__onboardings__enrolment__product=OuterRef("pk"), answered_on__lte=day)
        rows = Product.objects.filter(producer__province=self.province, producer__merged_into=None).annotate(
            is_traced=Exists(activated), has_standard=Exists(applied), can_exchange=Q(Exists(supplied) | Exists(module))
        )
        found: dict[int, list[Any]] = {}
        for row in rows.order_by("pk"):
            found.setdefault(row.producer_id, []).append(row)
        return found

    def products_of(self, producer: Producer) -> list[Any]:
        """The producer's products."""
        return self.products.get(producer.pk, [])


def trained_share(records: Records) -> Measure:
    """K5 «Đáp ứng 100% tổ chức, cá nhân sản xuất, kinh doanh … được tập huấn» (seed 004; K1, K2 of seed 002).

    Of all producers of the registry, those of whom somebody attended a class that was held. Seed 002 asks for one
    attended class, so passing its check is not needed.
    """
    return _of_producers(
        records.producers,
        lambda producer: "" if producer.is_trained else _("Nobody of the producer attended a class."),
        is_share=True,
    )


def traced_establishments(records: Records) -> Measure:
    """K6 «Truy xuất được nguồn gốc sản phẩm của 50 - 70 cơ sở/doanh nghiệp» (seed 004).

    Distinct producers with a product whose stamps were activated at least once. Activation itself refuses a lot
    with gaps in the minimum data (TT 02/2024), so its scan shows the whole chain.
    """

    def reason(producer: Producer) -> str:
        products = records.products_of(producer)
        if not products:
            return _("No product of the producer is entered.")
        return "" if any(one.is_traced for one in products) else _("No stamps of its products are activated on a lot.")

    return _of_producers(records.producers, reason, is_share=False)


def company_standards(records: Records) -> Measure:
    """K7 «Tư vấn, hướng dẫn xây dựng 20 tiêu chuẩn cơ sở … và tài liệu hướng dẫn áp dụng» (seed 004).

    Company standards of the register that are issued and have the guide of their group; of several versions of a
    number the last such one. Local regulations (QCĐP) are another kind of paper and are not asked about.
    """
    papers = LocalStandard.objects.filter(province=records.province, kind=LocalStandard.Kind.COMPANY)
    rows = list(papers.order_by("number", "version"))
    last = {paper.number: paper.version for paper in rows if not _lacks(paper, records.day)}
    judged = [(paper, _paper_reason(paper, last.get(paper.number), records.day)) for paper in rows]
    return _measure(((f"{paper} {paper.title}", paper.get_absolute_url(), why) for paper, why in judged), None)


def _lacks(paper: LocalStandard, day: date) -> str:
    """What a company standard lacks on the day to count (TH-K3b)."""
    if paper.issued_on is None or paper.issued_on > day:
        return _("The standard is not issued.")
    return "" if paper.guide else _("The standard has no guide for its group.")


def _paper_reason(paper: LocalStandard, counted_version: int | None, day: date) -> str:
    if (lack := _lacks(paper, day)) or paper.version == counted_version:
        return lack
    return _("Version %(version)s counts.") % {"version": counted_version}


def interoperable_share(records: Records) -> Measure:
    """K8 «Tối thiểu 30% các doanh nghiệp … sử dụng mã số mã vạch … có hệ thống truy xuất nguồn gốc» (seed 004).

    Of the producers that use barcodes (a GS1 registration in force, or a product with a GTIN) those with a product
    for which all of this is recorded: its stamps are activated; it applies a TCVN, a QCVN or an international
    standard in force («áp dụng các tiêu chuẩn quốc gia, quốc tế»); and its data can be exchanged («đảm bảo khả năng
    tương tác, trao đổi dữ liệu»), that is, its stamps come from a provider with proof of its connection to the
    national portal, or the National Barcode Centre has made the module of its group. Where nothing says so, the
    producer is not counted.
    """
    users = [
        producer
        for producer in records.producers
        if producer.is_registered or any(product.gtin for product in records.products_of(producer))
    ]
    return _of_producers(users, lambda producer: _not_interoperable(records.products_of(producer)), is_share=True)


def _not_interoperable(products: list[Any]) -> str:
    if any(one.is_traced and one.has_standard and one.can_exchange for one in products):
        return ""
    missing = []
    if not any(one.is_traced for one in products):
        missing.append(_("No stamps of its products are activated on a lot."))
    if not any(one.has_standard for one in products):
        missing.append(_("None of its products applies a national or international standard in force."))
    if not any(one.can_exchange for one in products):
        missing.append(_("Nothing recorded says that its data can be exchanged."))
    return " ".join(missing) or _("No single product of the producer meets all conditions.")


def _of_producers(producers: list[Any], reason: Callable[[Any], str], *, is_share: bool) -> Measure:
    rows = ((producer.name, producer.get_absolute_url(), reason(producer)) for producer in producers)
    return _measure(rows, len(producers) if is_share else None)


def _measure(rows: Iterator[tuple[str, str, str]], denominator: int | None) -> Measure:
    known = [Row(*row) for row in rows]
    return Measure(
        denominator,
        counted=tuple(row for row in known if not row.reason),
        left_out=tuple(row for row in known if row.reason),
    )


@dataclass(frozen=True)
class Indicator:
    """An indicator in code: how it is measured, and the definition that its page prints."""

    key: IndicatorKey
    definition: Any
    measure: Callable[[Records], Measure]
    is_share: bool

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.key.label)


INDICATORS: Mapping[str, Indicator] = MappingProxyType(
    {
        one.key.value: one
        for one in (
            Indicator(
                IndicatorKey.TRAINED_SHARE,
                gettext_lazy("Of all producers of the registry, those of whom somebody attended a class."),
                trained_share,
                is_share=True,
            ),
            Indicator(
                IndicatorKey.TRACED_ESTABLISHMENTS,
                gettext_lazy("Distinct producers with a product whose stamps were activated at least once."),
                traced_establishments,
                is_share=False,
            ),
            Indicator(
                IndicatorKey.COMPANY_STANDARDS,
                gettext_lazy("Company standards of the register that are issued and have the guide of their group."),
                company_standards,
                is_share=False,
            ),
            Indicator(
                IndicatorKey.INTEROPERABLE_SHARE,
                gettext_lazy(
                    "Of the producers that use barcodes (a GS1 registration in force, or a product with a GTIN), those "
                    "with a product whose stamps are activated, which applies a national or international standard in "
                    "force, and whose data can be exchanged: its stamps come from a provider with proof of the "
                    "connection to the national portal, or the National Barcode Centre made the module of its group."
                ),
                interoperable_share,
                is_share=True,
            ),
        )
    }
)

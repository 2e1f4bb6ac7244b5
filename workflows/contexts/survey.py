"""The two survey reports: of a chain (GL-1.D1) and of many products (GL-2.D1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.contexts import (
    FigureRow,
    GapRow,
    OrganisationFigures,
    SurveyAnswer,
    SurveyedGroup,
    SurveyedParty,
    SurveyedProduct,
    SurveyReportChain,
    SurveyReportProducts,
)
from projects.models import Deliverable, Enrolment, SurveyResponse
from projects.survey_figures import FigureLine, figures_of
from registry.models import Product, ProductGroup
from workflows.contexts import case
from workflows.contexts.charts import capacity_chart, figures_chart


@dataclass(frozen=True)
class Indicator:
    """A yes or no of the survey: what it is called, what it is measured against, what to do where it is no."""

    field: str
    label: str  # "có nhật ký sản xuất": follows "Sản phẩm" or "Cơ sở"
    requirement: str
    action: str  # follows by "cho 05 sản phẩm"

    def holds(self, survey: SurveyResponse) -> bool:
        """Whether the survey found it."""
        return bool(getattr(survey, self.field))


INDICATORS = (
    Indicator("has_diary", "có nhật ký sản xuất", "Ghi nhận từng công đoạn khi diễn ra", "Hướng dẫn ghi nhật ký"),
    Indicator(
        "has_barcode",
        "sử dụng mã số mã vạch đã đăng ký",
        "Định danh sản phẩm bằng mã đã đăng ký",
        "Hỗ trợ đăng ký mã số mã vạch",
    ),
    Indicator(
        "has_declared_standard",
        "đã công bố tiêu chuẩn áp dụng",
        "Công bố tiêu chuẩn áp dụng cho sản phẩm",
        "Hướng dẫn công bố tiêu chuẩn áp dụng",
    ),
    Indicator(
        "quality_system",
        "áp dụng hệ thống quản lý chất lượng",
        "Kiểm soát chất lượng theo một hệ thống quản lý",
        "Tư vấn áp dụng hệ thống quản lý chất lượng",
    ),
)
# The free-text questions that a report of a chain must be able to answer, with their place in the form.
SUBJECTS = {
    "production": gettext_lazy("production"),
    "purchasing": gettext_lazy("purchasing"),
    "processing": gettext_lazy("preliminary processing"),
    "traceability": gettext_lazy("present traceability"),
}


@dataclass(frozen=True)
class Count:
    """How many of the surveyed parties or products an indicator holds for."""

    indicator: Indicator
    count: int
    total: int

    @property
    def left(self) -> int:
        """How many it does not hold for."""
        return self.total - self.count


def survey_report_chain(deliverable: Deliverable, day: date) -> SurveyReportChain:
    """Return the present state of the chain from its survey rows; figures count producers."""
    project = case.project_of(deliverable)
    enrolled, standards = case.enrolments_of(project), case.standards_of(project, day)
    surveys = _surveys(enrolled)
    case.refuse_if(_missing(enrolled) + (_unanswered(surveys) if surveys else []) + case.missing_standards(standards))
    parties = [_surveys(row for row in enrolled if row.product.producer == party) for party in _parties(enrolled)]
    counts = [Count(i, sum(any(map(i.holds, party)) for party in parties), len(parties)) for i in INDICATORS]
    figures, lines = _figures("Cơ sở", counts), figures_of(project).organisations
    return SurveyReportChain(
        project_title=project.title,
        product_name=case.product_name(enrolled),
        survey_from=case.dated(min(survey.surveyed_on for survey in surveys)),
        survey_to=case.dated(max(survey.surveyed_on for survey in surveys)),
        parties=tuple(_party(answers) for answers in parties),
        party_count=len(parties),
        production=_answers(surveys, lambda survey: survey.production),
        purchasing=_answers(surveys, lambda survey: survey.purchasing),
        processing=_answers(surveys, lambda survey: survey.processing),
        traceability=_answers(surveys, lambda survey: survey.traceability),
        figures=figures,
        organisations=_organisations(lines),
        standards=standards,
        gaps=tuple(_gap(count) for count in counts if count.left),
        needs=_answers(surveys, lambda survey: survey.needs),
        proposals=(*_proposals("cơ sở", counts), _chain_proposal(enrolled)),
        figures_chart=figures_chart(f"Kết quả khảo sát tại {case.counted(len(parties))} cơ sở", figures),
        capacity_chart=capacity_chart(lines),
    )


def survey_report_products(deliverable: Deliverable, day: date) -> SurveyReportProducts:
    """Return present state, needs and processes of the enrolled products, by product group."""
    project = case.project_of(deliverable)
    enrolled = case.enrolments_of(project)
    case.refuse_if(_missing(enrolled))
    surveys, groups = _surveys(enrolled), case.groups_of(enrolled)
    by_product = {enrolment.product_id: survey for enrolment, survey in zip(enrolled, surveys, strict=True)}
    counts = [Count(i, sum(map(i.holds, surveys)), len(surveys)) for i in INDICATORS]
    figures, lines = _figures("Sản phẩm", counts), figures_of(project).organisations
    return SurveyReportProducts(
        project_title=project.title,
        survey_from=case.dated(min(survey.surveyed_on for survey in surveys)),
        survey_to=case.dated(max(survey.surveyed_on for survey in surveys)),
        product_count=len(enrolled),
        producer_count=len(case.producers_of(enrolled)),
        groups=tuple(_group(group, products, by_product, day) for group, products in groups.items()),
        group_count=len(groups),
        figures=figures,
        organisations=_organisations(lines),
        proposals=(*_proposals("sản phẩm", counts), _groups_proposal(len(groups))),
        figures_chart=figures_chart(f"Kết quả khảo sát {case.counted(len(enrolled))} sản phẩm", figures),
        capacity_chart=capacity_chart(lines),
    )


# --- what is missing -------------------------------------------------------------------------
def _missing(enrolled: Sequence[Enrolment]) -> list[str]:
    missing = case.missing_products(enrolled)
    if unseen := [row.product for row in enrolled if case.survey_of(row) is None]:
        missing.append(_("Products not surveyed yet (record the survey, or withdraw them): %s.") % case.listed(unseen))
    return missing


def _unanswered(surveys: Sequence[SurveyResponse]) -> list[str]:
    labels = [label for name, label in SUBJECTS.items() if not any(getattr(survey, name).strip() for survey in surveys)]
    return [_("No survey says anything about (complete the surveys): %s.") % case.listed(labels)] if labels else []


# --- rows ------------------------------------------------------------------------------------
def _surveys(enrolled: Iterable[Enrolment]) -> list[SurveyResponse]:
    return [survey for survey in map(case.survey_of, enrolled) if survey is not None]


def _parties(enrolled: Sequence[Enrolment]) -> list[object]:
    return list(case.producers_of(enrolled))


def _party(answers: Sequence[SurveyResponse]) -> SurveyedParty:
    producer = answers[0].enrolment.product.producer
    with case.in_its_language():
        kind = str(producer.get_kind_display())
    return SurveyedParty(
        name=producer.name,
        kind=kind,
        place=case.place_of(producer),
        surveyed_on=case.dated(max(answer.surveyed_on for answer in answers)),
    )


def _answers(surveys: Iterable[SurveyResponse], text_of: Callable[[SurveyResponse], str]) -> tuple[SurveyAnswer, ...]:
    return tuple(
        SurveyAnswer(party=survey.enrolment.product.producer.name, text=text_of(survey).strip())
        for survey in surveys
        if text_of(survey).strip()
    )


def _group(
    group: ProductGroup, products: Sequence[Product], surveys: dict[int, SurveyResponse], day: date
) -> SurveyedGroup:
    return SurveyedGroup(
        name=group.name,
        products=tuple(_product(product, surveys[product.pk], day) for product in products),
        product_count=len(products),
        steps=tuple(case.stage_row(step) for step in group.steps.all()),
    )


def _product(product: Product, survey: SurveyResponse, day: date) -> SurveyedProduct:
    recognition = product.recognition_on(day)
    return SurveyedProduct(
        name=product.name,
        producer=product.producer.name,
        stars=f"{recognition.stars} sao" if recognition else "Chưa có",
        diary=_yes(survey.has_diary),
        barcode=_yes(survey.has_barcode),
        standard=_yes(survey.has_declared_standard),
        quality_system=survey.quality_system.strip() or "Chưa có",
        traceability=survey.traceability.strip() or "Chưa có",
        needs=survey.needs.strip() or "chưa nêu nhu cầu",
    )


def _yes(found: object) -> str:
    return "Có" if found else "Chưa"


# --- figures and what follows from them ------------------------------------------------------
def _figures(subject: str, counts: Iterable[Count]) -> tuple[FigureRow, ...]:
    return tuple(
        FigureRow(
            label=f"{subject} {c.indicator.label}", count=c.count, total=c.total, share=case.share(c.count, c.total)
        )
        for c in counts
    )


def _organisations(lines: Iterable[FigureLine]) -> tuple[OrganisationFigures, ...]:
    return tuple(
        OrganisationFigures(
            name=line.name,
            standard=_yes(line.declared),
            quality_system=line.quality_systems or "Chưa có",
            barcode=_yes(line.barcodes),
            diary=_yes(line.diaries),
            capacity="–" if line.capacity is None else f"{line.capacity.normalize():f}".replace(".", ","),
        )
        for line in lines
    )


def _gap(count: Count) -> GapRow:
    return GapRow(
        requirement=count.indicator.requirement,
        found=f"{case.counted(count.left)}/{case.counted(count.total)} cơ sở chưa đáp ứng",
        action=f"{count.indicator.action} cho {case.counted(count.left)} cơ sở",
    )


def _proposals(subject: str, counts: Iterable[Count]) -> list[str]:
    return [f"{c.indicator.action} cho {case.counted(c.left)} {subject} chưa có." for c in counts if c.left]


def _chain_proposal(enrolled: Sequence[Enrolment]) -> str:
    steps = [step.name for step in case.chain_steps(enrolled)]
    return f"Thiết kế hệ thống theo {case.counted(len(steps))} khâu của chuỗi: {'; '.join(steps)}."


def _groups_proposal(count: int) -> str:
    return f"Áp dụng thống nhất một quy trình truy xuất nguồn gốc cho mỗi nhóm sản phẩm ({case.counted(count)} nhóm)."

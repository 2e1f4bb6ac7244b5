"""The charts of the reports: their bars are the numbers of the tables beside them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from projects.models import SurveyResponse
from projects.survey_figures import FigureLine
from tests.workflows.papers.cast import Case
from tests.workflows.papers.test_final_report import issue
from workflows.contexts.charts import capacity_chart, stamps_chart
from workflows.contexts.final import final_report
from workflows.contexts.survey import survey_report_chain, survey_report_products


def bars(chart: object) -> list[tuple[str, int, int, str]]:
    return [(bar.label, bar.size, bar.whole, bar.text) for bar in chart.bars]  # type: ignore[attr-defined]


def test_the_chart_of_a_survey_has_the_figures_of_its_table(ocop: Case) -> None:
    deliverable = ocop.paper("survey_report_products")
    report = survey_report_products(deliverable, deliverable.due_on)
    assert report.figures_chart is not None
    assert report.figures_chart.title == "Kết quả khảo sát 03 sản phẩm"
    assert bars(report.figures_chart)[:3] == [
        ("Sản phẩm có nhật ký sản xuất", 3, 3, "3/3 (100 %)"),
        ("Sản phẩm sử dụng mã số mã vạch đã đăng ký", 0, 3, "0/3 (0 %)"),
        ("Sản phẩm đã công bố tiêu chuẩn áp dụng", 2, 3, "2/3 (66,7 %)"),
    ]


def test_the_report_on_a_chain_has_both_charts_when_outputs_are_known(chain: Case) -> None:
    SurveyResponse.objects.update(capacity=Decimal("12.50"))
    deliverable = chain.paper("survey_report_chain")
    report = survey_report_chain(deliverable, deliverable.due_on)
    assert report.figures_chart is not None
    assert report.capacity_chart is not None
    assert {bar.text for bar in report.capacity_chart.bars} == {"12,5"}
    SurveyResponse.objects.update(capacity=None)
    assert survey_report_chain(deliverable, deliverable.due_on).capacity_chart is None


def test_the_largest_output_comes_first_and_what_a_page_cannot_take_stands_together() -> None:
    lines = [FigureLine(f"Cơ sở {number:02d}", capacity=Decimal(number)) for number in range(1, 31)]
    lines.append(FigureLine("Chưa biết"))
    chart = capacity_chart(lines)
    assert chart is not None
    assert bars(chart)[0] == ("Cơ sở 30", 3000, 0, "30")
    assert bars(chart)[-1] == ("07 cơ sở còn lại", 2800, 0, "28")
    assert len(chart.bars) == 24


def test_the_final_report_shows_what_is_issued_stage_by_stage(ocop: Case) -> None:
    issue(ocop, "survey_report_products")
    deliverable = ocop.paper("final_report")
    report = final_report(deliverable, deliverable.due_on)
    assert report.progress_chart is not None
    assert bars(report.progress_chart)[0][1:] == (1, 1, "1/1 (100 %)")
    assert sum(bar.whole for bar in report.progress_chart.bars) == report.deliverables_planned
    assert report.stamps_chart is None  # none was issued yet


def test_stamps_are_counted_by_product_group(ocop: Case) -> None:
    deliverable = ocop.paper("final_report")
    products = [replace(row, stamps=600) for row in final_report(deliverable, deliverable.due_on).products]
    chart = stamps_chart(products, {products[0].code: 1000})
    assert chart is not None
    assert sum(bar.whole for bar in chart.bars) == 1800
    assert sum(bar.size for bar in chart.bars) == 1000

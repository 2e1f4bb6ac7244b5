"""What the registry shows: ends in sight, papers, a right to barcodes, a second entry, a moved commune."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from config.demo import pictures
from config.demo.acts import Cast
from people.models import User
from registry import actions
from registry.dates import months_after
from registry.models import OcopCriteria, Producer, Product, ProductGroup, RenewalItem
from registry.models.product import RECOGNITION_MONTHS
from registry.uploads import PAPERS, Upload

Report = Callable[[str], None]
GIA_LAI, HUE = "gl-cctdc", "hue-cctdc"
CENTRE = "Trung tâm chứng nhận (giả lập)"
# Tax code of the producer → days from today until the recognition of its product ends.
ENDS = {"9999000003": 21, "9999000011": 75, "9999000006": 150, "9999000004": -12}
# Tax code, kind, number, days since it was issued, days until it ends.
CERTIFICATES = (
    ("9999000001", "vietgap", "07/2025 (giả lập)", 400, 330),
    ("9999000003", "food_safety", "15/2023/ATTP (giả lập)", 1120, -25),
    ("9999000003", "haccp", "031/2023 (giả lập)", 1100, -5),
    ("9999000003", "self_declaration", "01/NSĐĐ/2024 (giả lập)", 800, None),
    ("9999000011", "vietgap", "19/2024 (giả lập)", 720, 10),
)
TITLE = "Truy xuất nguồn gốc sản phẩm {group} – Yêu cầu áp dụng tại cơ sở"


def run(today: date, report: Report) -> None:
    """Add to what the cases made; everything here is made up."""
    by = Cast.of(GIA_LAI).manager
    _let_end(today, by=by)
    _certify(today, by=by)
    _register_barcodes(today, by=by)
    _renew(_product("9999000003"), by=by)
    _enter_twice(by=by)
    _move(by=by)
    _write_standards(today)
    report("Danh bạ: sắp hết hạn, giấy chứng nhận, mã số mã vạch, bản ghi trùng, TCCS")


def _producer(tax_code: str) -> Producer:
    found: Producer = Producer.objects.get(tax_code=tax_code)
    return found


def _product(tax_code: str) -> Product:
    found: Product = Product.objects.filter(producer__tax_code=tax_code).order_by("number")[0]
    return found


def _let_end(today: date, *, by: User) -> None:
    """Record recognitions of three years ago, so that they end when the story needs it."""
    for number, (tax_code, days) in enumerate(ENDS.items(), start=1):
        decided_on = months_after(today + timedelta(days=days), -RECOGNITION_MONTHS)
        actions.record_recognition(
            _product(tax_code),
            stars=4 if number == 1 else 3,
            decision_number=f"{700 + number}/QĐ-UBND (giả lập)",
            decided_on=decided_on,
            criteria=OcopCriteria.objects.in_force(decided_on).latest("effective_from"),
            by=by,
        )


def _certify(today: date, *, by: User) -> None:
    for tax_code, kind, number, age, left in CERTIFICATES:
        product = _product(tax_code)
        values = {
            "kind": kind,
            "number": number,
            "issuer": CENTRE if kind != "self_declaration" else str(product.producer),
            "issued_on": today - timedelta(days=age),
            "valid_until": None if left is None else today + timedelta(days=left),
        }
        paper = _scan(number) if kind in ("vietgap", "haccp") else None
        actions.record_certificate(product.producer, values=values, products=[product], file=paper, by=by)


def _scan(title: str) -> Upload:
    """A drawing in place of a scanned paper."""
    return PAPERS.accept(pictures.draw(title, "qua-tuoi"))


def _register_barcodes(today: date, *, by: User) -> None:
    """One right that ends in 45 days and covers its GTIN, and one whose prefix is not that of the GTIN."""
    rows: tuple[tuple[str, dict[str, Any]], ...] = (
        ("9999000003", {"prefix": "9520008000", "certificate_number": "GCN-1031 (giả lập)", "left": 45}),
        ("9999000012", {"prefix": "9520009", "certificate_number": "GCN-1042 (giả lập)", "left": 500}),
    )
    for tax_code, row in rows:
        expires_on = today + timedelta(days=row.pop("left"))
        values = row | {"issued_on": months_after(expires_on, -36), "expires_on": expires_on}
        right = actions.record_barcodes(_producer(tax_code), values=values, by=by)
        while right.fee_due_on < today and right.fee_due_on <= right.expires_on:
            right = actions.record_fee(right, by=by)


def _renew(product: Product, *, by: User) -> None:
    """A dossier half done; its certificate of food safety has expired meanwhile."""
    renewal = actions.start_renewal(product, by=by)
    there = {"state": RenewalItem.State.THERE, "note": "Tủ hồ sơ OCOP, cặp 3 (giả lập)"}
    papers = renewal.items.filter(evidence__in=("organisation", "origin", "packaging", "pictures"))
    actions.note_papers(renewal, {item.pk: there for item in papers}, by=by)


def _enter_twice(*, by: User) -> None:
    """Another list of the province has the cooperative of mật ong once more, without its tax code."""
    known = _producer("9999000004")
    actions.register_producer(
        name="THT Nuôi ong Đồi Gió (giả lập)",
        kind=known.kind,
        commune=known.commune,
        phone=known.phone,
        representative="Phạm Văn Ong (giả lập)",
        by=by,
    )


def _move(*, by: User) -> None:
    """One producer already stands in the commune that followed; the others wait on the page of successors."""
    producer = _producer("9999000010")
    if new := producer.commune.successors.first():
        actions.move_to_successor([producer], old=producer.commune, new=new, by=by)


def _write_standards(today: date) -> None:
    """Company standards with and without their guide, and a local regulation that waits for its decision."""
    cast, hue = Cast.of(GIA_LAI), Cast.of(HUE)
    groups = list(ProductGroup.objects.order_by("code")[:4])
    fruit = ProductGroup.objects.get(code="qua-tuoi")
    with_guide = _enter(cast, f"TCCS 01:{today.year}/HTXTS", fruit, producer=_producer("9999000001"), guide=True)
    without = _enter(cast, f"TCCS 01:{today.year}/HTXSĐ", fruit, producer=_producer("9999000011"), guide=False)
    for paper in (with_guide, without):
        actions.issue_local_standard(paper, issued_on=today - timedelta(days=40), by=cast.manager)
    _enter(cast, f"QCĐP 01:{today.year}/GL", fruit, organisation=cast.office, kind="regulation", guide=False)
    for number, group in enumerate(groups[:3], start=1):
        paper = _enter(hue, f"TCCS {number:02}:{today.year}/CCTĐC", group, organisation=hue.office, guide=True)
        actions.issue_local_standard(paper, issued_on=today - timedelta(days=30 * number), by=hue.manager)


def _enter(cast: Cast, number: str, group: ProductGroup, *, guide: bool, kind: str = "company", **owner: Any) -> Any:
    values = {
        "kind": kind,
        "number": f"{number} (giả lập)",
        "version": 1,
        "title": TITLE.format(group=group.name.lower()),
        "group": group,
        "producer": None,
        "organisation": None,
    }
    paper = _scan(number) if guide else None
    return actions.register_local_standard(values=values | owner, guide=paper, by=cast.manager)

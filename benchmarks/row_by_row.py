"""The usual way, written as django-import-export is meant to be used: a resource, a dry run, then the import.

The same rows, the same rules and the same result as ours: a product per row, its producer found by
tax code or made, its recognition recorded. Looked-up tables (communes, sets, criteria) are read once,
and the library's own transaction is used, so that only its row-by-row way is measured.
"""

from __future__ import annotations

from typing import Any

import tablib
from import_export import fields, resources, widgets

from imports import parsers
from imports.layout import layout_of, lines_of
from imports.sheets import read_workbook
from people.models import AdminUnit
from registry.importing.columns import OcopList, kind, stars
from registry.importing.communes import Communes
from registry.importing.known import Sets
from registry.models import OcopCriteria, OcopRecognition, OcopSet, Producer, Product, ProductGroup
from registry.trace_codes import own_code

KEYS = {"commune": "commune_id", "criteria": "criteria_id"}


class Parsed(widgets.Widget):
    """A widget around one of the parsers."""

    def __init__(self, parse: Any) -> None:
        self.parse = parse
        super().__init__()

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return None if value in (None, "") else self.parse(value)


class ProductResource(resources.ModelResource):
    """Products by producer and name; the producer before each row, the recognition after it."""

    name = fields.Field("name", "name", Parsed(parsers.text))
    gtin = fields.Field("gtin", "gtin", Parsed(parsers.gtin))

    class Meta:
        model = Product
        fields = ("name", "gtin")
        import_id_fields = ("name",)
        use_transactions = True
        clean_model_instances = True  # validators and unique constraints, as any form has them
        skip_unchanged = True

    def __init__(self, province: AdminUnit, today: Any) -> None:
        super().__init__()
        self.province = province
        self.communes, self.sets = Communes(province, today), Sets(OcopSet.objects.all())
        self.criteria = list(OcopCriteria.objects.order_by("-effective_from"))
        self.today = today

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        self.producer = self._producer(row)
        self.ocop_set = self.sets.find(row["ocop_set"])
        if self.ocop_set is None:
            raise ValueError("no such OCOP set")

    def _producer(self, row: Any) -> Producer:
        code, name = parsers.tax_code(row["tax_code"]), parsers.text(row["producer"])
        producer = Producer.objects.filter(province=self.province, tax_code=code).first()
        if producer and producer.name.casefold() != name.casefold():
            raise ValueError("this tax code belongs to another producer")
        if producer is None:
            last = Producer.objects.filter(province=self.province).order_by("-number").first()
            producer = Producer(province=self.province, number=last.number + 1 if last else 1, name=name, tax_code=code)
        said = {
            "kind": kind(row["kind"]),
            "commune": self.communes.find(row["commune"]),
            "phone": parsers.phone(row["phone"]),
            "address": row["address"],
            "representative": row["representative"],
        }
        return _saved(producer, said)

    def get_instance(self, instance_loader: Any, row: Any) -> Product | None:
        return Product.objects.filter(producer=self.producer, name=row["name"]).first()

    def import_instance(self, instance: Product, row: Any, **kwargs: Any) -> None:
        super().import_instance(instance, row, **kwargs)
        instance.producer, instance.ocop_set = self.producer, self.ocop_set
        if not instance.pk:
            last = Product.objects.filter(producer=self.producer).order_by("-number").first()
            instance.number = last.number + 1 if last else 1
            instance.own_code = own_code(self.province.code, self.producer.number, instance.number)
            instance.group = ProductGroup.objects.filter(ocop_set=self.ocop_set).order_by("pk").first()

    def after_save_instance(self, instance: Product, row: Any, **kwargs: Any) -> None:
        day = parsers.date(row["decided_on"])
        criteria = next((one for one in self.criteria if one.effective_from <= day), None)
        if criteria is None or day > self.today:
            raise ValueError("no criteria on this day")
        recognition = OcopRecognition.objects.filter(product=instance, decision_number=row["decision_number"]).first()
        recognition = recognition or OcopRecognition(product=instance, decision_number=row["decision_number"])
        end = OcopRecognition.end_of(day)
        said = {"stars": stars(row["stars"]), "decided_on": day, "criteria": criteria, "valid_until": end}
        _saved(recognition, said)


def _saved(thing: Any, said: dict[str, Any]) -> Any:
    """Set what the row says; check and save only what is new or changed, as skip_unchanged does."""
    if thing.pk and all(getattr(thing, KEYS.get(name, name)) == _id(v) for name, v in said.items()):
        return thing
    for name, value in said.items():
        setattr(thing, name, value)
    thing.full_clean()
    thing.save()
    return thing


def _id(value: Any) -> Any:
    return getattr(value, "pk", value)


def import_list(data: bytes, province: AdminUnit) -> None:
    """Read the workbook, try all rows, and import them, as the library's two pages do."""
    from django.utils import timezone

    today = timezone.localdate()
    sheet = read_workbook(data)[0]
    columns = OcopList.columns()
    lines, _skipped = lines_of(sheet, layout_of(sheet, columns), columns, "name")
    dataset = tablib.Dataset(headers=list(columns))
    for line in lines:
        dataset.append([line.cells.get(key, "") for key in columns])
    for dry_run in (True, False):
        result = ProductResource(province, today).import_data(dataset, dry_run=dry_run, raise_errors=False)
        assert not result.has_errors(), result.row_errors()[:1]
        assert not result.has_validation_errors(), result.invalid_rows[0].error

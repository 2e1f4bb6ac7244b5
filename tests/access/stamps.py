"""Declarations of lots and stamps: from the lot and its cartons to what anybody scans."""

from __future__ import annotations

from tests.access import goods, objects, suspicious
from tests.access.roles import ANY_USER, FARMER, OFFICE, PUBLIC
from tests.access.rule import (
    CHANGERS,
    KEEPERS,
    MANAGERS,
    PRINTERS,
    PRODUCER_OR_KEEPERS,
    PRODUCER_OR_OFFICE,
    RECALLERS,
    Rule,
)

RULES: dict[str, Rule] = {
    # --- what anybody scans and reports
    "scan": Rule(goods.stamp, get=PUBLIC, post=PUBLIC),
    "scan_own": Rule(goods.stamp, get=PUBLIC, post=PUBLIC),
    "report_stamp": Rule(get=PUBLIC, post=PUBLIC),
    "report_this_stamp": Rule(goods.stamp, get=PUBLIC, post=PUBLIC),
    "report_this_stamp_own": Rule(goods.stamp, get=PUBLIC, post=PUBLIC),
    "report_state": Rule(get=PUBLIC),
    "gs1resolver": Rule(get=PUBLIC),
    "public_key": Rule(goods.printed_unit, get=PUBLIC),
    "leaving": Rule(goods.product_link, get=PUBLIC),
    # --- lots
    "lots:lots": Rule(get=ANY_USER),
    "lots:choose_product": Rule(get=ANY_USER, post=ANY_USER, answer=(200, 302)),
    "lots:open_lot": Rule(objects.product_of_lot, get=PRODUCER_OR_KEEPERS, post=PRODUCER_OR_KEEPERS),
    "lots:lot": Rule(goods.lot, get=PRODUCER_OR_OFFICE),
    "lots:record": Rule(goods.lot, get=PRODUCER_OR_KEEPERS, post=PRODUCER_OR_KEEPERS, see=OFFICE),
    "lots:correct": Rule(goods.event, get=PRODUCER_OR_KEEPERS, post=PRODUCER_OR_KEEPERS, see=OFFICE),
    "lots:confirm": Rule(goods.event, post=KEEPERS, see=PRODUCER_OR_OFFICE),
    "lots:add_place": Rule(objects.producer_of_product, get=PRODUCER_OR_KEEPERS, post=PRODUCER_OR_KEEPERS, see=OFFICE),
    "lots:units": Rule(get=ANY_USER),
    "lots:choose_packer": Rule(get=ANY_USER, post=ANY_USER, answer=(200, 302)),
    "lots:pack": Rule(objects.producer_of_product, get=PRODUCER_OR_KEEPERS, post=PRODUCER_OR_KEEPERS),
    "lots:unit": Rule(goods.unit, get=PRODUCER_OR_OFFICE),
    "lots:close_unit": Rule(goods.unit, get=PRODUCER_OR_KEEPERS, post=PRODUCER_OR_KEEPERS, see=OFFICE),
    "lots:recalls": Rule(get=ANY_USER),
    "lots:recall": Rule(goods.recall, get=PRODUCER_OR_OFFICE, post=RECALLERS),
    "lots:recall_lot": Rule(goods.lot, get=RECALLERS | {FARMER}, post=RECALLERS | {FARMER}, see=OFFICE),
    "lots:recall_product": Rule(objects.product, get=RECALLERS | {FARMER}, post=RECALLERS | {FARMER}, see=OFFICE),
    "product_recalls": Rule(objects.product, get=PRODUCER_OR_OFFICE),
    # --- stamps: links, orders and rolls
    "product_links": Rule(objects.product, get=PRODUCER_OR_OFFICE, post=PRODUCER_OR_KEEPERS),
    "stamps:remove_link": Rule(goods.product_link, post=PRODUCER_OR_KEEPERS, see=OFFICE),
    "project_stamp_quota": Rule(objects.project, get=MANAGERS, post=MANAGERS, see=OFFICE),
    "order_stamps": Rule(get=ANY_USER, post=ANY_USER),
    "stamps:orders": Rule(get=ANY_USER),
    "stamps:outlook": Rule(get=ANY_USER),
    "stamps:order": Rule(goods.order, get=PRODUCER_OR_OFFICE),
    "stamps:plan_rolls": Rule(goods.batch, get=PRINTERS, post=PRINTERS, see=PRODUCER_OR_OFFICE),
    "stamps:print_a4": Rule(goods.batch, post=PRINTERS, see=PRODUCER_OR_OFFICE),
    "stamps:make_files": Rule(goods.batch, post=PRINTERS, see=PRODUCER_OR_OFFICE),
    "stamps:make_file": Rule(goods.roll, post=PRINTERS, see=PRODUCER_OR_OFFICE),
    "stamps:roll_file": Rule(goods.roll, get=PRINTERS, see=PRODUCER_OR_OFFICE),
    "stamps:test_scan": Rule(goods.roll, get=PRINTERS, see=PRODUCER_OR_OFFICE),
    "stamps:printed_here": Rule(goods.batch, post=PRINTERS, see=PRODUCER_OR_OFFICE),
    "stamps:print_house_sheet": Rule(goods.batch, get=PRINTERS, see=PRODUCER_OR_OFFICE),
    # The world's roll is printed and handed over: too late for both.
    "stamps:count_roll": Rule(goods.roll, get=PRINTERS, post=PRINTERS, see=PRODUCER_OR_OFFICE, answer=(302,)),
    "stamps:cancel_roll": Rule(goods.roll, get=PRINTERS, post=PRINTERS, see=PRODUCER_OR_OFFICE, answer=(302,)),
    # --- stamps: their life, the ledger, alerts
    "lot_stamps": Rule(goods.lot, get=PRODUCER_OR_OFFICE),
    "stamps:activate": Rule(goods.batch, get=PRODUCER_OR_KEEPERS, post=PRODUCER_OR_KEEPERS, see=OFFICE),
    "stamps:change": Rule(goods.batch, get=CHANGERS | {FARMER}, post=CHANGERS | {FARMER}, see=OFFICE),
    "stamps:find": Rule(get=ANY_USER),
    "stamps:ledgers": Rule(get=ANY_USER),
    "stamps:ledger": Rule(objects.producer, get=PRODUCER_OR_OFFICE, post=PRINTERS | {FARMER}),
    "stamps:mine": Rule(get=ANY_USER),
    "stamps:alerts": Rule(get=ANY_USER),
    "stamps:alert": Rule(suspicious.alert, get=OFFICE),
    "stamps:alert_photo": Rule(suspicious.alert, get=OFFICE),
    "alert_step": Rule(suspicious.alert, get=OFFICE, answer=(302,)),
}

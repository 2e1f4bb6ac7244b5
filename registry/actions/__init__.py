"""Every change of state in the registry, by thing: producer, product, and the papers about them."""

from registry.actions.erasing import anonymise_producer
from registry.actions.holding import (
    edit_barcodes,
    edit_certificate,
    record_barcodes,
    record_certificate,
    record_fee,
)
from registry.actions.merging import mark_distinct, merge_producers
from registry.actions.producer import (
    add_producer_member,
    edit_producer,
    end_producer_member,
    let_in,
    register_place,
    register_producer,
)
from registry.actions.product import (
    edit_product,
    record_recognition,
    register_product,
    set_picture,
    set_standards,
)

__all__ = [
    "add_producer_member",
    "anonymise_producer",
    "edit_barcodes",
    "edit_certificate",
    "edit_producer",
    "edit_product",
    "end_producer_member",
    "let_in",
    "mark_distinct",
    "merge_producers",
    "record_barcodes",
    "record_certificate",
    "record_fee",
    "record_recognition",
    "register_place",
    "register_producer",
    "register_product",
    "set_picture",
    "set_standards",
]

"""Every change of state in the registry, by thing: producer, product, and the papers about them."""

from registry.actions.erasing import anonymise_producer
from registry.actions.holding import (
    edit_barcodes,
    edit_certificate,
    record_barcodes,
    record_certificate,
    record_fee,
)
from registry.actions.local_standard import (
    edit_local_standard,
    issue_local_standard,
    register_local_standard,
)
from registry.actions.merging import mark_distinct, merge_producers
from registry.actions.moving import move_to_successor
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
from registry.actions.renewal import note_papers, send_renewal, start_renewal

__all__ = [
    "add_producer_member",
    "anonymise_producer",
    "edit_barcodes",
    "edit_certificate",
    "edit_local_standard",
    "edit_producer",
    "edit_product",
    "end_producer_member",
    "issue_local_standard",
    "let_in",
    "mark_distinct",
    "merge_producers",
    "move_to_successor",
    "note_papers",
    "record_barcodes",
    "record_certificate",
    "record_fee",
    "record_recognition",
    "register_local_standard",
    "register_place",
    "register_producer",
    "register_product",
    "send_renewal",
    "set_picture",
    "set_standards",
    "start_renewal",
]

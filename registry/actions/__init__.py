"""Every change of state in the registry, by thing: producer and product."""

from registry.actions.erasing import anonymise_producer
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
    "edit_producer",
    "edit_product",
    "end_producer_member",
    "let_in",
    "mark_distinct",
    "merge_producers",
    "record_recognition",
    "register_place",
    "register_producer",
    "register_product",
    "set_picture",
    "set_standards",
]

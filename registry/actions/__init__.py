"""Every change of state in the registry, by thing: producer and product."""

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
    "edit_producer",
    "edit_product",
    "end_producer_member",
    "let_in",
    "record_recognition",
    "register_place",
    "register_producer",
    "register_product",
    "set_picture",
    "set_standards",
]

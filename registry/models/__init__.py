"""Producers, products, what they are made by and measured against, and the places they come from."""

from registry.models.producer import Place, Producer, ProducerMember
from registry.models.product import OcopCriteria, OcopRecognition, Product
from registry.models.product_group import OcopSet, ProcessStep, ProductGroup
from registry.models.standard import Standard

__all__ = [
    "OcopCriteria",
    "OcopRecognition",
    "OcopSet",
    "Place",
    "ProcessStep",
    "Producer",
    "ProducerMember",
    "Product",
    "ProductGroup",
    "Standard",
]

"""Producers, products, what they are made by and measured against, the papers they hold, and their places."""

from registry.models.certificate import BarcodeRegistration, Certificate
from registry.models.local_standard import LocalStandard
from registry.models.producer import DistinctPair, Place, Producer, ProducerMember
from registry.models.product import OcopCriteria, OcopRecognition, Product
from registry.models.product_group import OcopSet, ProcessStep, ProductGroup
from registry.models.renewal import Evidence, RecognitionRenewal, RenewalItem
from registry.models.standard import Standard

__all__ = [
    "BarcodeRegistration",
    "Certificate",
    "DistinctPair",
    "Evidence",
    "LocalStandard",
    "OcopCriteria",
    "OcopRecognition",
    "OcopSet",
    "Place",
    "ProcessStep",
    "Producer",
    "ProducerMember",
    "Product",
    "ProductGroup",
    "RecognitionRenewal",
    "RenewalItem",
    "Standard",
]

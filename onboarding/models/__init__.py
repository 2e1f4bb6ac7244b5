"""How products come on board: the seven steps, their groups, the producer's dossier, the supply of stamps."""

from onboarding.models.dossier import Answer, Assistance, AssistanceCode, Dossier, DossierRemark
from onboarding.models.group import CohortGroup, Consultation, ModuleOrder
from onboarding.models.journey import Onboarding, Step
from onboarding.models.rules import OnboardingRules
from onboarding.models.supply import SolutionProvider, StampSupply

__all__ = [
    "Answer",
    "Assistance",
    "AssistanceCode",
    "CohortGroup",
    "Consultation",
    "Dossier",
    "DossierRemark",
    "ModuleOrder",
    "Onboarding",
    "OnboardingRules",
    "SolutionProvider",
    "StampSupply",
    "Step",
]

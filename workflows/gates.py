"""All gate rules of the house by name: the rooms below each bring theirs."""

from onboarding.actions.accounts import RULES as ACCOUNT_RULES
from projects.policies import RULES as PROJECT_RULES
from projects.policies import Rule
from stamps.policies import RULES as STAMP_RULES

RULES: dict[str, Rule] = {**PROJECT_RULES, **STAMP_RULES, **ACCOUNT_RULES}

"""Which role may do which step. Permission names are stored in tasks: frozen by test."""

from onboarding.policies import APPROVING, FIELD, LEADING, SUPPLYING
from people.models import Membership
from stamps.policies import LOOKING_INTO_ALERTS

Role = Membership.Role
OFFICIALS = frozenset({Role.MANAGER, Role.CLERK, Role.REVIEWER, Role.LEADER, Role.STAMP_OFFICER, Role.HELPER})

ROLES_BY_PERMISSION: dict[str, frozenset[str]] = {
    "workflows.prepare_deliverable": frozenset({Role.MANAGER}),
    "workflows.check_format": frozenset({Role.CLERK}),
    "workflows.review_deliverable": frozenset({Role.REVIEWER}),
    "workflows.approve_deliverable": frozenset({Role.LEADER}),
    "workflows.close_stage": frozenset({Role.MANAGER}),
    "workflows.accept_project": frozenset({Role.LEADER}),
    "workflows.approve_stamp_order": frozenset({Role.LEADER}),
    "workflows.hand_over_stamps": frozenset({Role.STAMP_OFFICER}),
    "workflows.check_paper": frozenset({Role.CLERK}),
    "workflows.sign_paper": frozenset({Role.LEADER}),
    # Whoever may prepare a paper of some subject may be its author.
    "workflows.revise_paper": frozenset({Role.MANAGER, Role.CLERK, Role.HELPER}),
    "workflows.look_into_report": frozenset(LOOKING_INTO_ALERTS),
    # A matter is addressed to one person; whoever works in the province may be asked.
    "workflows.answer_matter": OFFICIALS,
    "workflows.decide_amendment": frozenset({Role.LEADER}),
    # Onboarding; the same roles as in onboarding/policies.py.
    "workflows.survey_product": frozenset(FIELD),
    "workflows.select_product": frozenset(LEADING),
    "workflows.group_product": frozenset(LEADING),
    "workflows.check_dossier": frozenset(FIELD),
    "workflows.close_training": frozenset(FIELD),
    "workflows.close_supply": frozenset(SUPPLYING),
    "workflows.write_process": frozenset(LEADING),
    "workflows.consult_agencies": frozenset(LEADING),
    "workflows.approve_process": frozenset(APPROVING),
    "workflows.order_module": frozenset(LEADING),
    "workflows.record_module": frozenset(LEADING),
}

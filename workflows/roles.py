"""Which role may do which step. Permission names are stored in tasks: frozen by test."""

from people.models import Membership

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
    # A matter is addressed to one person; whoever works in the province may be asked.
    "workflows.answer_matter": OFFICIALS,
    "workflows.decide_amendment": frozenset({Role.LEADER}),
}

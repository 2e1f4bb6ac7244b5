"""Rules of onboarding: who may act, which product is selected, what each step still lacks (seed 003)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from django.utils.translation import gettext as _

from onboarding.errors import NotAllowedForYou, NotAllowedNow
from onboarding.models import CohortGroup, Dossier, ModuleOrder, Onboarding, OnboardingRules, StampSupply
from people import audit
from people.absence import covers_of
from people.models import Membership, User
from people.scope import scope_of
from projects.models import Attendance, PilotProject, SurveyResponse

Role = Membership.Role
LEADING = (Role.MANAGER,)
FIELD = (Role.MANAGER, Role.HELPER)
SUPPLYING = (Role.MANAGER, Role.STAMP_OFFICER)
APPROVING = (Role.LEADER,)
# Looks at a product on its way and returns what is missing, or "": rooms above bring theirs.
Requirement = Callable[[Onboarding], str]


# --- people ----------------------------------------------------------------------------------
def holds(user: User, project: PilotProject, roles: Iterable[str]) -> bool:
    """Whether the user has one of the roles in the project's province, or stands in for somebody who has."""
    wanted, province_id, case = tuple(roles), project.province_id, audit.label(project)
    if scope_of(user).has_role(*wanted, province_id=province_id):
        return True
    return any(cover.gives(wanted, province_id=province_id, case=case) for cover in covers_of(user))


def check_holds(user: User, project: PilotProject, roles: Iterable[str]) -> None:
    """Raise NotAllowedForYou for anyone without one of the roles."""
    wanted = tuple(roles)
    if not holds(user, project, wanted):
        names = ", ".join(str(Role(role).label) for role in wanted)
        raise NotAllowedForYou(
            _("In project %(code)s this is for: %(roles)s. Ask the project's manager, %(manager)s.")
            % {"code": project.code, "roles": names, "manager": project.manager}
        )


# --- state -----------------------------------------------------------------------------------
def check_is_open(onboarding: Onboarding) -> None:
    """Raise NotAllowedNow for a product that was taken out, refused, or is done."""
    check_not_taken_out(onboarding)
    names = {"product": onboarding.enrolment.product.name}
    if onboarding.closed_at is not None:
        raise NotAllowedNow(_("The steps of “%(product)s” are closed; nothing is left to do for it.") % names)


def check_not_taken_out(onboarding: Onboarding) -> None:
    """Raise NotAllowedNow for a product that was taken out of its project."""
    names = {"product": onboarding.enrolment.product.name}
    if onboarding.enrolment.withdrawn_at is not None:
        raise NotAllowedNow(_("“%(product)s” no longer takes part; enrol it again to bring it on board.") % names)


def check_was(onboarding: Onboarding, done: object, message: str) -> None:
    """Raise NotAllowedNow with the message, which may name the product, when an earlier step is missing."""
    if not done:
        raise NotAllowedNow(message % {"product": onboarding.enrolment.product.name})


# --- step 1 ----------------------------------------------------------------------------------
def has_survey(onboarding: Onboarding) -> bool:
    """Whether the product was surveyed."""
    return SurveyResponse.objects.filter(enrolment=onboarding.enrolment_id).exists()


# --- step 2 ----------------------------------------------------------------------------------
def rules_of(project: PilotProject) -> OnboardingRules:
    """Return the project's rules. Raises NotAllowedNow while nobody has set them."""
    rules = OnboardingRules.objects.filter(project=project).first()
    if rules is None:
        raise NotAllowedNow(
            _("Project %(code)s has no rules of selection yet; set them on its page of onboarding.")
            % {"code": project.code}
        )
    return rules


def stars_on(onboarding: Onboarding, day: date) -> int:
    """Return the product's OCOP stars in force on the day; 0 without a recognition."""
    recognition = onboarding.enrolment.product.recognition_on(day)
    return recognition.stars if recognition else 0


def selection_problems(onboarding: Onboarding, rules: OnboardingRules, *, can_trace: bool, day: date) -> list[str]:
    """Return every rule of selection that the product breaks on the day (SL-S2): recognised, stars, able to trace."""
    product, stars = onboarding.enrolment.product, stars_on(onboarding, day)
    names = {"product": product.name, "stars": stars, "minimum": rules.minimum_stars, "day": f"{day:%d/%m/%Y}"}
    problems = []
    if rules.minimum_stars and not stars:
        problems.append(_("“%(product)s” has no OCOP recognition in force on %(day)s.") % names)
    elif stars < rules.minimum_stars:
        problems.append(_("“%(product)s” has %(stars)d stars, the rule asks for at least %(minimum)d.") % names)
    if not product.ocop_set.has_lots:
        problems.append(_("“%(product)s” is a service without lots, so it cannot be traced.") % names)
    if not can_trace:
        problems.append(_("Nobody has confirmed that “%(product)s” is able to trace.") % names)
    return problems


# --- steps 4 and 5 ---------------------------------------------------------------------------
def check_can_approve(group: CohortGroup, by: User) -> None:
    """Raise unless the group's process may be approved now: written by another person, one reply at hand (SL-S4)."""
    names = {"group": group.product_group}
    if group.approved_at is not None:
        raise NotAllowedNow(_("The process of group “%(group)s” is approved already.") % names)
    if group.written_at is None:
        raise NotAllowedNow(_("The process and the guide of group “%(group)s” are not written yet.") % names)
    if group.written_by_id == by.pk:
        raise NotAllowedForYou(
            _("You wrote the process of group “%(group)s” yourself; somebody else must approve it.") % names
        )
    check_is_consulted(group)


def check_is_consulted(group: CohortGroup) -> None:
    """Raise NotAllowedNow while no agency has answered the consultation (SL-S4)."""
    if not group.consultations.exclude(replied_on=None).exists():
        raise NotAllowedNow(
            _(
                "No agency has answered about the process of group “%(group)s”; record at least one reply on the "
                "page of the group before it is approved."
            )
            % {"group": group.product_group}
        )


# --- the declaration -------------------------------------------------------------------------
def check_not_sender(dossier: Dossier, by: User) -> None:
    """Raise NotAllowedForYou for a helper who sent the declaration for its producer: somebody else checks it."""
    if dossier.sent_by_id == by.pk:
        raise NotAllowedForYou(
            _("You sent declaration %(reference)s for the producer yourself; somebody else must check it.")
            % {"reference": dossier.reference}
        )


# --- step 6 ----------------------------------------------------------------------------------
def training_problems(onboarding: Onboarding, requirements: Iterable[Requirement]) -> list[str]:
    """Return what step 6 lacks (SL-S6): a trained person, the accepted dossier, and what the rooms above ask for."""
    own: tuple[Requirement, ...] = (producer_is_trained, dossier_is_accepted)
    return [problem for look in (*own, *requirements) if (problem := look(onboarding))]


def producer_is_trained(onboarding: Onboarding) -> str:
    """At least one person of the producer came to a class and passed the check."""
    enrolment = onboarding.enrolment
    trained = Attendance.objects.filter(
        session__project=enrolment.project_id, producer=enrolment.product.producer_id, passed_check=True
    )
    if trained.exists():
        return ""
    return _("No person of %(producer)s has passed the check of a class; record the attendance.") % {
        "producer": enrolment.product.producer
    }


def dossier_is_accepted(onboarding: Onboarding) -> str:
    """What the producer declared was found right."""
    if Dossier.objects.filter(onboarding=onboarding, status=Dossier.Status.ACCEPTED).exists():
        return ""
    return _("The declaration of “%(product)s” is not accepted yet.") % {"product": onboarding.enrolment.product.name}


# --- step 7 ----------------------------------------------------------------------------------
def supply_problems(onboarding: Onboarding) -> list[str]:
    """Return what step 7 lacks (SL-S7, SL-07): stamps handed out and received in full, the portal's status."""
    supplies = StampSupply.objects.filter(onboarding=onboarding).order_by("supplied_on", "pk")
    names = {"product": onboarding.enrolment.product.name}
    problems = [_difference(supply) for supply in supplies if supply.received != supply.quantity]
    if not supplies:
        problems.append(_("No delivery of stamps for “%(product)s” is recorded.") % names)
    if not has_portal_status(onboarding):
        problems.append(
            _(
                "A product must stand on the national traceability portal before step 7 closes; nothing is recorded "
                "for “%(product)s”. On the page “Supply of stamps”, record the reference and the day from the letter "
                "of the provider or the Centre, or let the manager give the reason why it goes without."
            )
            % names
        )
    return problems


def has_portal_status(onboarding: Onboarding) -> bool:
    """Whether the product's place on the national portal is recorded, or waived with a reason (SL-07)."""
    return bool(onboarding.portal_reference or onboarding.portal_waiver)


def check_takes_part(onboarding: Onboarding) -> None:
    """Raise NotAllowedNow for a product that is not selected or was taken out; one that is on board passes."""
    check_not_taken_out(onboarding)
    names = {"product": onboarding.enrolment.product.name}
    if onboarding.selection != Onboarding.Selection.SELECTED:
        raise NotAllowedNow(_("“%(product)s” is not selected, so it is not put on the national portal.") % names)


def _difference(supply: StampSupply) -> str:
    facts = {"day": f"{supply.supplied_on:%d/%m/%Y}", "quantity": supply.quantity, "received": supply.received or 0}
    if supply.received is None:
        return _("Nobody has confirmed that the %(quantity)d stamps of %(day)s were received.") % facts
    return _("Of %(quantity)d stamps of %(day)s, %(received)d were received; clear up the difference.") % facts


def check_module_is_here(group: CohortGroup | None) -> None:
    """Raise NotAllowedNow before the National Barcode Centre has answered for the group: stamps come after step 5."""
    if not ModuleOrder.objects.filter(group=group).exclude(answered_on=None).exists():
        raise NotAllowedNow(
            _("Stamps are supplied after step 5: the module of the product's group is not recorded yet.")
        )

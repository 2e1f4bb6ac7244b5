"""The kinds of paper that producers sign themselves, and the notice on their personal data."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from documents.contexts import producers
from projects.models import PilotProject
from registry.models import Producer, RecognitionRenewal
from workflows.contexts.conformity import conformity_declaration, declared_groups
from workflows.contexts.consent import consent_form, privacy_notice
from workflows.contexts.ocop import ocop_assessment, ocop_registration
from workflows.forms.papers import producers as forms
from workflows.papers.bases import as_bases, legal_bases
from workflows.papers.kinds import Occasion, PaperKind, Signer, of_subject
from workflows.papers.plans import of_entries


def groups(producer: Producer) -> Sequence[Occasion]:
    """Return one occasion for each group in which the producer has products."""
    return [Occasion(group.code, group.name) for group in declared_groups(producer)]


KINDS: dict[str, PaperKind] = {
    "ocop_registration": PaperKind(
        code="D16",
        name=_("OCOP registration (form 01)"),
        symbol="",
        data_class=producers.OcopRegistration,
        build=of_entries(ocop_registration),
        subject=RecognitionRenewal,
        form=forms.OcopRegistrationForm,
        initial=forms.registration_facts,
        title=lambda renewal, occasion: f"Phiếu đăng ký OCOP: {renewal.product}",
        signed_by=Signer.PRODUCER,
    ),
    "ocop_assessment": PaperKind(
        code="D16",
        name=_("OCOP self-assessment (form 02)"),
        symbol="",
        data_class=producers.OcopAssessment,
        build=of_entries(ocop_assessment),
        subject=RecognitionRenewal,
        form=forms.OcopAssessmentForm,
        initial=forms.assessment_facts,
        title=lambda renewal, occasion: f"Báo cáo tự đánh giá OCOP: {renewal.product}",
        signed_by=Signer.PRODUCER,
    ),
    "conformity_declaration": PaperKind(
        code="D17",
        name=_("Self-declaration of the traceability system"),
        symbol="",
        data_class=producers.ConformityDeclaration,
        build=lambda wanted: conformity_declaration(wanted.subject, wanted.day, wanted.entries, wanted.occasion),
        subject=Producer,
        occasions=groups,
        form=forms.ConformityForm,
        initial=forms.conformity_facts,
        title=lambda producer, occasion: f"Bản tự công bố hệ thống truy xuất nguồn gốc của {producer.name_for_log}",
        signed_by=Signer.PRODUCER,
    ),
    "privacy_notice": PaperKind(
        code="D18",
        name=_("Notice on personal data"),
        symbol="TB",
        data_class=producers.PrivacyNotice,
        build=of_entries(privacy_notice),
        subject=PilotProject,
        form=forms.PrivacyNoticeForm,
        initial=forms.notice_facts,
        bases=lambda wanted: [*as_bases(wanted.entries.get("legal_bases", "")), *legal_bases(wanted.subject)],
        title=lambda project, occasion: f"Thông báo xử lý dữ liệu cá nhân, nhiệm vụ {project.code}",
    ),
    "consent_form": PaperKind(
        code="D18",
        name=_("Form of consent to the use of personal data"),
        symbol="",
        data_class=producers.ConsentForm,
        build=of_subject(consent_form),
        subject=Producer,
        title=lambda producer, occasion: f"Phiếu đồng ý xử lý dữ liệu cá nhân của {producer.name_for_log}",
        signed_by=Signer.PRODUCER,
    ),
}

"""URLs of the desk and of the pages that show more than one room."""

from django.urls import URLPattern, URLResolver, include, path

from workflows.views import (
    absences,
    accounts,
    allowances,
    amendments,
    annex,
    batch,
    classes,
    cohort,
    council,
    decide,
    deliverable,
    desk,
    dossiers,
    groups,
    home,
    inbox,
    matters,
    overview,
    portal,
    project,
    search,
    stamp_orders,
    supplies,
    templates,
)

# Root-level names, so that lower rooms can link up without knowing who serves the page.
urlpatterns: list[URLPattern | URLResolver] = [
    # the desk
    path("", home.home, name="home"),
    path("overview/", overview.landing, name="overview"),
    path("overview/list/", overview.listing, name="overview_list"),
    path("overview/colours/", overview.colours, name="overview_colours"),
    path("inbox/", inbox.inbox_page, name="inbox"),
    path("search/", search.search, name="search"),
    path("tasks/<int:pk>/", desk.task_page, name="task"),
    # absence and substitution
    path("absences/", absences.absences_page, name="absences"),
    # how long a step may take
    path("steps/allowances/", allowances.step_allowances, name="step_allowances"),
    # a project's case file
    path("projects/<slug:code>/", project.overview, name="project"),
    path("projects/<slug:code>/products/", project.products, name="project_products"),
    path("projects/<slug:code>/history/", project.events, name="project_history"),
    path("projects/<slug:code>/diagram/", project.diagram, name="project_diagram"),
    path("projects/<slug:code>/deliverables/<int:pk>/", deliverable.deliverable, name="deliverable"),
    path("projects/<slug:code>/amendments/new/", amendments.propose, name="propose_amendment"),
    path("projects/<slug:code>/amendments/<int:pk>/withdraw/", amendments.withdraw, name="withdraw_amendment"),
    path("projects/<slug:code>/council/<int:pk>/", council.council, name="council"),
    path("projects/<slug:code>/matters/report/", matters.report_difficulty, name="report_difficulty"),
    path("projects/<slug:code>/matters/direct/", matters.give_direction, name="give_direction"),
    path("projects/<slug:code>/matters/<int:pk>/answer/", matters.answer, name="answer_matter"),
    path("projects/<slug:code>/matters/<int:pk>/withdraw/", matters.withdraw, name="withdraw_matter"),
    path("projects/<slug:code>/products/<int:pk>/withdraw/", supplies.withdraw, name="withdraw_product"),
    # onboarding
    path("projects/<slug:code>/cohort/", cohort.matrix, name="cohort"),
    path("projects/<slug:code>/cohort/calls/", cohort.calls, name="cohort_calls"),
    path("projects/<slug:code>/groups/", groups.groups, name="cohort_groups"),
    path("projects/<slug:code>/groups/<int:pk>/", groups.group, name="cohort_group"),
    path("projects/<slug:code>/supplies/", supplies.supplies, name="cohort_supplies"),
    path("projects/<slug:code>/training/<int:pk>/papers/", classes.training_papers, name="training_papers"),
    path(
        "projects/<slug:code>/training/<int:pk>/invitations/print/", classes.print_invitations, name="print_invitations"
    ),
    # papers
    path("documents/templates/", templates.templates, name="document_templates"),
    path("documents/templates/<slug:kind>/", templates.template, name="document_template"),
    # a producer's account and dossier
    path("producers/<int:pk>/people/new/", accounts.open_new, name="open_account"),
    path("producers/<int:pk>/people/<int:member_pk>/card/", accounts.card, name="claim_card"),
    path("dossiers/<str:reference>/send/", dossiers.send, name="send_dossier"),
    # stamps
    path("stamps/orders/new/", stamp_orders.order_stamps, name="order_stamps"),
]

acts = [
    # the desk
    path("inbox/approve/", batch.approve_ticked, name="batch"),
    path("d/<str:token>/", decide.decide, name="decide"),
    path("tasks/<int:pk>/claim/", desk.claim, name="claim"),
    path("tasks/<int:pk>/release/", desk.release, name="release"),
    path("tasks/<int:pk>/reassign/", desk.reassign, name="reassign"),
    path("tasks/<int:pk>/take-over/", desk.take_over, name="take_over"),
    path("tasks/<int:pk>/give-back/", desk.give_back, name="give_back"),
    path("tasks/<int:pk>/ask/", matters.ask_author, name="ask_author"),
    path("absences/new/", absences.enter, name="enter_absence"),
    path("absences/<int:pk>/end/", absences.end, name="end_absence"),
    # projects and deliverables
    path("projects/<slug:code>/start/", project.start, name="start_project"),
    path("projects/<slug:code>/deliverables/<int:pk>/prepare/", deliverable.prepare, name="prepare_document"),
    path("projects/<slug:code>/deliverables/<int:pk>/restart/", deliverable.restart, name="restart_deliverable"),
    path("projects/<slug:code>/deliverables/<int:pk>/recall/", deliverable.recall, name="recall_deliverable"),
    path("projects/<slug:code>/deliverables/<int:pk>/cancel/", deliverable.cancel, name="cancel_deliverable"),
    # onboarding
    path("projects/<slug:code>/cohort/start/", cohort.start, name="start_cohort"),
    path("projects/<slug:code>/cohort/act/", cohort.act, name="cohort_act"),
    path("projects/<slug:code>/groups/<int:pk>/consult/", groups.consult, name="consult_agency"),
    path("projects/<slug:code>/groups/<int:pk>/letters/<int:letter>/reply/", groups.reply, name="record_reply"),
    path("projects/<slug:code>/supplies/providers/new/", supplies.choose_provider, name="choose_provider"),
    path("projects/<slug:code>/supplies/new/", supplies.record_supply, name="record_supply"),
    path("projects/<slug:code>/supplies/<int:pk>/receive/", supplies.receive, name="record_receipt"),
    path("projects/<slug:code>/supplies/portal/<int:pk>/", portal.record, name="record_portal"),
    path("projects/<slug:code>/supplies/portal/<int:pk>/waive/", portal.waive, name="waive_portal"),
    # the acceptance council
    path("projects/<slug:code>/council/new/", council.call, name="call_council"),
    path("projects/<slug:code>/council/<int:pk>/change/", council.change, name="change_council"),
    path("projects/<slug:code>/council/<int:pk>/declare/", council.declare, name="declare_council"),
    path("projects/<slug:code>/council/<int:pk>/presence/", council.presence, name="council_presence"),
    path("projects/<slug:code>/council/<int:pk>/sheet/", council.sheet, name="council_sheet"),
    path("projects/<slug:code>/council/<int:pk>/sheet/back/", council.take_back, name="take_back_sheet"),
    path("projects/<slug:code>/council/<int:pk>/close/", council.close, name="close_council"),
    path(
        "projects/<slug:code>/training/<int:pk>/papers/attendance-list/",
        classes.prepare_class_paper,
        {"kind": "attendance_list"},
        name="prepare_attendance_list",
    ),
    path(
        "projects/<slug:code>/training/<int:pk>/papers/certificates/",
        classes.prepare_class_paper,
        {"kind": "training_certificate"},
        name="prepare_certificates",
    ),
    path("plans/<int:pk>/annex/", annex.prepare_annex, name="prepare_annex"),
]

urlpatterns += [path("", include((acts, "workflows")))]

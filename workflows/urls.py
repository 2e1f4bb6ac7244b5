"""URLs of the desk and of the pages that show more than one room."""

from django.urls import URLPattern, URLResolver, include, path

from workflows.views import (
    absences,
    accounts,
    allowances,
    amendments,
    batch,
    class_cards,
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
    paper,
    paper_batch,
    portal,
    project,
    search,
    side_papers,
    stamp_orders,
    stamp_quota,
    stamp_reports,
    supplies,
    template_versions,
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
    path("projects/<slug:code>/products/stamps/", stamp_quota.stamp_quota, name="project_stamp_quota"),
    path("projects/<slug:code>/history/", project.events, name="project_history"),
    path("projects/<slug:code>/diagram/", project.diagram, name="project_diagram"),
    path("projects/<slug:code>/deliverables/<int:pk>/", deliverable.deliverable, name="deliverable"),
    path("projects/<slug:code>/papers/several/", paper_batch.prepare_several, name="prepare_papers"),
    path("projects/<slug:code>/amendments/new/", amendments.propose, name="propose_amendment"),
    path("projects/<slug:code>/amendments/<int:pk>/withdraw/", amendments.withdraw, name="withdraw_amendment"),
    # papers about one thing
    path("projects/<slug:code>/papers/", side_papers.project_papers, name="project_papers"),
    path("papers/about/<slug:subject>/<int:pk>/", side_papers.papers_about, name="papers_about"),
    path("papers/about/<slug:subject>/<int:pk>/<slug:kind>/", side_papers.prepare_paper, name="prepare_paper"),
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
    path(
        "projects/<slug:code>/training/<int:pk>/invitations/print/", classes.print_invitations, name="print_invitations"
    ),
    path("projects/<slug:code>/training/<int:pk>/cards/", class_cards.class_cards, name="class_cards"),
    # papers
    path("documents/papers/<int:pk>/", paper.paper, name="paper"),
    path("documents/papers/<int:pk>/send/", paper.send_paper, name="send_paper"),
    path("documents/papers/<int:pk>/take-back/", paper.take_back_paper, name="take_back_paper"),
    path("documents/templates/", templates.templates, name="document_templates"),
    path("documents/templates/<slug:kind>/", templates.template, name="document_template"),
    path("documents/templates/<slug:kind>/fields/", templates.fields, name="document_template_fields"),
    path("documents/template-versions/<int:pk>/", template_versions.version, name="document_template_version"),
    path("documents/template-versions/<int:pk>/show/", template_versions.show, name="show_template"),
    path("documents/template-versions/<int:pk>/pdf/", template_versions.make_pdf, name="preview_template"),
    path("documents/template-versions/<int:pk>/publish/", template_versions.publish, name="publish_template"),
    path("documents/template-versions/<int:pk>/withdraw/", template_versions.withdraw, name="withdraw_template"),
    # a producer's account and dossier
    path("producers/<int:pk>/people/new/", accounts.open_new, name="open_account"),
    path("producers/<int:pk>/people/<int:member_pk>/card/", accounts.card, name="claim_card"),
    path("dossiers/<str:reference>/send/", dossiers.send, name="send_dossier"),
    # stamps
    path("stamps/orders/new/", stamp_orders.order_stamps, name="order_stamps"),
    path("stamps/alerts/<str:reference>/step/", stamp_reports.alert_step, name="alert_step"),
    # what a buyer says about a stamp, without login: pages of the stamps link to it by "report/"
    path("scan/report/", stamp_reports.report, name="report_stamp"),
    path("scan/01/<str:code>/21/<str:serial>/report/", stamp_reports.report, name="report_this_stamp"),
    path("scan/vn/tx/<str:code>/s/<str:serial>/report/", stamp_reports.report, name="report_this_stamp_own"),
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
]

urlpatterns += [path("", include((acts, "workflows")))]

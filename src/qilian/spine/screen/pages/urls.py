"""Addresses of the plan's pages; the forms of plans, drafts, questions and units are those of their resources."""

from django.urls import include, path

from qilian.core.offers.resource.api import forms
from qilian.spine.drafting.api import DRAFTS, ITEMS
from qilian.spine.plan.api import PLANS
from qilian.spine.screen.resource import UNITS

from . import clauses, documents, drafts, exports, matrix, progress, questions, units

_PLANS = [
    path("", documents.plan_list, name="plans"),
    *forms(PLANS),
    path("<slug:slug>/", documents.plan_page, name="plan-document"),
    path("<slug:slug>/matrix/", matrix.matrix_page, name="plan-matrix"),
    path("<slug:slug>/units/", units.unit_list, name="plan-units"),
    path("<slug:slug>/coverage/", progress.progress_page, name="plan-coverage"),
    path("<slug:slug>/compare/", documents.compare_page, name="plan-compare"),
    path("<slug:slug>/clauses/<str:cid>", clauses.clause_page, name="plan-other-clause"),
    path("<slug:slug>/versions/<int:number>/", documents.version_page, name="plan-version"),
    path("<slug:slug>/versions/<int:number>/exports/<slug:kind>", exports.ask, name="plan-export-ask"),
]
_DRAFTS = [
    path("", drafts.draft_list, name="drafts"),
    *forms(DRAFTS),
    path("<str:code>/", drafts.draft_page, name="plan-draft"),
    path("<str:code>/questions/", questions.questions_page, name="plan-questions"),
    path("<str:code>/clauses/<str:cid>", drafts.clause_form, name="plan-draft-clause"),
]
_REGISTER = [
    path("", units.register, name="unit-register"),
    *forms(UNITS),
    path("<slug:slug>/", units.unit_page, name="unit-of-register"),
]
urlpatterns = [
    path("plan/", matrix.matrix_page, name="plan"),
    path("plan/<str:cid>", clauses.clause_page, name="plan-clause"),
    path("units/", units.unit_list, name="units"),
    path("units/reforms/", units.reforms, name="unit-reforms"),
    path("units/<slug:slug>/", units.unit_page, name="unit"),
    path("unit-register/", include(_REGISTER)),
    path("plans/", include(_PLANS)),
    path("drafts/", include(_DRAFTS)),
    path("questions/", include([*forms(ITEMS), path("<str:code>/", questions.question_page, name="plan-question")])),
    path("exports/<slug:code>/", exports.progress, name="plan-export"),
    path("exports/<slug:code>/file", exports.send, name="plan-export-file"),
]

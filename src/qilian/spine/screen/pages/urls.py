"""Addresses of the plan's pages: nouns, and POST to the noun of an act."""

from django.urls import path

from . import clauses, documents, drafts, exports, matrix, units

urlpatterns = [
    path("plan/", matrix.matrix_page, name="plan"),
    path("plan/<str:cid>", clauses.clause_page, name="plan-clause"),
    path("plan/<str:cid>/duties", clauses.duty_form, name="plan-duty"),
    path("units/", units.unit_list, name="units"),
    path("units/reforms/", units.reforms, name="unit-reforms"),
    path("units/<slug:slug>/", units.unit_page, name="unit"),
    path("plans/", documents.plan_list, name="plans"),
    path("plans/new", documents.new_plan, name="plan-new"),
    path("plans/<slug:slug>/", documents.plan_page, name="plan-document"),
    path("plans/<slug:slug>/compare/", documents.compare_page, name="plan-compare"),
    path("plans/<slug:slug>/drafts/new", drafts.upload_form, name="plan-upload"),
    path("plans/<slug:slug>/drafts/<int:number>/", drafts.draft_page, name="plan-draft"),
    path("plans/<slug:slug>/drafts/<int:number>/items/<str:code>/settlement", drafts.settle, name="plan-settle"),
    path("plans/<slug:slug>/drafts/<int:number>/clauses/<str:cid>", drafts.clause_form, name="plan-draft-clause"),
    path("plans/<slug:slug>/drafts/<int:number>/publication", drafts.publish, name="plan-publish"),
    path("plans/<slug:slug>/drafts/<int:number>/discarding", drafts.discard, name="plan-discard"),
    path("plans/<slug:slug>/versions/<int:number>/", documents.version_page, name="plan-version"),
    path("plans/<slug:slug>/versions/<int:number>/source", documents.source_form, name="plan-source"),
    path("plans/<slug:slug>/versions/<int:number>/exports/<slug:kind>", exports.ask, name="plan-export-ask"),
    path("plans/<slug:slug>/clauses/<str:cid>", clauses.clause_page, name="plan-other-clause"),
    path("plans/<slug:slug>/clauses/<str:cid>/duties", clauses.duty_form, name="plan-other-duty"),
    path("exports/<slug:code>/", exports.progress, name="plan-export"),
    path("exports/<slug:code>/file", exports.send, name="plan-export-file"),
]

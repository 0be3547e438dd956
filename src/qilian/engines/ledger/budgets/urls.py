"""Addresses of budgets."""

from django.urls import path

from .pages import doing, reading

app_name = "budgets"
urlpatterns = [
    path("", reading.programme_list, name="list"),
    path("new/", doing.new_programme, name="new"),
    path("lines/<str:code>/", reading.line_page, name="line"),
    path("lines/<str:code>/appropriation/", doing.appropriation, name="appropriation"),
    path("lines/<str:code>/adjustment/", doing.adjustment, name="adjustment"),
    path("lines/<str:code>/commitment/", doing.commitment, name="commit"),
    path("commitments/<str:code>/", reading.commitment_page, name="commitment"),
    path("commitments/<str:code>/release/", doing.releasing, name="release"),
    path("tranches/<str:code>/confirmation/", doing.confirmation, name="confirmation"),
    path("tranches/<str:code>/payment/", doing.payment, name="payment"),
    path("decisions/<str:code>/", doing.decision, name="decision"),
    path("programmes/<str:number>/", reading.cockpit, name="programme"),
    path("programmes/<str:number>/lines/new/", doing.new_line, name="new-line"),
    path("programmes/<str:number>/closing/", doing.closing, name="closing"),
    path("programmes/<str:number>/decisions/", reading.decision_list, name="decisions"),
]

"""Addresses of the book."""

from django.urls import path

from .accounts import about_account, account_list, account_statement
from .forms import freezing, lifting
from .transfers import hold_list, reconciliation, transfer_page, transfer_proof, trial_page

app_name = "ledger"
urlpatterns = [
    path("", account_list, name="accounts"),
    path("accounts/<str:code>/", account_statement, name="account"),
    path("accounts/<str:code>/about/", about_account, name="about"),
    path("accounts/<str:code>/freezing", freezing, name="freezing"),
    path("accounts/<str:code>/restraints/<str:restraint>/lifting", lifting, name="lifting"),
    path("transfers/<str:code>/", transfer_page, name="transfer"),
    path("transfers/<str:code>/proof.json", transfer_proof, name="proof"),
    path("holds/", hold_list, name="holds"),
    path("trial-balance/", trial_page, name="trial"),
    path("reconciliation/", reconciliation, name="reconciliation"),
]

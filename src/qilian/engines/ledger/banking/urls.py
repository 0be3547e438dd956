"""Addresses of banking."""

from django.urls import path

from .pages import paying, reconciling, resolving, statements

app_name = "banking"
urlpatterns = [
    path("", reconciling.account_list, name="list"),
    path("new/", statements.new_account, name="new"),
    path("accounts/<str:code>/", reconciling.account_page, name="account"),
    path("accounts/<str:code>/lines/", statements.line_list, name="lines"),
    path("accounts/<str:code>/orders/", paying.order_list, name="orders"),
    path("accounts/<str:code>/orders/new/", paying.new_order, name="new-order"),
    path("accounts/<str:code>/orders/release/", paying.releasing, name="release"),
    path("accounts/<str:code>/statements/new/", statements.new_statement, name="new-statement"),
    path("accounts/<str:code>/transfers/<str:transfer>/reversal/", resolving.reversing, name="reversal"),
    path("batches/<str:code>/", paying.batch_page, name="batch"),
    path("lines/<str:code>/", statements.line_page, name="line"),
    path("lines/<str:code>/resolution/", resolving.resolving, name="resolve"),
    path("orders/<str:code>/", paying.order_page, name="order"),
    path("orders/<str:code>/cancellation/", paying.cancelling, name="cancellation"),
    path("resolutions/<str:code>/", resolving.deciding, name="resolution"),
    path("statements/<str:code>/", statements.statement_page, name="statement"),
    path("statements/<str:code>/booking/", statements.booking, name="booking"),
]

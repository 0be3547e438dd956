"""Addresses of parties."""

from django.urls import path

from . import duplicates, forms, listing, record

app_name = "parties"
urlpatterns = [
    path("", listing.party_list, name="list"),
    path("registration", forms.register, name="register"),
    path("duplicates/", duplicates.desk, name="duplicates"),
    path("duplicates/<slug:code>/", duplicates.pair, name="duplicate"),
    path("relations/<slug:code>/end", forms.relation_end, name="end-relation"),
    path("contacts/<slug:code>/end", forms.contact_end, name="end-contact"),
    path("<slug:code>/", record.party_page, name="party"),
    path("<slug:code>/amendment", forms.amendment, name="amend"),
    path("<slug:code>/name", forms.renaming, name="rename"),
    path("<slug:code>/suspension", forms.suspension, name="suspend"),
    path("<slug:code>/closing", forms.closing, name="close"),
    path("<slug:code>/reopening", forms.reopening, name="reopen"),
    path("<slug:code>/figures", forms.figures, name="figures"),
    path("<slug:code>/relations", forms.relation, name="relate"),
    path("<slug:code>/contacts", forms.contact, name="contact"),
]

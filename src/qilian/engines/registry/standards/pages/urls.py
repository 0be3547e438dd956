"""Addresses below a set of standards."""

from django.urls import path

from . import forms, lists, records

app_name = "standards"
urlpatterns = [
    path("", lists.catalogue, name="list"),
    path("registration/", forms.registration, name="registration"),
    path("catalogue/", forms.loading, name="loading"),
    path("items/<str:code>/", records.standard_page, name="standard"),
    path("items/<str:code>/verification/", forms.verification, name="verification"),
    path("items/<str:code>/abolition/", forms.abolition, name="abolition"),
    path("items/<str:code>/adoption/", forms.adoption, name="adopting"),
    path("adoptions/", lists.adoption_list, name="adoptions"),
    path("adoptions/<str:code>/", records.adoption_page, name="adoption"),
    path("adoptions/<str:code>/check/", forms.check_form, name="check"),
    path("adoptions/<str:code>/withdrawal/", forms.withdrawal, name="withdrawal"),
]

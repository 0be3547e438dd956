"""Addresses of the calendar; `?region=630000` chooses a division, without it the whole country."""

from django.urls import path

from .pages import day_form, notice_form, this_year, year_page

app_name = "calendar"
urlpatterns = [
    path("", this_year, name="this_year"),
    path("day/", day_form, name="day"),
    path("<int:year>/", year_page, name="year"),
    path("<int:year>/notice/", notice_form, name="notice"),
]

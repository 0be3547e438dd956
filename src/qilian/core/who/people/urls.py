"""Addresses of people and posts."""

from django.urls import path

from .pages import administration, posts

app_name = "people"
urlpatterns = [
    path("", administration.people, name="list"),
    path("registration", administration.register, name="register"),
    path("mine/", posts.mine, name="mine"),
    path("units/<slug:slug>/", posts.unit_people, name="unit"),
    path("posts/<slug:code>/", posts.post_record, name="post"),
    path("posts/<slug:code>/hand-over", posts.handing_over, name="hand-over"),
    path("posts/<slug:code>/deputies", posts.deputising, name="deputise"),
    path("deputies/<slug:code>/end", posts.ending, name="end-deputy"),
    path("<slug:code>/", administration.record, name="record"),
    path("<slug:code>/posts", administration.appointment, name="appoint"),
    path("<slug:code>/closing", administration.closing, name="close"),
]

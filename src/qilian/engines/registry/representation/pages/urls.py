"""Addresses of representation."""

from django.urls import path

from . import claims, mandates, reviews

app_name = "representation"
urlpatterns = [
    path("", mandates.mine, name="mine"),
    path("myself", mandates.myself, name="self"),
    path("claims", claims.start, name="start"),
    path("claims/<slug:code>/", claims.claim, name="claim"),
    path("claims/<slug:code>/role", claims.role, name="role"),
    path("claims/<slug:code>/evidence", claims.evidence, name="evidence"),
    path("claims/<slug:code>/evidence/<slug:use>/removal", claims.removal, name="remove"),
    path("claims/<slug:code>/submission", claims.submission, name="submission"),
    path("claims/<slug:code>/withdrawal", claims.withdrawal, name="withdraw"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/<slug:code>/", reviews.review, name="review"),
    path("parties/<slug:code>/mandates/", mandates.mandates, name="mandates"),
    path("parties/<slug:code>/mandates/delegation", mandates.delegation, name="delegate"),
    path("mandates/<slug:code>/revocation", mandates.revocation, name="revoke"),
]

"""Addresses of the log and of the queue."""

from django.urls import include, path

from . import log, queue, receipts

_LOG = [
    path("", log.log, name="log"),
    path("<int:sequence>/", log.record, name="record"),
    path("<int:sequence>/receipt.json", log.receipt_file, name="receipt"),
]
_QUEUE = [
    path("", queue.queue, name="queue"),
    path("<int:number>/", queue.queued_job, name="job"),
    path("<int:number>/retry", queue.retrying, name="retry"),
]
_RECEIPTS = [
    path("", receipts.entrance, name="entrance"),
    path("verify.py", receipts.script, name="script"),
    path("checkpoint.json", receipts.checkpoint_file, name="checkpoint"),
    path("growth-<int:size>.json", receipts.growth_file, name="growth"),
    path("<int:sequence>/<str:digest>/", receipts.page, name="page"),
    path("<int:sequence>/<str:digest>/receipt.json", receipts.file, name="file"),
]
urlpatterns = [
    path("events/", include((_LOG, "events"))),
    path("receipts/", include((_RECEIPTS, "receipts"))),
    path("outbox/", include((_QUEUE, "outbox"))),
]

"""One way to answer a form: empty on GET; on POST the next address, or 422 and the form with what was refused."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from qilian.core.values.text import Refusal

from .response import show
from .shapes import StepForm

Fill = Callable[..., StepForm]
Handler = Callable[[QueryDict], str]


def answer_form(request: HttpRequest, form: Fill, handle: Handler) -> HttpResponse:
    """Answer a form; `form` takes the values and the refusals, `handle` the values and gives the next address.

    A missing right is no matter of the form and goes on as 403.
    """
    if request.method != "POST":
        return show(form(request.POST))
    try:
        return HttpResponseRedirect(handle(request.POST))
    except Refusal as refusal:
        if refusal.code == "grants.denied":
            raise
        return show(form(request.POST, refusal), status=422)

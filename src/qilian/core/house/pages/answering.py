"""One way to answer a form: empty on GET; on POST the next address, or 422 and the form with what was refused.

Who did something is told so on the next page, in a line that also names what may be done from there.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from qilian.core.values.text import Refusal, Text

from .response import show
from .shapes import StepForm

Fill = Callable[..., StepForm]
Handler = Callable[[QueryDict], str]


def answer_form(request: HttpRequest, form: Fill, handle: Handler) -> HttpResponse:
    """Answer a form; `form` takes the values and the refusals, `handle` the values and gives the next address.

    A missing right is no matter of the form and goes on as 403.
    """
    shape = form(request.POST)
    if request.method != "POST":
        return show(shape)
    try:
        return done(request, handle(request.POST), shape.submit)
    except Refusal as refusal:
        if refusal.code == "grants.denied":
            raise
        return show(form(request.POST, refusal), status=422)


def done(request: HttpRequest, address: str, what: Text, said: Text | None = None) -> HttpResponse:
    """Go on to an address after something was done, and say there what: `said`, else that `what` is done."""
    told = said or Text(f"已办理：{what.zh}。", f"Done: {what.en}.")
    messages.success(request, str(told), fail_silently=True)
    return HttpResponseRedirect(address)

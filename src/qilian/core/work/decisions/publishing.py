"""One version of a decision table: what it changes, its table, and the two people who publish it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from qilian.core.offers.resource.api import record, visible
from qilian.core.work.parameters.api import ParameterValue

from .resource import VERSIONS, version_sections


@require_safe
def version_page(_request: HttpRequest, code: str) -> HttpResponse:
    """A version with what it changes; whoever may decide on it publishes it or turns it down."""
    row: ParameterValue = visible(VERSIONS, "", code)
    return record(VERSIONS, row, *version_sections(row))

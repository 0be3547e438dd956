"""The answer of a view: a shape that the web floor will draw; an engine never renders by itself."""

from django.http import HttpResponse

from .shapes import Shape


class ShapeResponse(HttpResponse):
    """An HTTP answer that still is data; `web.layout.middleware.Drawing` turns it into a page, CSV or fragment."""

    def __init__(self, shape: Shape, *, status: int = 200) -> None:
        super().__init__(status=status)
        self.shape = shape


def show(shape: Shape, *, status: int = 200) -> ShapeResponse:
    """Answer a request with a page shape; 422 with a StepForm that carries refusals."""
    return ShapeResponse(shape, status=status)

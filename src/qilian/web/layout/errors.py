"""Pages for what went wrong: refusals, and the statuses that Django hands over."""

import errno
import logging
import sys
from dataclasses import dataclass

from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template import loader

from qilian.core.rights.grants.api import current_principal
from qilian.core.values.text import Refusal, Text, Unfit

from .logs import REQUEST_ID

_LOG = logging.getLogger("qilian.request")
_ABSENT = ("absent", "missing", "unknown", "not-found", "not_found")
_BACK = Text("请返回上一页，或从首页重新开始。", "Go back, or start again from the first page.")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What an error page says: the status, the sentence, and what to do."""

    status: int
    title: Text
    message: Text
    remedy: Text
    where: str = ""
    code: str = ""


_TROUBLES = {
    400: Trouble(
        400,
        Text("请求有误", "Bad request"),
        Text("服务器看不懂这个请求。", "The server did not understand this request."),
        _BACK,
    ),
    403: Trouble(
        403,
        Text("不能这样做", "Not permitted"),
        Text("您没有权限，或页面已过期。", "You have no right to do this, or the page has expired."),
        Text(
            "请刷新页面后重试；仍不行请登录或联系管理员。",
            "Reload the page and try again; else sign in or ask an administrator.",
        ),
    ),
    404: Trouble(
        404,
        Text("没有这一页", "No such page"),
        Text("这个地址没有内容，可能已经移动或写错。", "Nothing is at this address; it may have moved or be mistyped."),
        Text("请从首页或方案目录查找。", "Look for it from the first page or the plan."),
    ),
    405: Trouble(
        405,
        Text("不能直接打开", "Not to be opened"),
        Text("这个地址只接受表单提交。", "This address only takes forms."),
        _BACK,
    ),
    500: Trouble(
        500,
        Text("系统出错", "Something broke"),
        Text(
            "系统没有完成这一步，没有保存任何半截内容。", "The system did not finish this step; nothing was half-saved."
        ),
        Text(
            "请稍后重试；仍不行请把下面的编号告诉管理员。",
            "Try again later; else tell the number below to an administrator.",
        ),
    ),
    503: Trouble(
        503,
        Text("暂时不能办理", "Not at this moment"),
        Text(
            "数据库暂时没有回应，或磁盘已满；没有保存任何半截内容。",
            "The database does not answer just now, or the disk is full; nothing was half-saved.",
        ),
        Text("请稍后重试，填写的内容须重新提交。", "Try again in a moment; what was sent has to be sent again."),
    ),
}
_PASSING = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ENOMEM)
"""Faults of the machine that pass: no room, nothing writable, no more files, no memory."""
_READ_ONLY = "25006"
"""What PostgreSQL says (SQLSTATE) while it takes no changes: a standby, or a keeper who works on it."""
_FORBIDDEN = (
    "tokens.reading",
    "tokens.oneself",
    "tokens.parties",
    "registry.party.stranger",
    "registry.mandate.expired",
    "registry.mandate.revoked",
    "registry.mandate.coming",
)
_TITLES = {
    401: Text("请先登录", "Sign in first"),
    403: Text("不能这样做", "Not permitted"),
    404: Text("没有找到", "Not found"),
    422: Text("不能受理", "Not accepted"),
}


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal: 401 for tokens, 403 for grants and mandates, 404 for an address, else 422."""
    if refusal.code == "tokens.invalid":
        return 401
    if refusal.code.startswith("grants.") or refusal.code in _FORBIDDEN:
        return 403
    last = refusal.code.rpartition(".")[2]
    address = not isinstance(refusal, Unfit) and not refusal.code.startswith(("pages.", "forms."))
    return 404 if last in _ABSENT and address else 422


def problem(refusal: Refusal) -> dict[str, object]:
    """A refusal as the API says it: code, message, where, remedy; in `also` what else is wrong, in the same form."""
    said: dict[str, object] = {
        "code": refusal.code,
        "message": str(refusal.message),
        "where": refusal.where,
        "remedy": str(refusal.remedy) if refusal.remedy else "",
    }
    return {**said, "also": [problem(each) for each in refusal.also]} if refusal.also else said


def problem_response(status: int, body: dict[str, object]) -> JsonResponse:
    """Answer the API with a problem (RFC 9457 media type; the members are ours)."""
    return JsonResponse(
        body, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False}
    )


def refusal_response(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer a refusal as a page, or as JSON to whoever asked for JSON."""
    status = status_of(refusal)
    if _wants_json(request):
        answer = problem_response(status, problem(refusal))
        if status == 401:
            answer["WWW-Authenticate"] = "Bearer"
        return answer
    trouble = Trouble(status, _TITLES[status], refusal.message, refusal.remedy or _BACK, refusal.where, refusal.code)
    return _page(request, trouble)


def to_next_page(request: HttpRequest, address: str) -> HttpResponse:
    """Lead who has not shown or set up his second factor there; a program is told instead."""
    if not _wants_json(request):
        return HttpResponseRedirect(address)
    message = Text("请先完成第二重验证。", "Show your second factor first.")
    remedy = Text("请在浏览器中登录并完成验证。", "Sign in with a browser and finish there.")
    return problem_response(403, problem(Refusal("factors.needed", message, where=address, remedy=remedy)))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _answer(request, 400, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _answer(request, 403, exception)


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of the CSRF check: the form was left open too long, or cookies are off."""
    return _answer(request, 403, reason)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return _answer(request, 404, exception)


def wrong_method(request: HttpRequest, refused: HttpResponseNotAllowed) -> HttpResponse:
    """405 with a page, where Django has an empty answer; the header that tells what is allowed stays."""
    response = _answer(request, 405, f"allows {refused['Allow']}")
    response["Allow"] = refused["Allow"]
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 for what passes: drawn without the database and the layout's context, which may be what broke."""
    trouble = _TROUBLES[503 if _passes(sys.exc_info()[1]) else 500]
    if _wants_json(request):
        answer: HttpResponse = problem_response(trouble.status, _as_problem(trouble))
    else:
        told = {"trouble": trouble, "request_id": REQUEST_ID.get()}
        answer = HttpResponse(loader.render_to_string("layout/broken.html", told), status=trouble.status)
    if trouble.status == 503:
        answer["Retry-After"] = "10"
    return answer


def _passes(error: BaseException | None) -> bool:
    if isinstance(error, DatabaseError) and getattr(error.__cause__, "sqlstate", "") == _READ_ONLY:
        return True
    return isinstance(error, OperationalError) or (isinstance(error, OSError) and error.errno in _PASSING)


def _answer(request: HttpRequest, status: int, why: object) -> HttpResponse:
    _LOG.info("%s %s: %s", status, request.path, why if isinstance(why, str) else type(why).__name__)
    trouble = _TROUBLES[status]
    return problem_response(status, _as_problem(trouble)) if _wants_json(request) else _page(request, trouble)


def _page(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    sign_in = trouble.status == 403 and not current_principal().signed_in
    context = {"trouble": trouble, "sign_in": sign_in, "request_id": REQUEST_ID.get()}
    return render(request, "layout/error.html", context, status=trouble.status)


def _as_problem(trouble: Trouble) -> dict[str, object]:
    return {
        "code": f"http.{trouble.status}",
        "message": str(trouble.message),
        "where": "",
        "remedy": str(trouble.remedy),
    }


def _wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or request.headers.get("Accept", "").startswith("application/json")

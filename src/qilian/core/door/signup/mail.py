"""What the mails say, and one way out of the house; an OSError when the server does not take a mail."""

import smtplib
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from qilian.core.values.text import Text, speaking

_PATIENCE = 10.0  # seconds for a server to answer
_SIGNED = Text("祁连平台自动发送，请勿回复", "Sent by Qilian; please do not reply")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail in both languages; the path leads into this house."""

    title: Text
    body: Text
    path: str = ""


def confirmation(name: str, code: str) -> Letter:
    """Who signed up opens this link and shows his password."""
    return Letter(
        Text("请确认注册", "Confirm your account"),
        Text(
            f"{name}，您好：\n有人用这个邮箱注册账号。请在 24 小时内打开下面的链接，填写注册时设的密码。\n"
            "不是您本人注册的，请不要打开，账号不会生成。",
            f"{name},\nsomebody signed up with this address. Open the link below within 24 hours and enter the "
            "password that you chose.\nIf it was not you, do not open it: no account comes about.",
        ),
        f"/accounts/confirm/?{urlencode({'code': code})}",
    )


def known() -> Letter:
    """Somebody signed up with the address of a person who has an account."""
    return Letter(
        Text("您已经有账号", "You have an account already"),
        Text(
            "有人用这个邮箱注册账号，但它已经属于一个账号，因此没有再生成。\n"
            "是您本人的，请直接登录；忘记密码请打开下面的页面。不是您本人的，不必理会。",
            "Somebody signed up with this address, which belongs to an account already, so no other was made.\n"
            "If it was you, sign in; if you forgot your password, open the page below. If not, you need do nothing.",
        ),
        "/accounts/password/reset/",
    )


def forgotten(login: str, code: str) -> Letter:
    """Who forgot his password opens this link."""
    return Letter(
        Text("重新设置密码", "Set a new password"),
        Text(
            f"有人申请为登录名 {login} 重新设置密码。请在 30 分钟内打开下面的链接。\n"
            "不是您本人申请的，不必理会，密码没有变化。",
            f"Somebody asked for a new password for the login {login}. Open the link below within 30 minutes.\n"
            "If it was not you, you need do nothing: your password has not changed.",
        ),
        f"/accounts/password/set/?{urlencode({'code': code})}",
    )


def new_address(code: str) -> Letter:
    """Who wants another address proves it."""
    return Letter(
        Text("请确认新邮箱", "Confirm your new address"),
        Text(
            "有人要把账号的邮箱改为这个地址。请登录后，在 24 小时内打开下面的链接。不是您本人的，请不要打开。",
            "Somebody wants to use this address for an account. Sign in and open the link below within 24 hours. If "
            "it was not you, do not open it.",
        ),
        f"/account/email/confirmation/?{urlencode({'code': code})}",
    )


def address_changed() -> Letter:
    """Both addresses learn of the change."""
    return Letter(
        Text("账号的邮箱已更换", "The address of your account was changed"),
        Text(
            "您账号的电子邮箱已经更换。不是您本人操作的，请立即联系系统管理员。",
            "The mail address of your account was changed. If it was not you, tell the system administrator at once.",
        ),
    )


def send(letter: Letter, *, to: str, language: str) -> None:
    """Send a letter in one language; its links begin with QILIAN_BASE_URL, never with what a visitor sent."""
    address = settings.BASE_URL.rstrip("/") + letter.path if letter.path else ""
    with speaking(language):
        parts = [str(letter.body), address, f"—— {_SIGNED}"]
        message = EmailMessage(str(letter.title), "\n\n".join(filter(None, parts)) + "\n", settings.DEFAULT_FROM_EMAIL)
    message.to, message.connection = [to], get_connection(timeout=_PATIENCE)
    try:
        message.send()
    except smtplib.SMTPException as error:
        raise OSError(f"{type(error).__name__}: {error}") from error

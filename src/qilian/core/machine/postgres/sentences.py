"""What this room refuses, in both languages: the sentence, then what to do."""

from qilian.core.values.text import Refusal, Text

_NOTHING_CHANGED = Text(
    "原来的数据没有改变，请换一份备份或检查磁盘后再试。",
    "Nothing was changed. Try another backup, or look at the disk.",
)
_LAST_WORDS = (
    Text("PostgreSQL 没有启动。它最后说：\n  {said}\n", "PostgreSQL did not start. Its last words:\n  {said}\n"),
    Text("请检查磁盘空间和权限后再试。", "Check disk space and permissions, then try again."),
)
_SENTENCES = {
    "binaries": (
        Text("这里没有 PostgreSQL 程序。", "The PostgreSQL programs are not here."),
        Text("请运行 ./qilian up，它会安装所需的包。", "Run ./qilian up: it installs the packages it needs."),
    ),
    "account": (
        Text(
            "PostgreSQL 不能以 root 运行，而本机没有 postgres 或 nobody 账号。",
            "PostgreSQL will not run as root, and there is no account postgres or nobody.",
        ),
        Text("请用普通用户运行，或建立一个 postgres 账号。", "Run as an ordinary user, or create an account postgres."),
    ),
    "owner": (
        Text(
            "文件夹 {where} 属于另一个用户，这里不能写。",
            "The folder {where} belongs to another user; we cannot write there.",
        ),
        Text(
            "请用当初运行的用户再运行，或设置 QILIAN_VAR 指向自己的文件夹。",
            "Run as the user who made it, or set QILIAN_VAR to a folder of your own.",
        ),
    ),
    "unreachable": (
        Text(
            "账号 {account} 进不了 {where}，也没有别的地方可放数据库。",
            "The account {account} cannot come to {where}, nor to another place for the database.",
        ),
        Text(
            "请把代码放到别的账号能进入的文件夹，或设置 QILIAN_VAR。",
            "Move the checkout to a folder that others may pass, or set QILIAN_VAR.",
        ),
    ),
    "stranger": (
        Text("{where} 已被别人占用。", "{where} already belongs to somebody else."),
        Text("请移走它，再试一次。", "Move it away and try again."),
    ),
    "vanished": (
        Text("数据库原来在 {where}，现在不见了。", "The database was in {where}, and is gone."),
        Text(
            "请把它放回原处；没有的话，移走 var 里的 postgres.json，再用 ./qilian restore 恢复备份。",
            "Put it back; or remove postgres.json from var and bring a backup back with ./qilian restore.",
        ),
    ),
    "version": (
        Text(
            "数据库由 PostgreSQL {made_by} 建立，现在的程序是：{told}。",
            "The database was made by PostgreSQL {made_by}; the programs are now: {told}.",
        ),
        Text(
            "请用原来的版本备份（./qilian backup），再用新版本恢复。",
            "Back up with the old version (./qilian backup), restore with the new one.",
        ),
    ),
    "initdb": _LAST_WORDS,
    "start": _LAST_WORDS,
    "connect": (
        Text("连不上数据库：{said}。", "The database cannot be reached: {said}."),
        Text("请运行 ./qilian status 查看；密码在 var/keys。", "Look at ./qilian status; passwords are in var/keys."),
    ),
    "url": (
        Text("{where} 不是 PostgreSQL 地址。", "{where} is not the address of a PostgreSQL database."),
        Text("写法：postgresql://用户:密码@主机:端口/库名。", "Write postgresql://user:password@host:port/name."),
    ),
    "dump": (Text("备份没有完成：\n  {said}\n", "The backup did not finish:\n  {said}\n"), _NOTHING_CHANGED),
    "load": (Text("恢复没有完成：\n  {said}\n", "The restore did not finish:\n  {said}\n"), _NOTHING_CHANGED),
    "counts": (
        Text("恢复后的行数与备份不符：{said}。", "The restored rows are not those of the backup: {said}."),
        _NOTHING_CHANGED,
    ),
}


def refusal(name: str, where: object = "", **values: object) -> Refusal:
    """Return the refusal `postgres.<name>`, its places filled; `where` is a path or an address."""
    message, remedy = _SENTENCES[name]
    return Refusal(f"postgres.{name}", message.filled(where=where, **values), where=str(where), remedy=remedy)


def last_lines(lines: list[str], count: int = 8) -> str:
    """Return the last lines of a program's output, indented to stand below a sentence."""
    return "\n  ".join(lines[-count:])

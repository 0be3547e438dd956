"""Every setting of the house; each variable has a default that runs on a laptop (docs/reference/settings.md)."""

from pathlib import Path

from environs import Env

from qilian.core.machine.postgres.api import database_settings

env = Env()
SOURCE = Path(__file__).resolve().parents[1]
ROOT = SOURCE.parents[1]

VAR = Path(env.str("QILIAN_VAR", str(ROOT / "var")))
MODE = env.str("QILIAN_MODE", "demo", validate=lambda mode: mode in ("demo", "real", "test") or _bad_mode(mode))
ROLE = env.str("QILIAN_ROLE", "app")
PLAN = Path(env.str("QILIAN_PLAN", str(ROOT / "plan" / "qinghai-2015")))
SOURCES = Path(env.str("QILIAN_SOURCES", str(ROOT.parent / "shared" / "plan")))


def _bad_mode(mode: str) -> bool:
    raise ValueError(f"QILIAN_MODE is demo, real or test, not {mode!r}")


def _secret_key() -> str:
    """Return the key that signs sessions: from the environment, else the one that `up` or `start` wrote to var/keys."""
    written = VAR / "keys" / "session.key"
    return env.str("QILIAN_SECRET_KEY", "") or (written.read_text().strip() if written.exists() else "test-only" * 8)


SECRET_KEY = _secret_key()
DEBUG = env.bool("QILIAN_DEBUG", False)
ALLOWED_HOSTS = env.list("QILIAN_HOSTS", ["127.0.0.1", "localhost", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("QILIAN_ORIGINS", [])
HTTPS = env.bool("QILIAN_HTTPS", False)

INSTALLED_APPS = [
    "qilian.core",
    "qilian.engines.registry",
    "qilian.engines.ledger",
    "qilian.engines.casework",
    "qilian.spine",
    "qilian.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "qilian.web.layout.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "qilian.web.layout.middleware.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "qilian.web.layout.middleware.NoSuchFile",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "qilian.web.layout.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "qilian.web.layout.middleware.Acting",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "qilian.web.layout.middleware.Characters",
    "qilian.web.layout.middleware.Refusals",
    "qilian.web.layout.middleware.Drawing",
]

ROOT_URLCONF = "qilian.web.urls"
WSGI_APPLICATION = "qilian.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [*sorted(SOURCE.glob("**/templates"))],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "qilian.web.layout.context.house",
            ],
            "builtins": ["qilian.web.components.tags"],
        },
    }
]

DATABASES = {"default": database_settings(env=env.str, var=VAR, mode=MODE, role=ROLE)}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "core.Person"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("login", "name", "name_pinyin", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "qilian.core.door.signin.passwords.NotLeaked"},
    {"NAME": "qilian.core.door.signin.passwords.NotOurWords"},
    {"NAME": "qilian.core.door.signin.passwords.NotUsedBefore"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"

_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_PREFIX}sessionid", f"{_PREFIX}csrftoken"
LANGUAGE_COOKIE_NAME = f"{_PREFIX}language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^api/"]  # a program that sends a token in the clear is told so, not led on silently
SESSION_COOKIE_AGE = env.int("QILIAN_SESSION_HOURS", 12) * 3600
IDLE_MINUTES: int = env.int("QILIAN_IDLE_MINUTES", 60)
TWO_FACTORS: bool = env.bool("QILIAN_TWO_FACTORS", MODE == "real")
PROXIES: int = env.int("QILIAN_PROXIES", 0)
INSIDE: list[str] = env.list("QILIAN_INSIDE", [])
OIDC_ISSUER: str = env.str("QILIAN_OIDC_ISSUER", "")
OIDC_CLIENT: str = env.str("QILIAN_OIDC_CLIENT", "")
OIDC_SECRET_FILE: str = env.str("QILIAN_OIDC_SECRET_FILE", str(VAR / "keys" / "oidc.secret"))
OIDC_TITLE: str = env.str("QILIAN_OIDC_TITLE", "统一身份认证|the identity provider")
OIDC_STRONG_ACR: list[str] = env.list("QILIAN_OIDC_STRONG_ACR", [])
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "qilian.web.layout.errors.expired"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [SOURCE / floor / "locale" for floor in ("web", "core", "engines", "spine")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [SOURCE / "web" / "static"]
WHITENOISE_USE_FINDERS = MODE == "test"
_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
_HASHED = "whitenoise.storage.CompressedManifestStaticFilesStorage"  # named by content: kept for good, sent compressed
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": _STATIC if MODE == "test" else _HASHED,
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
}
MEDIA_ROOT = VAR / "files" / MODE

LOG_HASH = env.str("QILIAN_LOG_HASH", "sha256")
WITNESSES: list[str] = env.list("QILIAN_WITNESSES", [] if MODE == "test" else [f"file:{VAR / 'witness' / MODE}"])

FILE_BYTES_MAX = env.int("QILIAN_FILE_BYTES_MAX", 50 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_BYTES_MAX
BOUNDARIES = Path(env.str("QILIAN_BOUNDARIES", str(VAR / "maps" / "boundaries.geojson")))
MAIL_SPOOL = VAR / "mail" / MODE
PAYMENT_SPOOL = VAR / "payments" / MODE
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
if env.str("QILIAN_SMTP", ""):
    EMAIL_HOST, _, _port = env.str("QILIAN_SMTP").partition(":")
    EMAIL_PORT = int(_port or 25)
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = MAIL_SPOOL
DEFAULT_FROM_EMAIL = env.str("QILIAN_MAIL_FROM", "qilian@localhost")
BASE_URL = env.str("QILIAN_BASE_URL", "http://127.0.0.1:8000")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "qilian.web.layout.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env.str("QILIAN_LOG_LEVEL", "WARNING")},
    "loggers": {"qilian.request": {"level": env.str("QILIAN_REQUEST_LOG", "WARNING" if MODE == "test" else "INFO")}},
}

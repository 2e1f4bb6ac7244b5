"""Settings: SQLite and local files by default, everything else by environment variables.

Secure by default: DEBUG is off, and a missing secret stops the process unless TXNG_DEMO or
DEBUG says that this is a local trial.
"""

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

# --- what kind of installation this is -------------------------------------------------------
DEBUG = env.bool("DEBUG", False)
# A trial on one machine: fixed development secrets, no HTTPS, watermark on prints.
DEMO = env.bool("TXNG_DEMO", False)
LOCAL = DEBUG or DEMO
VAR_DIR = Path(env.str("TXNG_VAR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

SECRET_KEY = env.str("SECRET_KEY", "local-trial-only-" + "0" * 50) if LOCAL else env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"] if LOCAL else [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

# --- rooms -----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "config",
    "workflows",
    "reports",
    "stamps",
    "documents",
    "lots",
    "onboarding",
    "projects",
    "privacy",
    "registry",
    "imports",
    "notices",
    "worktime",
    "jobs",
    "people",
    "django_tasks",
    "django_tasks_db",
    "viewflow.workflow",  # the engine only; its front end brings 49 MB of static files
    "django_tables2",
    "django_filters",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "csp",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "stamps.keys_missing.MissingKeys",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context_processors.shell",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "tables/table.html"

# --- data ------------------------------------------------------------------------------------
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        env.str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'txng.sqlite3'}"), conn_max_age=600, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a transaction takes its write lock at once, so two tabs queue instead of failing
    # with "database is locked". FULL: what was acknowledged survives a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0;",
    }
else:
    # Without statistics (after a restore, a bulk import) the planner overrates the inbox's query and lets
    # the just-in-time compiler loose on it: 22 s measured for a row that is read in 5 ms.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c lock_timeout=5000 -c jit=off"
    # A server that is gone without a word is given up after three seconds, not after the kernel's minutes.
    DATABASES["default"]["OPTIONS"] |= {"connect_timeout": 3, "tcp_user_timeout": 3000}
# An outer transaction around requests would keep a child process locked while its parent is
# resumed (reference: deadlocks measured on PostgreSQL).
ATOMIC_REQUESTS = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env.str("REDIS_URL")}
    if env.str("REDIS_URL", "")
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# --- people ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["people.auth.PhoneOrUsernameBackend", "workflows.auth.RoleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = reverse_lazy("people:login")
LOGIN_REDIRECT_URL = reverse_lazy("home")
LOGOUT_REDIRECT_URL = reverse_lazy("people:login")

# --- language and time -----------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]

# --- files -----------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOCAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# A trial serves static/ as it lies there; production collects and compresses it first.
WHITENOISE_USE_FINDERS = LOCAL
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# --- security --------------------------------------------------------------------------------
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if not LOCAL:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    if env.bool("BEHIND_TLS_PROXY", False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies of ours stand in front; with a wrong number one person's wrong PINs slow down everybody.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 1 if env.bool("BEHIND_TLS_PROXY", False) else 0)

# No inline script or style anywhere, so no nonce, so pages stay cacheable.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}

# --- stamps ----------------------------------------------------------------------------------
# Printed on every stamp and final from the first one: changing it kills all printed stamps.
STAMPS_HOST = env.str("STAMPS_HOST", "tx.vidu.example") if LOCAL else env.str("STAMPS_HOST")
# Master secrets by key version, "version:hex64,version:hex64"; the version is one character of
# the serial's alphabet. Old versions stay here to verify stamps that are already printed.
_trial_key = ["0:" + "00" * 32]
STAMPS_KEYS: dict[str, str] = {
    version: key
    for version, _colon, key in (
        pair.partition(":") for pair in (env.list("STAMPS_KEYS", _trial_key) if LOCAL else env.list("STAMPS_KEYS"))
    )
}
STAMPS_KEY_VERSION = env.str("STAMPS_KEY_VERSION", "0")
STAMPS_MAX_ORDER = env.int("STAMPS_MAX_ORDER", 1_000_000)
# Above this quantity the person who ordered may not approve; 0: never.
STAMPS_SECOND_PERSON_ABOVE = env.int("STAMPS_SECOND_PERSON_ABOVE", 0)
# Stamps of one roll, which is one file; what is kept while it is made grows with its pages.
STAMPS_MAX_SHEET = env.int("STAMPS_MAX_SHEET", 100_000)

# Hosts that links of products lead to at once; to all others only after a page that names the host.
STAMPS_LINK_HOSTS: list[str] = env.list("STAMPS_LINK_HOSTS", [])
# Resolvers that answer for a whole GS1 prefix, "prefix=https://address,…": a producer's own, or the national one.
_handlers: list[str] = env.list("STAMPS_HANDLED_BY", [])
STAMPS_HANDLED_BY: dict[str, str] = {
    prefix: root.rstrip("/") for prefix, _equals, root in (pair.partition("=") for pair in _handlers)
}
# Scan pages are answered before Django, from memory (docs/adr/0025); off only to look for a fault.
STAMPS_FAST_SCANS = env.bool("STAMPS_FAST_SCANS", True)
# A header in which our own front proxy says the province of the sender's address, as a code of
# `stamps.life.provinces`; believed only behind a proxy (TRUSTED_PROXY_COUNT). Empty: provinces stay unknown.
STAMPS_PROVINCE_HEADER = env.str("STAMPS_PROVINCE_HEADER", "")
# Days after which single scans, and the keys of their hashes, are deleted (Law 91/2025/QH15); sums stay.
STAMPS_SCAN_DAYS = env.int("STAMPS_SCAN_DAYS", 180)
STAMPS_KEY_DAYS = env.int("STAMPS_KEY_DAYS", 7)
# Days after the end of its case that the contact and the photo of a buyer's report are deleted (the same law).
STAMPS_REPORT_DAYS = env.int("STAMPS_REPORT_DAYS", 180)

# Pages that the front proxy serves while nothing here answers (docs/resolver.md); it must be able to read them.
STAMPS_FALLBACK_DIR = Path(env.str("STAMPS_FALLBACK_DIR", str(VAR_DIR / "fallback")))

# --- notices ---------------------------------------------------------------------------------
# Where mails lead to; without a name of its own the first host.
SITE_URL = env.str(
    "SITE_URL", "http://127.0.0.1:8000" if LOCAL else f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if ALLOWED_HOSTS else ""
).rstrip("/")
EMAIL_HOST = env.str("EMAIL_HOST", "")
EMAIL_PORT = env.int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", EMAIL_PORT == 465)
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", not EMAIL_USE_SSL)
EMAIL_TIMEOUT = 20  # seconds; less than the time after which an unfinished delivery is taken back
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", EMAIL_HOST_USER or "txng@localhost")
if LOCAL and not EMAIL_HOST:  # a trial keeps its mails as files
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mails"
# Backends by dotted path; empty is "not set up", which the pages say. SMS: Console, File or HttpGateway
# of notices.backends.sms; ZNS: notices.backends.zns.Outbox.
NOTICES_EMAIL_BACKEND = "notices.backends.email.EmailBackend" if EMAIL_HOST or LOCAL else ""
NOTICES_SMS_BACKEND = env.str("NOTICES_SMS_BACKEND", "")
NOTICES_SMS_FILE = env.str("NOTICES_SMS_FILE", str(VAR_DIR / "sms.jsonl"))
NOTICES_SMS_URL = env.str("NOTICES_SMS_URL", "")
NOTICES_SMS_HEADERS: dict[str, str] = env.json("NOTICES_SMS_HEADERS", {"Content-Type": "application/json"})  # type: ignore[assignment]
NOTICES_SMS_BODY = env.str("NOTICES_SMS_BODY", '{"to": "{phone}", "content": "{text}", "id": "{key}"}')
NOTICES_SMS_SUCCESS = env.str("NOTICES_SMS_SUCCESS", "")
NOTICES_ZNS_BACKEND = env.str("NOTICES_ZNS_BACKEND", "")
NOTICES_ZNS_FILE = env.str("NOTICES_ZNS_FILE", str(VAR_DIR / "zns.jsonl"))
NOTICES_ZNS_TEMPLATES: dict[str, Any] = env.json("NOTICES_ZNS_TEMPLATES", {})  # type: ignore[assignment]

# --- imports ---------------------------------------------------------------------------------
# Kinds of lists that can be imported, by dotted path (imports.targets.Target).
IMPORT_TARGETS = ["registry.importing.target.OcopTarget", "projects.importing.attendance.AttendanceTarget"]

# --- documents -------------------------------------------------------------------------------
# Where LibreOffice is, for PDFs; empty: `soffice` or `libreoffice` on the path. Seconds for one paper, and memory
# (address space, of which LibreOffice maps far more than it uses) for each of its processes.
LIBREOFFICE = env.str("LIBREOFFICE", "")
LIBREOFFICE_SECONDS = env.int("LIBREOFFICE_SECONDS", 90)
LIBREOFFICE_MEMORY_MB = env.int("LIBREOFFICE_MEMORY_MB", 1536)

# --- long work -------------------------------------------------------------------------------
# The queue is a table: a task comes and goes with the transaction that wants it. `manage.py worker` does them.
TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["critical", "default", "bulk"]},
}
# Kinds of long work, by dotted path (jobs.kinds.Kind).
JOB_KINDS = [
    "stamps.actions.roll_files.RollFile",
    "documents.pdf.job.PdfOfVersion",
    "documents.dossier.job.AcceptanceDossier",
    "workflows.paper_job.PreparePapers",
    "workflows.template_pdf.TemplatePreview",
]
# Commands that one worker runs from time to time (seconds). Empty it where cron does.
WORKER_SCHEDULE: dict[str, int] = {"tick": 300} if env.bool("WORKER_TICKS", True) else {}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
}
TEST_RUNNER = "django.test.runner.DiscoverRunner"

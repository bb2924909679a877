"""Every setting, from the environment only. `plimsoll doctor` says what is missing."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("PLIMSOLL_VAR", ROOT / "var"))


def flag(name: str, default: bool = False) -> bool:
    """A yes/no variable: 1, true, yes and on count as yes."""
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated variable."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


DEMO = flag("PLIMSOLL_DEMO")
DEBUG = flag("PLIMSOLL_DEBUG")
# The demonstration may run with a key everyone knows; anything else must bring its own,
# and `check` (plimsoll.config.checks) refuses to serve without it.
DEMO_SECRET_KEY = "demonstration-only-" + "0" * 40
SECRET_KEY = os.environ.get("PLIMSOLL_SECRET_KEY", DEMO_SECRET_KEY)
ALLOWED_HOSTS = words("PLIMSOLL_HOSTS", "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = words("PLIMSOLL_ORIGINS")
BASE_URL = os.environ.get("PLIMSOLL_URL", "http://127.0.0.1:8000")
HTTPS = BASE_URL.startswith("https://")

POLICY_ROOT = Path(os.environ.get("PLIMSOLL_POLICY_ROOT", ROOT / "policy"))
AUTHORITY = os.environ.get("PLIMSOLL_AUTHORITY", "liverpool")

INSTALLED_APPS = [
    "plimsoll.config.apps.ConfigConfig",
    "plimsoll.core.apps.CoreConfig",
    "plimsoll.people.apps.PeopleConfig",
    "plimsoll.schools.apps.SchoolsConfig",
    "plimsoll.evidence.apps.EvidenceConfig",
    "plimsoll.documents.apps.DocumentsConfig",
    "plimsoll.allocations.apps.AllocationsConfig",
    "plimsoll.desk.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "plimsoll.config.urls"
WSGI_APPLICATION = "plimsoll.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "plimsoll.core.context.shell",
            ],
        },
    }
]

# --- data -------------------------------------------------------------------
DATABASE_URL = os.environ.get("DATABASE_URL", f"sqlite:///{VAR / 'plimsoll.sqlite3'}")
DATABASES = {"default": dj_database_url.parse(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE takes the write lock at the start, so a reader that turns writer
        # never fails half way; WAL lets readers go on meanwhile.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            # Without this, REPLACE would slip past the append-only triggers.
            "PRAGMA recursive_triggers=ON;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Sign-in rate limits must hold across processes, so the cache is a table.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "plimsoll_cache",
    }
}

# --- people -----------------------------------------------------------------
AUTH_USER_MODEL = "people.User"

# --- words, time ------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

# --- static files -----------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
# `make` installs GOV.UK Frontend and htmx and compiles the stylesheet into var/assets.
ASSETS = Path(os.environ.get("PLIMSOLL_ASSETS", ROOT / "var" / "assets"))
STATICFILES_DIRS = [ROOT / "static", ASSETS]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not (DEBUG or flag("PLIMSOLL_PLAIN_STATIC"))
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MEDIA_ROOT = VAR / "media"

# --- safety -----------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_SSL_REDIRECT = HTTPS and flag("PLIMSOLL_SSL_REDIRECT")
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if flag("PLIMSOLL_BEHIND_PROXY") else None
)
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        # The TOTP picture is a data: image.
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF, *words("PLIMSOLL_OIDC_ORIGINS")],
    }
}

# --- e-mail -----------------------------------------------------------------
EMAIL_BACKEND = os.environ.get(
    "PLIMSOLL_EMAIL_BACKEND",
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("PLIMSOLL_SMTP_HOST")
    else "django.core.mail.backends.filebased.EmailBackend",
)
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = os.environ.get("PLIMSOLL_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("PLIMSOLL_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("PLIMSOLL_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("PLIMSOLL_SMTP_PASSWORD", "")
EMAIL_USE_TLS = flag("PLIMSOLL_SMTP_TLS", default=True)
DEFAULT_FROM_EMAIL = os.environ.get("PLIMSOLL_FROM", "plimsoll@localhost")

# --- uploads ----------------------------------------------------------------
UPLOAD_LIMIT = 10 * 1024 * 1024  # bytes an evidence file may have
IMPORT_LIMIT = 512 * 1024 * 1024  # bytes an import may have once unpacked
CLAMD = os.environ.get("PLIMSOLL_CLAMD", "")  # host:port or a socket's path

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("PLIMSOLL_LOG", "WARNING")},
}

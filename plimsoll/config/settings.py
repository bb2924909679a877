"""Every setting, from the environment only. `plimsoll doctor` says what is missing."""

import os
from pathlib import Path
from urllib.parse import urlsplit

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


def origins(*addresses: str) -> list[str]:
    """Scheme and host of each address that is given."""
    return [f"{part.scheme}://{part.netloc}" for part in map(urlsplit, filter(None, addresses))]


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
    "plimsoll.visits.apps.VisitsConfig",
    "plimsoll.intervention.apps.InterventionConfig",
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
    "plimsoll.core.middleware.NothingKept",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "plimsoll.people.middleware.SessionLimits",
    "plimsoll.people.middleware.SecondFactor",
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
else:
    # Compiling a query costs PostgreSQL some 150 ms; a page's queries take a few without.
    # An `options` of the address takes this one's place.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
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
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL
INVITATION_DAYS = int(os.environ.get("PLIMSOLL_INVITATION_DAYS", "14"))

# By e-mail address and password, by a code sent to the address, or by passkey. Nobody signs
# up; the same words answer whether or not an address has an account.
ACCOUNT_ADAPTER = "plimsoll.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_FORMS = {
    "login": "plimsoll.people.forms.Login",
    "request_login_code": "plimsoll.people.forms.RequestLoginCode",
    "confirm_login_code": "plimsoll.people.forms.ConfirmLoginCode",
    "reset_password": "plimsoll.people.forms.ResetPassword",
    "reset_password_from_key": "plimsoll.people.forms.ResetPasswordKey",
    "change_password": "plimsoll.people.forms.ChangePassword",
    "set_password": "plimsoll.people.forms.SetPassword",
    "reauthenticate": "plimsoll.people.forms.Reauthenticate",
}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# allauth lays these over its own limits, by address typed ("key") and by computer ("ip").
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/15m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if flag("PLIMSOLL_BEHIND_PROXY") else 0

# Whoever works for the service proves it twice; off only where a test says so.
SECOND_FACTOR = flag("PLIMSOLL_SECOND_FACTOR", default=True)
MFA_ADAPTER = "plimsoll.people.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "plimsoll.people.forms.Authenticate",
    "reauthenticate": "plimsoll.people.forms.ReauthenticateByCode",
    "activate_totp": "plimsoll.people.forms.ActivateTOTP",
    "add_webauthn": "plimsoll.people.forms.AddPasskey",
    "edit_webauthn": "plimsoll.people.forms.RenamePasskey",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Plimsoll"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# One identity provider of the authority's own, any that speaks OpenID Connect.
OIDC_ISSUER = os.environ.get("PLIMSOLL_OIDC_ISSUER", "").rstrip("/")
# The provider asks for a second factor itself, so Plimsoll need not.
OIDC_SECOND_FACTOR = flag("PLIMSOLL_OIDC_SECOND_FACTOR")
SOCIALACCOUNT_ADAPTER = "plimsoll.people.adapters.ProviderAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "authority",
                "name": os.environ.get("PLIMSOLL_OIDC_NAME", "your authority’s account"),
                "client_id": os.environ.get("PLIMSOLL_OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("PLIMSOLL_OIDC_SECRET", ""),
                "settings": {
                    "server_url": OIDC_ISSUER,
                    "oauth_pkce_enabled": True,
                    # For a provider that gives only addresses it has checked, and does not
                    # say so (Microsoft Entra ID with one tenant is one).
                    "verified_email": flag("PLIMSOLL_OIDC_VERIFIED"),
                },
            }
        ]
        if OIDC_ISSUER
        else []
    }
}

# A session ends after this long without a page, and after this long in any case.
SESSION_IDLE_MINUTES = int(os.environ.get("PLIMSOLL_SESSION_IDLE_MINUTES", "60"))
SESSION_HOURS = int(os.environ.get("PLIMSOLL_SESSION_HOURS", "12"))
SESSION_COOKIE_AGE = SESSION_HOURS * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
ACCOUNT_SESSION_REMEMBER = False

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
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# Lax and not Strict: an identity provider leads back here, and so does a link in an e-mail.
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# The prefix makes browsers refuse the cookie from any other host or without TLS.
SESSION_COOKIE_NAME = "__Host-plimsoll" if HTTPS else "plimsoll"
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
        # Signing in with the provider is a form that leads to its page, and on from there.
        "form-action": [SELF, *origins(OIDC_ISSUER), *words("PLIMSOLL_OIDC_ORIGINS")],
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

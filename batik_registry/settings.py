"""Settings of the registry: one file, everything from the environment.

`DEBUG=1` (development, tests) and `DEMO=1` (set by `manage.py demo` alone) allow an embedded PostgreSQL and a
generated secret key. Without them this is production, and a missing variable stops the start with a sentence.
"""

import sys
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from batik_registry.secrets import local_secret

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.FileAwareEnv()

# Git-ignored: database, uploads, mail and keys of development and demo.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
LOCAL = DEBUG or DEMO


def required(name: str, hint: str) -> str:
    """The variable's value, or a stop that names the variable and says what to put there."""
    value: str = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"{name} belum diatur. Isi variabel lingkungan {name} dengan {hint}.")
    return value


def secret(name: str, hint: str) -> str:
    """A secret from the environment; in development and demo one that is generated once and kept in var/."""
    value: str = env.str(name, default="")
    if not value and LOCAL:
        return local_secret(VAR_DIR / "keys" / name.lower())
    return value or required(name, hint)


# --- identity and secrets -------------------------------------------------------------------------------------

SECRET_KEY = secret("SECRET_KEY", "rangkaian acak sedikitnya 50 huruf")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# The first key encrypts, all of them decrypt: put a new one in front to rotate.
PERSONAL_DATA_KEYS = secret("PERSONAL_DATA_KEYS", "satu atau beberapa kunci Fernet, dipisah koma").split(",")
PERSONAL_DATA_HASH_KEY = secret("PERSONAL_DATA_HASH_KEY", "rangkaian acak sedikitnya 32 huruf")

ALLOWED_HOSTS = ["*"] if LOCAL else required("ALLOWED_HOSTS", "nama host layanan, dipisah koma").split(",")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- applications ---------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "portal",
    "public",
    "programs",
    "centres",
    "workbooks",
    "documents",
    "submissions",
    "changes",
    "accounts",
    "regions",
    "batik_registry",
    "batik_registry.admin_apps.RegistryAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "rest_framework",
    "django_filters",
    "drf_standardized_errors",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "batik_registry.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SignInMiddleware",  # a page is closed unless it says that it is public
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "accounts.middleware.LocalTimeMiddleware",
    "changes.middleware.ChangeContextMiddleware",
    "accounts.middleware.AllowanceMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "batik_registry.urls"
WSGI_APPLICATION = "batik_registry.wsgi.application"
ASGI_APPLICATION = "batik_registry.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "batik_registry.context_processors.site",
            ],
            "builtins": ["batik_registry.templatetags.formats"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
FORMS_URLFIELD_ASSUME_HTTPS = True  # an address typed without its scheme is https, as from Django 6.0

# --- database: PostgreSQL 15 or newer, nothing else -----------------------------------------------------------

if env.str("DATABASE_URL", default="") or not LOCAL:
    required("DATABASE_URL", "alamat PostgreSQL, misalnya postgres://pengguna@localhost/registri")
    DATABASES = {"default": env.db("DATABASE_URL")}
else:
    DATABASES = {
        "default": {
            "NAME": "registri",
            # The web server and the worker sign in as the application's role, which cannot rewrite history.
            "USER": env.str("EMBEDDED_DATABASE_USER", default="postgres"),
            "OPTIONS": {"embedded_root": VAR_DIR / "postgres"},
        }
    }
DATABASES["default"]["ENGINE"] = "batik_registry.postgresql"
DATABASE_POOL = {"min_size": 1, "max_size": env.int("DATABASE_POOL_SIZE", default=8), "timeout": 5}
if env.bool("DATABASE_POOL", default=False):  # switched on by the web server; commands need no pool
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = DATABASE_POOL

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- sign-in --------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: refuses a locked-out pair before any password is checked
    "accounts.backends.AppointmentBackend",  # allauth's, for accounts whose appointment has not run out
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"  # accounts are made by offices: no sign-up
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_SESSION_COOKIE_AGE = 14 * 24 * 60 * 60  # "Tetap masuk 14 hari di perangkat ini"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Registri Sentra Batik] "
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # strangers get no mail from us
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
}
ACCOUNT_RATE_LIMITS = {"login_failed": None}  # axes counts failed sign-ins; two counters contradict each other
MFA_TOTP_ISSUER = "Registri Sentra Batik"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the office that opened the account vouches for the address
MFA_TOTP_TOLERANCE = 1  # phones whose clock is half a minute off
MFA_FORMS = {
    "authenticate": "accounts.forms.AuthenticateForm",
    "reauthenticate": "accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "accounts.forms.ActivateTOTPForm",
}
REQUIRE_STAFF_MFA = env.bool("REQUIRE_STAFF_MFA", default=not LOCAL)
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "accounts.lockout.account_of"
AXES_CLIENT_IP_CALLABLE = "accounts.lockout.address_of"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "email", "code"]  # kept out of its table and log
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the page says how long to wait, and that stays true
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "accounts.lockout.locked_out"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False  # an administrator lifts a lockout from the account's own page

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = not LOCAL
CSRF_COOKIE_SECURE = not LOCAL
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not LOCAL)
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 0 if LOCAL else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL
SECURE_HSTS_PRELOAD = not LOCAL
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "worker-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # data: the motif and the icons that stand in our stylesheets
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

# --- language, time, files ------------------------------------------------------------------------------------

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]  # batik_registry/language.py says which answers
FORMAT_MODULE_PATH = "batik_registry.spelling"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = not LOCAL
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR_DIR / "media"))
# Official borders for the maps, where `import_boundaries` brought some.
MAP_BOUNDARIES = Path(env.str("MAP_BOUNDARIES", default=str(VAR_DIR / "boundaries.json")))
# So long a public page answers without asking the database anew.
PUBLIC_SECONDS = env.int("PUBLIC_SECONDS", default=60)
# The licence of the open data, once the ministry has fixed it: its address, and its name for people.
DATA_LICENCE_URL = env.str("DATA_LICENCE_URL", default="")
DATA_LICENCE_NAME = env.str("DATA_LICENCE_NAME", default="")
WHITENOISE_USE_FINDERS = LOCAL
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOCAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # an admin page with inlines posts many fields

# --- mail -----------------------------------------------------------------------------------------------------

if LOCAL:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
else:
    vars().update(env.email("EMAIL_URL", default="smtp://localhost:25"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Registri Sentra Batik <registri@localhost>")

# --- API ------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.TokenAuthentication",
        "accounts.authentication.BrowserAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_CLASSES": ["accounts.throttling.Allowance"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["batik_registry.rest.parsers.PlainJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "batik_registry.rest.schema.Schema",
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "URL_FORMAT_OVERRIDE": None,  # `format` is read by the resources themselves
    "UNAUTHENTICATED_USER": None,
}
# Requests a minute: of one token, of one person in the browser, and without a valid token of one address.
API_TOKEN_RATE = env.int("API_TOKEN_RATE", default=600)
API_SESSION_RATE = env.int("API_SESSION_RATE", default=300)
API_STRANGER_RATE = env.int("API_STRANGER_RATE", default=60)
DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_HANDLER_CLASS": "batik_registry.rest.problems.Handler",
    "EXCEPTION_FORMATTER_CLASS": "batik_registry.rest.problems.Formatter",
    "ENABLE_IN_DEBUG_FOR_UNHANDLED_EXCEPTIONS": False,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Registri Sentra Batik",
    "VERSION": "1.0.0",
    "DESCRIPTION": "Sentra industri batik Indonesia, IKM anggotanya, alokasi DAK, dan kegiatannya.",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "AllocationKindEnum": "programs.choices.AllocationKind.choices",
        "ChangeKindEnum": "changes.viewsets.KINDS",
        "RuleSetStatusEnum": "centres.choices.RuleStatus.choices",
    },
    "ENUM_GENERATE_CHOICE_DESCRIPTION": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "batik_registry.rest.contract.spoken",
    ],
}

# Whose word is taken for the servers of webhooks (a PEM file; empty: the system's), and hosts that may lie in a closed
# network, such as a partner's within the government's own.
WEBHOOK_CA_FILE = env.str("WEBHOOK_CA_FILE", default="")
WEBHOOK_PRIVATE_HOSTS = env.list("WEBHOOK_PRIVATE_HOSTS", default=[])

# Who may read /metrics from another machine: `Authorization: Bearer <this>`. Empty: this machine alone.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

# --- logs -----------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "stream": sys.stderr}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO" if not LOCAL else "WARNING")},
}

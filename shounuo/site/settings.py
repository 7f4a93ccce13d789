"""Django's settings; everything an installation may choose comes from `shounuo.site.config`."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from shounuo.site.config import config, listed, mail_server

CONFIG = config()
PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = CONFIG.debug
DEMO = CONFIG.demo
ORGANISATION = CONFIG.organisation
INTAKE_PER_ADDRESS = CONFIG.intake_per_address
SECRET_KEY = CONFIG.key()
ALLOWED_HOSTS = listed(CONFIG.allowed_hosts)
CSRF_TRUSTED_ORIGINS = listed(CONFIG.trusted_origins)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "shounuo.ledger",
    "shounuo.outbox",
    "shounuo.organisation",
    "shounuo.regulations",
    "shounuo.commitments",
    "shounuo.cases",
    "shounuo.portal",
    "shounuo.reminders",
    "shounuo.site",
]
MIDDLEWARE = [
    "shounuo.site.middleware.watched",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "shounuo.site.middleware.content_security",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "shounuo.site.middleware.only_https",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "shounuo.site.urls"
WSGI_APPLICATION = "shounuo.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shounuo.site.context.house",
            ],
        },
    }
]

DATABASES = {"default": CONFIG.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organisation.Account"
CODE_ROLES = listed(CONFIG.code_roles)
ABSENCE_RULES = "shounuo.site.absences"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("sign_in_name",)},
    },
    {"NAME": "shounuo.site.passwords.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = CONFIG.https
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "shounuo.organisation.views.unsent.csrf_failure"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIG.https else None
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ADDRESS = CONFIG.address
CHANNELS = tuple(CONFIG.channels())
globals().update(mail_server(CONFIG.mail))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = CONFIG.mail_from

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = CONFIG.time_zone

STATIC_URL = "/static/"
STATIC_ROOT = CONFIG.var / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [folder for folder in [PACKAGE / "site" / "static"] if folder.is_dir()]
WHITENOISE_USE_FINDERS = True  # one process serves its own files without a collecting step
WHITENOISE_AUTOREFRESH = DEBUG

SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]
if CONFIG.https:
    SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]  # the proxy redirects and sends HSTS

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "shounuo.site.logs.JsonLines"},
        "terminal": {"()": "shounuo.site.logs.Lines"},
        "developer": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "developer" if DEBUG else "terminal" if DEMO else "json",
        }
    },
    "root": {"handlers": ["stderr"], "level": CONFIG.log_level},
    "loggers": {
        "django": {"handlers": [], "level": CONFIG.log_level, "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},  # our own line tells refused requests already
        "shounuo.request": {"level": "WARNING" if DEMO else CONFIG.log_level},
    },
}

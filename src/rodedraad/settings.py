"""How the site is set up; everything that differs per installation comes from the environment."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from rodedraad.database import database_settings
from rodedraad.fieldwork.backend import mail_settings
from rodedraad.home import home_folder, secret_text
from rodedraad.web.catalogs import catalogs_compile

PACKAGE = Path(__file__).resolve().parent
REPOSITORY = PACKAGE.parent.parent

BASE_URL = os.environ.get("RODEDRAAD_BASE_URL", "http://127.0.0.1:8000")
_host = urlsplit(BASE_URL).hostname or "127.0.0.1"
HTTPS = BASE_URL.startswith("https://")

SECRET_KEY = os.environ.get("RODEDRAAD_SECRET_KEY") or secret_text("secret_key")
DEBUG = False
ALLOWED_HOSTS = [_host, "127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CONTACT = os.environ.get("RODEDRAAD_CONTACT", "")

INSTALLED_APPS = [
    "rodedraad.web",
    "rodedraad.accounts",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "rodedraad.country",
    "rodedraad.studies",
    "rodedraad.jobs",
    "rodedraad.sources",
    "rodedraad.deidentification",
    "rodedraad.coding",
    "rodedraad.search",
    "rodedraad.agreement",
    "rodedraad.overviews",
    "rodedraad.suggestions",
    "rodedraad.fieldwork",
    "rodedraad.networks",
    "rodedraad.assessment",
    "rodedraad.scoring",
    "rodedraad.transfer",
    "rodedraad.surveys",
    "rodedraad.reports",
    "django.forms",
]

MIDDLEWARE = [
    "rodedraad.surveys.views.short_way.SavesFirst",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "rodedraad.web.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "rodedraad.accounts.second_factor.SecondFactorRequired",
    "rodedraad.web.error_pages.RefusalPages",
]

ROOT_URLCONF = "rodedraad.web.urls"
WSGI_APPLICATION = "rodedraad.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rodedraad.web.context.site",
            ],
        },
    }
]

FORM_RENDERER = "rodedraad.web.forms.PageRenderer"

DATABASES = {"default": database_settings()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["rodedraad.accounts.second_factor.PeopleSignedIn"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "rodedraad.accounts.adapter.InvitationOnly"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Rode Draad"
MFA_TOTP_TOLERANCE = 1
MFA_ADAPTER = "rodedraad.accounts.second_factor.AuthenticatorApp"
MFA_RECOVERY_CODES_SHOW_ONCE = True
ACCOUNT_SESSION_REMEMBER = False
CACHES = {
    "default": {  # in the database, so that limits on sign-in hold across processes
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
    }
}
CSRF_FAILURE_VIEW = "rodedraad.web.error_pages.form_too_old"

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True
catalogs_compile()  # here, because Django reads the translations while the models load

STATIC_URL = "/static/"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "rodedraad.web.package_files.PackageFiles",
]
STATIC_ROOT = home_folder() / "static"  # filled by statics_gather before the site is served
STATIC_ROOT.mkdir(exist_ok=True)
STATICS_GATHERED = (STATIC_ROOT / "staticfiles.json").is_file()
WHITENOISE_USE_FINDERS = not STATICS_GATHERED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "rodedraad.web.static_files.GatheredFiles"
        if STATICS_GATHERED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
globals().update(mail_settings(home_folder(), _host))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"masked": {"()": "rodedraad.web.logs.Masked"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "masked"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "propagate": True}},
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

"""Settings under test: the product's own, and one small app with flows that only exercise the engine."""

import os

os.environ.setdefault("TXNG_DEMO", "1")

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS, JOB_KINDS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.workflows.engine.machinery"]
JOB_KINDS = [*JOB_KINDS, "tests.jobs.toy.Toy"]
WORKER_SCHEDULE: dict[str, int] = {}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; strength is not under test
WHITENOISE_AUTOREFRESH = True  # static files come from static/, nothing is collected

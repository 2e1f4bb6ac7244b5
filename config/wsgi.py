"""WSGI entry point (granian --interface wsgi config.wsgi:application).

The system checks run here too: a server that starts without manage.py must not open a database
that its SQLite may corrupt, nor print stamps that nobody can read. Scan pages are answered in
front of Django (docs/adr/0025).
"""

import os

from django.core.checks import Tags, run_checks
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django = get_wsgi_application()

if problems := [
    message
    for message in run_checks(tags=[Tags.database, Tags.security], databases=["default"])
    if message.is_serious()
]:
    raise SystemExit("\n".join(map(str, problems)))

from stamps.fast.app import in_front_of  # noqa: E402, the rooms can be loaded only now

application = in_front_of(django)

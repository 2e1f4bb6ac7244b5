"""Say plainly when this Python is too old or cannot make environments; runs on any Python 3."""

import sys

OLDEST = (3, 11)

if sys.version_info < OLDEST:
    sys.exit(
        "TXNG needs Python %d.%d or newer; %s is Python %d.%d.\n"
        "Install a newer one and name it: make demo PYTHON=python3.12"
        % (OLDEST + (sys.executable,) + tuple(sys.version_info[:2]))
    )
try:
    import ensurepip  # noqa: F401
    import venv  # noqa: F401
except ImportError:
    sys.exit(
        "This Python cannot make virtual environments (the modules venv and ensurepip are missing).\n"
        "On Debian or Ubuntu: apt-get install python3-venv"
    )

"""The one door to LibreOffice: a Word file in, a PDF out, in a process of its own that cannot stay.

LibreOffice is optional. Every call has its own profile folder (two may not share one), a time limit for the whole
family of processes, and limits of memory and file size; it never sees a name that a person chose.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from documents.errors import DocumentError

MAX_PDF_BYTES = 50 * 1024 * 1024
_NAMES = ("soffice", "libreoffice")
_CHILD = Path(__file__).with_name("child.py")


class PdfFailed(DocumentError):
    """No PDF was made; the message says why and the way out."""


def program() -> str:
    """Return the path of LibreOffice; empty where it is not installed. `LIBREOFFICE` names another place."""
    wanted = [settings.LIBREOFFICE] if settings.LIBREOFFICE else _NAMES
    return next((path for name in wanted if (path := shutil.which(name))), "")


def is_there() -> bool:
    """Whether PDFs can be made here."""
    return bool(program())


def convert(docx: bytes) -> bytes:
    """Return the PDF of a Word file. Takes seconds: for a worker, not for a page.

    Raises PdfFailed where LibreOffice is missing, takes longer than `LIBREOFFICE_SECONDS`, or makes no PDF.
    """
    if not (path := program()):
        raise PdfFailed(missing())
    with tempfile.TemporaryDirectory(prefix="txng-pdf-") as folder:
        source, made = Path(folder, "paper.docx"), Path(folder, "paper.pdf")
        source.write_bytes(docx)
        _run(
            [
                path,
                *_OPTIONS,
                f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
                "--outdir",
                folder,
                str(source),
            ],
            folder,
        )
        data = made.read_bytes() if made.exists() else b""
    if not data.startswith(b"%PDF-"):
        raise PdfFailed(
            _("LibreOffice made no PDF of this paper. Download the Word file and save it as PDF on your own computer.")
        )
    return data


def missing() -> str:
    """Say that there is no LibreOffice, and the way out."""
    return _(
        "PDFs cannot be made here because LibreOffice is not installed on the server. Download the Word file and save "
        "it as PDF on your own computer, or ask the administrator to install LibreOffice."
    )


_OPTIONS = ("--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault", "--convert-to", "pdf")


def _run(command: list[str], folder: str) -> None:
    """Run it with its limits in a group of its own, and end the whole group when the time is over."""
    limits = (2 * settings.LIBREOFFICE_SECONDS, settings.LIBREOFFICE_MEMORY_MB * 1024**2, MAX_PDF_BYTES)
    # HOME inside the folder: nothing of LibreOffice is left behind; no proxy, no display.
    environment = {"HOME": folder, "PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "TMPDIR": folder}
    process = subprocess.Popen(  # noqa: S603  a fixed command; the file is called paper.docx
        [sys.executable, "-I", "-S", str(_CHILD), *map(str, limits), *command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(settings.LIBREOFFICE_SECONDS)
    except subprocess.TimeoutExpired:
        raise PdfFailed(
            _(
                "Making the PDF took longer than %(seconds)d seconds and was stopped. Try again later, or download the "
                "Word file and save it as PDF on your own computer."
            )
            % {"seconds": settings.LIBREOFFICE_SECONDS}
        ) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill whatever is left of the group: soffice starts children of its own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()

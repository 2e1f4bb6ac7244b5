"""An uploaded Word template is checked and filled for the first time in a process of its own, which it may take down.

A web process never parses, compiles or fills a template that a person uploaded and that nobody has checked.
Once it is registered, the template is trusted: `docx.render` compiles it where the paper is made, and keeps it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents.docx.shape import paths_of, sample
from documents.docx.values import plain
from documents.errors import ContextRefused, Fault, TemplateRefused
from documents.letterhead import Letterhead

MAX_OUTPUT = 20 * 1024 * 1024
WAIT_SECONDS = 20  # the child's own limit on CPU is stricter; this one is for a machine that is busy
_ROOT = Path(__file__).resolve().parents[2]


def check_template(template: bytes, paper_class: type) -> None:
    """Do what `docx.check_template` does, in a child with limits. Raises TemplateRefused."""
    shape = {"letterhead": Letterhead, "paper": paper_class}
    contexts = [{name: plain(sample(kind, full=full), name) for name, kind in shape.items()} for full in (True, False)]
    _in_child(template, {"allowed": sorted(paths_of(**shape)), "contexts": contexts})


def render(template: bytes, paper_class: type, **roots: object) -> bytes:
    """Check a template for `paper_class` and return it filled with `roots`, as `docx.render` would, for a preview.

    Raises TemplateRefused and ContextRefused.
    """
    context = {name: plain(value, name) for name, value in roots.items()}
    allowed = paths_of(letterhead=Letterhead, paper=paper_class)
    return _in_child(template, {"allowed": sorted(allowed), "contexts": [context]})


def _in_child(template: bytes, task: dict[str, Any]) -> bytes:
    """Run `documents.docx.sandbox_child` and return the last file it filled."""
    environment = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    said = json.dumps({**task, "language": get_language()}).encode()
    with tempfile.TemporaryFile() as output:  # the kernel stops a child that writes more into it than it may
        try:
            done = subprocess.run(  # noqa: S603  our own module, and no words of others
                [sys.executable, "-m", "documents.docx.sandbox_child", str(MAX_OUTPUT)],
                input=len(said).to_bytes(8) + said + template,
                stdout=output,
                stderr=subprocess.PIPE,
                cwd=_ROOT,
                env=environment,
                timeout=WAIT_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise _too_heavy() from error
        output.seek(0)
        answer = output.read(MAX_OUTPUT)
    if done.returncode == 0:
        return answer
    if done.returncode == 3:
        raise _refusal(json.loads(answer))
    raise _too_heavy()


def _refusal(told: dict[str, Any]) -> TemplateRefused | ContextRefused:
    if told["faults"]:
        return TemplateRefused([Fault(**fault) for fault in told["faults"]])
    return ContextRefused(told["message"])


def _too_heavy() -> TemplateRefused:
    reason = _("checking the file takes more time or memory than a template may; make it shorter and plainer")
    return TemplateRefused([Fault(tag=".docx", place=_("file"), reason=reason)])

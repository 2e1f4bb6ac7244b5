"""Child that checks and fills an uploaded template: `python -m documents.docx.sandbox_child BYTES < task > file`.

Task: eight bytes that say how long the JSON is, the JSON, the template. The answer is the filled file, or,
with exit status 3, JSON that says what is wrong. No settings, no database, no secret is known here.
"""

import dataclasses
import json
import resource
import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.utils import translation

CPU_SECONDS = 5
MEMORY_BYTES = 512 * 1024 * 1024
REFUSED = 3
_LOCALE = Path(__file__).resolve().parents[2] / "locale"


def limit(output_bytes: int) -> None:
    """Bind this process to its share of CPU and memory, and to so many bytes in any file."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    seconds = CPU_SECONDS + round(spent.ru_utime + spent.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output_bytes, output_bytes))


def run(task: dict[str, Any], template: bytes) -> bytes:
    """Return the file as the last context fills it; the template may print `task["allowed"]` and nothing else."""
    from documents import docx

    docx.refuse_faults(template, frozenset(task["allowed"]))
    filled = [docx.render(template, **context) for context in task["contexts"]]
    return filled[-1]


def main() -> int:
    """Answer one task; return the exit status."""
    settings.configure(USE_I18N=True, LOCALE_PATHS=[_LOCALE], LANGUAGE_CODE="vi")
    django.setup()
    from documents.errors import DocumentError, TemplateRefused

    limit(int(sys.argv[1]))
    length = int.from_bytes(sys.stdin.buffer.read(8))
    task = json.loads(sys.stdin.buffer.read(length))
    translation.activate(task["language"] or "vi")
    try:
        answer, status = run(task, sys.stdin.buffer.read()), 0
    except DocumentError as refused:
        faults = refused.faults if isinstance(refused, TemplateRefused) else ()
        told = {"faults": [dataclasses.asdict(fault) for fault in faults], "message": str(refused)}
        answer, status = json.dumps(told).encode(), REFUSED
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return status


if __name__ == "__main__":
    sys.exit(main())

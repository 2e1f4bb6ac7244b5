"""A file of a million stamps is a stream: memory does not grow with it (STAMPS=1000000 for the full number)."""

import os
import subprocess
import sys

STAMPS = int(os.environ.get("STAMPS", "200000"))
MB = 1024  # kB

CHILD = """
import sys
import django

django.setup()
from stamps.printing.layouts import A4_65
from stamps.printing.sheets import SheetWriter
from tests.stamps.samples import make_face, make_stamps


class Nowhere:
    def write(self, data):
        return len(data)


def peak():
    # Not ru_maxrss: that begins with what the process had before exec, which is the parent's.
    lines = open("/proc/self/status").read().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


total, size = int(sys.argv[1]), 9_750
writer = SheetWriter(Nowhere(), make_face(), A4_65, title="T")
for start in range(0, total, size):
    writer.write(make_stamps(min(size, total - start), start=start))
    writer.state()
    if start == size:
        early = peak()
print(writer.close().labels, early, peak())
"""


def test_a_file_of_many_stamps_takes_no_more_memory_than_one_of_few():
    answer = subprocess.run(
        [sys.executable, "-c", CHILD, str(STAMPS)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "TXNG_DEMO": "1"},
    )
    labels, early, peak = map(int, answer.stdout.split())

    assert labels == STAMPS
    assert peak < 300 * MB
    # The table of objects is 16 bytes a page: half a megabyte for a million stamps.
    assert peak - early < 16 * MB

"""The child of `documents.docx.sandbox` from a process that has done its imports: three quarters of a child's time.

Each file is still checked in a process of its own, by the child's own `main`, with its own limits; it is only forked
from one that waits instead of started from nothing. That the child starts from nothing is tested in test_sandbox.
"""

from __future__ import annotations

import array
import importlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from documents.docx import sandbox_child

# Stands in for the Python that the sandbox starts: hands its streams over and ends as the child ends.
LAUNCHER = """#!{python} -IS
import array, socket, sys
door = socket.socket(socket.AF_UNIX)
door.connect({door!r})
streams = array.array("i", [0, 1, 2])
door.sendmsg([sys.argv[-1].encode()], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, streams)])
sys.exit(int(door.recv(16) or b"1"))
"""


@contextmanager
def launcher(folder: Path) -> Iterator[str]:
    """Give the path of a program to be put in the place of `sys.executable`."""
    path, door = folder / "python", folder / "door"
    path.write_text(LAUNCHER.format(python=sys.executable, door=str(door)))
    path.chmod(0o755)
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.factories.warm_child", str(door)], stdout=subprocess.PIPE, env=environment
    ) as waiting:
        assert waiting.stdout is not None
        assert waiting.stdout.readline(), "the waiting process did not come up"
        try:
            yield str(path)
        finally:
            waiting.kill()


def wait(door: str) -> None:
    """Fork a child for everyone who comes to the door."""
    for name in ("documents.docx", "django.urls", "django.utils.log", "django.utils.translation.trans_real"):
        importlib.import_module(name)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(door)
        listening.listen()
        print("ready", flush=True)
        while True:
            guest, _address = listening.accept()
            with guest:
                guest.sendall(str(serve(guest)).encode())


def serve(guest: socket.socket) -> int:
    """Run one child on the guest's streams; return its exit status, 1 for one that was killed."""
    streams = array.array("i")
    said, ancillary, _flags, _address = guest.recvmsg(32, socket.CMSG_LEN(3 * streams.itemsize))
    streams.frombytes(ancillary[0][2])
    pid = os.fork()
    if pid == 0:
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        sys.argv = [sandbox_child.__file__, said.decode()]
        try:
            os._exit(sandbox_child.main())
        except BaseException:
            os._exit(1)
    for stream in streams:
        os.close(stream)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return status if status >= 0 else 1


if __name__ == "__main__":
    wait(sys.argv[1])

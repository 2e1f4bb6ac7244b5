"""What becomes LibreOffice: `python -I -S child.py SECONDS BYTES_OF_MEMORY BYTES_OF_A_FILE PROGRAM ARGUMENT…`.

It binds itself to its share and then turns into the program, which inherits the limits with all its children.
The parent could do that only between fork and exec, where a process with threads, as the worker is, must do nothing.
"""

import os
import resource
import sys


def main() -> None:
    """Take the limits, then be the program."""
    seconds, memory, file_size = map(int, sys.argv[1:4])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.execv(sys.argv[4], sys.argv[4:])  # noqa: S606  a fixed program, no shell


if __name__ == "__main__":
    main()

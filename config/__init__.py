"""The top of the house: settings, root URLs, servers, commands that see every room.

Imported before Django itself, so this is the place where the SQLite library is chosen.
"""

import sys

# Python's own sqlite3 links the system's SQLite, which up to 3.51.2 can corrupt a WAL database
# (fixed in 3.51.3). The pysqlite3 wheel carries a newer one; it must be in place before Django
# imports sqlite3. PyPy or a platform without a wheel falls back, and config/checks.py then says so.
try:
    import pysqlite3
except ImportError:
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2

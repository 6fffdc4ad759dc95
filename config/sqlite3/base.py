"""Django's SQLite backend without the one built-in check that ``trusted_schema=OFF`` forbids.

Django guards JSON columns with ``json_valid``. Older SQLite (3.40 in Debian 12) does not list that function
among the harmless ones, so a schema that uses it cannot even be created under ``trusted_schema=OFF``. The
field writes valid JSON anyway; the protection against a planted schema is worth more.
"""

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    data_type_check_constraints = {
        kind: check
        for kind, check in base.DatabaseWrapper.data_type_check_constraints.items()
        if kind != "JSONField"
    }

from typing import Any

from django.db import migrations

MAKE = (
    """
    CREATE FUNCTION huxin_pairs(a text, b text, c text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT coalesce(pg_catalog.array_agg(DISTINCT pg_catalog.substr(part, n, 2)), '{}')
        FROM pg_catalog.unnest(ARRAY[a, b, c]) AS part,
            pg_catalog.generate_series(1, pg_catalog.char_length(part) - 1) AS n
    $$
    """,
    """
    CREATE INDEX case_pairs ON cases_case
    USING gin (huxin_pairs(applicant_name, respondent_name, respondent_pinyin)) WITH (gin_pending_list_limit = 512)
    """,
    """
    CREATE INDEX person_pairs ON cases_person
    USING gin (huxin_pairs(name, pinyin, '')) WITH (gin_pending_list_limit = 512)
    """,
)
UNMAKE = ("DROP INDEX person_pairs", "DROP INDEX case_pairs", "DROP FUNCTION huxin_pairs(text, text, text)")


def make(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in MAKE:
            schema_editor.execute(statement)


def unmake(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in UNMAKE:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Names are found by any two of their characters on PostgreSQL; see `cases.pairs`."""

    dependencies = [("cases", "0006_index_of_number_tails")]

    operations = [migrations.RunPython(make, unmake)]

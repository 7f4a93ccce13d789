"""A column of grams and its question `match`, answered by the index each database has for it."""

from typing import Any

from django.db import models

from shounuo.cases.search import postgresql_query, sqlite_query


class GramsMatch(models.Lookup):
    """`grams__match=[(gram, begins), …]`: all of them, asked of the database's own index."""

    lookup_name = "match"
    on_postgresql = "{vector} @@ %s::tsquery"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """The condition as the database at hand says it."""
        column, bound = self.process_lhs(compiler, connection)
        if connection.vendor == "postgresql":
            sql = self.on_postgresql.format(vector=column.replace("grams", "vector"))
            return sql, (*bound, postgresql_query(self.rhs))
        key = column.replace('"grams"', '"id"')
        sql = f"{key} IN (SELECT rowid FROM cases_lookup_grams WHERE cases_lookup_grams MATCH %s)"  # noqa: S608
        return sql, (*bound, sqlite_query(self.rhs))


class GramsRead(GramsMatch):
    """`grams__read=…`: the same, asked of each row that is read anyway. PostgreSQL looks up an operator in an index
    and never a function, so that it cannot choose to go through very many hits for a few of them.
    """

    lookup_name = "read"
    on_postgresql = "ts_match_vq({vector}, %s::tsquery)"


class GramsField(models.TextField):  # type: ignore[type-arg]
    """Grams with a space between (see `search`)."""


GramsField.register_lookup(GramsMatch)
GramsField.register_lookup(GramsRead)

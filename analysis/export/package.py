"""The description of a snapshot for other programs: a Data Package (datapackage.org, version 2), with what v1 needs.

Column types, allowed values, keys and references are those of `analysis.schema`; what the standard has no word for
stands under `mavaze`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from analysis import schema
from analysis.config import DATA, ROOT
from analysis.export.archive import Member
from analysis.measure.filters import Filters
from analysis.schema import OPTIONAL_REFERENCES, REFERENCES, Column, Table

NAME = "datapackage.json"
FORMAT = 1
"""Of what stands under `mavaze`; a reader refuses later ones."""
BEFORE = "before_corrections/"
"""The folder of what the machine coded where people corrected it."""
MEDIA_TYPES = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
_SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES = {
    schema.TEXT: "string",
    schema.INTEGER: "integer",
    schema.NUMBER: "number",
    schema.FLAG: "boolean",
    schema.TIME: "datetime",
}
_MAY_BE_EMPTY = {("offices", "from")}
"""Parts of a key that may be unknown."""
_RIGHTS = (
    "The texts belong to the outlets that published them; no licence to them is given with this file. "
    "Before passing texts on, look at the terms of each source."
)


@dataclass(frozen=True, slots=True)
class About:
    """Where a snapshot comes from and what of it was chosen.

    Args:
        created: when it was made (UTC).
        filters: what was asked for; None for everything that is kept.
        view: the page of the dashboard that it was taken from.
        store_version: the version of the store; None where the tables came from elsewhere.
        batch_id: the batch that made this version.
        lexicons: fingerprints of the words and code that coded the rows.
        whole: whether every row of the articles is in it. One that is not cannot stand for its articles elsewhere
            until they are extracted again.
    """

    created: dt.datetime
    filters: Filters | None = None
    view: str = ""
    store_version: int | None = None
    batch_id: str = ""
    lexicons: tuple[str, ...] = ()
    whole: bool = True

    @property
    def query(self) -> dict[str, str]:
        """The filters as the parameters of a link; empty for everything."""
        return self.filters.to_query() if self.filters else {}


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a snapshot, as it was written."""

    table: Table
    member: Member
    rows: int
    kind: str = "csv"
    encoding: str = "utf-8"
    title: str = ""
    linked: bool = True
    """Whether its keys and references are promised; the flat table has none."""


def describe(about: About, parts: Iterable[Part], others: Iterable[Member], sources: Iterable[str],
             words: dict[str, str], link: str) -> dict[str, object]:  # fmt: skip
    """The data package of a snapshot.

    Args:
        about: where it comes from.
        parts: its tables.
        others: its other files, originals left out, which `originals/originals.csv` lists.
        sources: the outlets in it.
        words: the filters in words, by language.
        link: the filters as a link into a dashboard, without its address.
    """
    return {
        "$schema": _SCHEMA,
        "name": "mavaze-snapshot",
        "title": "Mavaze snapshot: " + words["en"],
        "description": f"{words['fa']}\n{words['en']}",
        "created": time_text(about.created),
        "version": str(about.store_version) if about.store_version is not None else "0",
        "keywords": ["diplomacy", "Persian", "news", "statements", "positions"],
        "sources": [{"title": name} for name in sources],
        "rights": _RIGHTS,
        "mavaze": {
            "format": FORMAT,
            "program": program(),
            "codebook": codebook(),
            "lexicons": list(about.lexicons),
            "store_version": about.store_version,
            "batch_id": about.batch_id,
            "everything": about.filters is None,
            "whole": about.whole,
            "filters": about.query,
            "link": link,
            "words": words,
            "view": about.view,
        },
        "resources": [*(_resource(part) for part in parts), *(_file(member) for member in others)],
    }


def _resource(part: Part) -> dict[str, object]:
    return {
        "name": resource_name(part),
        "type": "table",
        "path": part.member.name,
        "title": part.title,
        "format": part.kind,
        "mediatype": MEDIA_TYPES[part.kind],
        "encoding": part.encoding,
        "bytes": part.member.bytes,
        "hash": f"sha256:{part.member.sha256}",
        "rows": part.rows,
        "schema": table_schema(part.table, linked=part.linked),
    }


def resource_name(part: Part) -> str:
    """What a table is called in the package; references name it so."""
    return f"{part.table.name}_before_corrections" if part.member.name.startswith(BEFORE) else part.table.name


def _file(member: Member) -> dict[str, object]:
    stem, _, suffix = member.name.rpartition(".")
    return {
        "name": stem.replace("/", "-").lower(),
        "path": member.name,
        "format": suffix,
        "mediatype": "text/plain",
        "encoding": "utf-8",
        "bytes": member.bytes,
        "hash": f"sha256:{member.sha256}",
    }


def table_schema(table: Table, *, linked: bool = True) -> dict[str, object]:
    """A table of `analysis.schema` as a Table Schema."""
    needed = {name for name in table.key if (table.name, name) not in _MAY_BE_EMPTY}
    needed |= {column for child, column, _ in REFERENCES if child == table.name}
    found: dict[str, object] = {"fields": [_field(column, column.name in needed) for column in table.columns]}
    found["missingValues"] = [""]
    if linked:
        found["primaryKey"] = list(table.key)
        found["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": parent, "fields": [column]}}
            for child, column, parent in (*REFERENCES, *OPTIONAL_REFERENCES)
            if child == table.name
        ]
    return found


def _field(column: Column, needed: bool) -> dict[str, object]:
    constraints: dict[str, object] = {"required": True} if needed else {}
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    field: dict[str, object] = {
        "name": column.name,
        "type": _TYPES[column.dtype],
        "description": column.meaning,
        "constraints": constraints,
    }
    return field


def time_text(time: dt.datetime) -> str:
    """A UTC time as RFC 3339."""
    return time.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@cache
def program() -> str:
    """The program with its version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return f"{project['name']} {project['version']}"


@cache
def codebook() -> str:
    """The code book's version: a hash of its files."""
    digest = hashlib.sha256()
    for path in sorted((DATA / "codebook").glob("*")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]

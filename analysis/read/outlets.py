"""The outlets of `data/sources.toml`, so that a feed can be named by a short id."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.config import DATA
from analysis.errors import DataError, InputError, RejectedInput
from analysis.read.addresses import parse

FILE = DATA / "sources.toml"
_FIELDS = {"name_fa": str, "name_en": str, "country": str, "homepage": str, "feeds": list, "checked": str}
_ID = re.compile(r"[a-z][a-z0-9-]*")
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet and its feeds."""

    outlet_id: str
    name_fa: str
    name_en: str
    country: str
    """The state of the outlet, ISO 3166-1 alpha-2."""
    homepage: str
    feeds: tuple[str, ...]
    checked: bool
    """Whether somebody has opened the feeds at these addresses."""


def load_outlets(path: Path = FILE) -> dict[str, Outlet]:
    """The outlets by id, in the file's order.

    Raises:
        DataError: where the file is missing, is not TOML, or an outlet breaks its rules.
    """
    try:
        text = path.read_text(encoding="utf-8")
        given = tomllib.loads(text)
    except FileNotFoundError as error:
        raise DataError(path, 0, "the file is missing", "Restore it from the repository") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(path, 0, f"not TOML ({error})", 'Write lines like: name_en = "..."') from error
    lines = {line.strip(): number for number, line in enumerate(text.splitlines(), 1)}
    return {name: _outlet(path, lines.get(f"[{name}]", 0), name, fields) for name, fields in given.items()}


def _outlet(path: Path, line: int, name: str, fields: Any) -> Outlet:
    if not _ID.fullmatch(name) or not isinstance(fields, dict):
        raise DataError(path, line, f"`{name}` is no id of an outlet", "Write it like [bbc-persian], its fields below")
    for field in sorted(set(fields) ^ set(_FIELDS)):
        known = field in _FIELDS
        problem = f"`{name}` has no field `{field}`" if known else f"there is no field `{field}`"
        raise DataError(path, line, problem, "Fill it in" if known else f"Use only: {', '.join(_FIELDS)}")
    for field, kind in _FIELDS.items():
        if not isinstance(fields[field], kind) or (kind is str and not fields[field].strip()):
            raise DataError(path, line, f"`{field}` of `{name}` is empty or of the wrong kind", "Look at the others")
    if not _COUNTRY.fullmatch(fields["country"]):
        raise DataError(path, line, f"`country` of `{name}` is {fields['country']!r}", "Write two letters: IR")
    if fields["checked"] not in ("yes", "no"):
        raise DataError(path, line, f"`checked` of `{name}` is {fields['checked']!r}", "Write yes or no")
    for address in [fields["homepage"], *fields["feeds"]]:
        try:
            parse(str(address))
        except RejectedInput as error:
            raise DataError(path, line, f"an address of `{name}`: {error}", "Write it with https://") from error
    given = {**fields, "feeds": tuple(fields["feeds"]), "checked": fields["checked"] == "yes"}
    return Outlet(outlet_id=name, **given)


def feeds_of(name: str, path: Path = FILE) -> list[str]:
    """The addresses of an outlet's feeds, by its id.

    Raises:
        InputError: where there is no such outlet, or it has no feed.
        DataError: as `load_outlets`.
    """
    outlets = load_outlets(path)
    if name not in outlets:
        raise InputError(f"{name}: no outlet of {path.name}. There are: {', '.join(outlets)}.")
    if not outlets[name].feeds:
        raise InputError(f"{name}: no feed is known in {path.name}. Add its address there, or give it itself.")
    return list(outlets[name].feeds)

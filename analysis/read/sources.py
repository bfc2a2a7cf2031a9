"""Whatever can be read, one article after the other: files, folders, archives, feeds, addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from analysis.errors import InputError, RejectedInput
from analysis.read.archives import read_zip
from analysis.read.documents import read_docx, read_html, read_mhtml, read_pdf, read_txt
from analysis.read.encoding import unopened
from analysis.read.feed_files import read_xml
from analysis.read.inputs import Source, of_file
from analysis.read.items import Item, Rejected
from analysis.read.json_files import read_json, read_jsonl
from analysis.read.limits import LIMITS, Limits
from analysis.read.tables import read_csv, read_parquet
from analysis.schema import ARTICLES, TABLES

if TYPE_CHECKING:
    from analysis.read.web import Web

Reader = Callable[[Source, Limits], Iterator[Item | Rejected]]
READERS: dict[str, Reader] = {
    ".txt": read_txt,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".mhtml": read_mhtml,
    ".mht": read_mhtml,
    ".jsonl": read_jsonl,
    ".json": read_json,
    ".csv": read_csv,
    ".parquet": read_parquet,
    ".docx": read_docx,
    ".pdf": read_pdf,
    ".xml": read_xml,
    ".rss": read_xml,
    ".atom": read_xml,
}
"""What reads a file, by its suffix; archives apart."""
KINDS = (*READERS, ".zip")
_OTHER_NAMES = ("expected", "readme", ".", "__macosx")
_OTHER_TABLES = {table.name for table in TABLES if table is not ARTICLES} | {"people"}
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)


def read(inputs: Iterable[str | Path], *, limits: Limits = LIMITS, web: Web | None = None) -> Iterator[Item | Rejected]:
    """The articles of files, folders, archives and addresses, and what was turned away; never raises for an input.

    Args:
        inputs: paths, or addresses that begin with http:// or https://.
        limits: how much is taken on.
        web: how addresses are fetched; by default as the environment says.
    """
    seen: set[Path] = set()
    for given in inputs:
        if isinstance(given, str) and _ADDRESS.match(given):
            yield from _read_address(given, limits, web)
        else:
            for file in _files(Path(given)):
                if isinstance(file, Rejected):
                    yield file
                elif (resolved := file.resolve()) not in seen:
                    seen.add(resolved)
                    yield from read_file(of_file(file), limits)


def _read_address(address: str, limits: Limits, web: Web | None) -> Iterator[Item | Rejected]:
    if not address.lower().startswith(("http://", "https://")):
        reason = f"{address}: only http and https addresses are opened. Save it to a file and give that."
        yield Rejected(address, "bad_address", reason)
        return
    from analysis.read.web import Web, read_url  # Files alone need nothing of it.

    yield from read_url(address, web or Web.from_environment(limits))


def _files(path: Path) -> Iterator[Path | Rejected]:
    try:
        if path.is_dir():
            found = False
            for file, problem in walk(path):
                found = True
                yield Rejected(str(file), *problem) if problem else file
            if not found:
                reason = f"{path}: the folder holds nothing to read. Put {' '.join(KINDS)} files into it."
                yield Rejected(str(path), "empty", reason)
        elif not path.exists():
            raise RejectedInput("missing", f"{path}: there is no such file or folder. Check the path.")
        elif path.suffix.lower() not in KINDS or not path.is_file():
            raise unknown(str(path))
        else:
            yield path
    except RejectedInput as error:
        yield Rejected(str(path), error.code, str(error))
    except (OSError, ValueError) as error:  # A name that is too long, or holds a zero byte.
        yield Rejected(str(path), "missing", f"{path}: cannot be opened ({error}). Check the path.")


def unknown(where: str) -> RejectedInput:
    """The error for a file of a kind that is not read."""
    return RejectedInput(
        "unknown_kind", f"{where}: not a file that is read here. Give {' '.join(KINDS)}, or a folder of these."
    )


def walk(folder: Path) -> Iterator[tuple[Path, tuple[str, str] | None]]:
    """The files of a folder in order, each with the code and the reason where it is left out; hidden ones aside."""
    for place, folders, names in folder.walk():
        others = {name for name in folders if name.lower().startswith(_OTHER_NAMES)}
        folders[:] = sorted(set(folders) - others)
        for path in (place / name for name in sorted([*names, *others])):
            if path.name.startswith((".", "__MACOSX")) or _describes(path):
                continue
            problem = _unread(str(path), path.name)
            if not problem and not path.is_file():
                problem = "missing", f"{path}: a link that leads nowhere, or no file. Remove it."
            yield path, problem


def _describes(path: Path) -> bool:
    """Whether it is the .toml of a file that is read."""
    return path.suffix == ".toml" and any(path.with_suffix(suffix).is_file() for suffix in KINDS)


def _unread(where: str, name: str) -> tuple[str, str] | None:
    """Why a file of a folder or an archive is no article."""
    suffix, stem = PurePosixPath(name).suffix.lower(), PurePosixPath(name).stem.lower()
    tables = suffix in {".csv", ".parquet"} and stem in _OTHER_TABLES
    if tables or name.lower().startswith(_OTHER_NAMES):
        return "left_out", f"{where}: left out for its name. Give it by itself if it holds articles."
    if suffix not in KINDS:
        return "unknown_kind", f"{where}: not a file that is read here. Nothing is to be done if it is no article."
    return None


def read_file(source: Source, limits: Limits) -> Iterator[Item | Rejected]:
    """The articles of one file; what is wrong with the file ends it, what is wrong with a record only that."""
    try:
        if source.suffix == ".zip":
            yield from read_zip(source, limits, partial(_read_member, limits=limits))
        else:
            yield from READERS[source.suffix](source, limits)
    except RejectedInput as error:
        yield Rejected(source.where, error.code, str(error))
    except OSError as error:
        yield Rejected(source.where, "missing", str(unopened(source.where, error)))
    except MemoryError:
        reason = f"{source.where}: takes too much memory. Split it."
        yield Rejected(source.where, "too_large", reason)
    except Exception as error:
        # What a library stumbles over in a broken file must not stop the others.
        problem = " ".join(f"{type(error).__name__} {error}".split())[:200]
        yield Rejected(source.where, "damaged", f"{source.where}: cannot be read ({problem}). Save it again.")


def _read_member(source: Source, limits: Limits) -> Iterator[Item | Rejected]:
    """A member of an archive is judged by its name as a file of a folder is."""
    folders = source.where.rpartition(", ")[2].split("/")
    if any(part.startswith((".", "__MACOSX")) for part in folders) or source.suffix == ".toml":
        return
    if problem := _unread(source.where, source.name):
        yield Rejected(source.where, *problem)
    else:
        yield from READERS[source.suffix](source, limits)


__all__ = ["KINDS", "InputError", "read", "read_file", "unknown", "walk"]

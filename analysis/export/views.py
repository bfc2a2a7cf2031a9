"""Views saved under a name: a page with its filters and choices, kept for a desk in one small file.

The file is CSV with one line a view. Lines that cannot be read stay where they are and are reported: somebody wrote
them for some reason. Each change writes a new file and puts it in the place of the old one, under a lock, so that two
sessions lose nothing of each other.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import re
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from filelock import FileLock, Timeout

from analysis import config
from analysis.errors import ViewsError
from analysis.text.fold import fold_key

COLUMNS = ("name", "page", "query", "saved")
PAGES = ("overview", "topics", "countries", "positions", "statements", "article", "export", "brief")
"""Pages of the dashboard that can be saved; none of these words can be the name of a view."""
LONGEST = 80
"""Letters of a name."""
_LONGEST_LINK = 8000
_WAIT = 10.0
"""Seconds to wait for another session that is writing."""
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True)
class SavedView:
    """A view.

    Attributes:
        name: what the desk calls it.
        page: one of `PAGES`.
        query: the parameters of its address, as they stand behind `?`.
        saved: when, ISO 8601 in UTC.
    """

    name: str
    page: str
    query: str = ""
    saved: str = ""

    @property
    def params(self) -> dict[str, str]:
        """The parameters of its address."""
        return dict(parse_qsl(self.query))


@dataclass(frozen=True)
class Problem:
    """A line that is no view.

    Attributes:
        line: its number, the first line being 1.
        reason: what is wrong with it.
    """

    line: int
    reason: str


@dataclass(frozen=True)
class Shelf:
    """What a file holds."""

    views: tuple[SavedView, ...] = ()
    problems: tuple[Problem, ...] = ()

    def find(self, name: str) -> SavedView | None:
        """The view of a name, however it is spelled."""
        return next((view for view in self.views if fold_key(view.name) == fold_key(name)), None)


def place() -> Path:
    """Where the views are kept: MAVAZE_VIEWS, else beside the store's folder, else beside the program."""
    if given := os.environ.get("MAVAZE_VIEWS"):
        return Path(given)
    store = config.store_place()
    if store and "://" not in store:
        folder = Path(store).absolute()
        return folder.with_name(f"{folder.name}-views.csv")
    return config.ROOT / "views.csv"


def clean(name: str) -> str:
    """A name as it is kept: one line, without characters that nobody sees (ZWNJ and ZWJ stay).

    Raises:
        ViewsError: where no name is left, it is too long, or it is that of a page.
    """
    found = " ".join(_UNSEEN.sub(" ", unicodedata.normalize("NFC", name)).split())
    if not fold_key(found):
        raise ViewsError("A view needs a name. Write one with at least one letter or digit.")
    if len(found) > LONGEST:
        raise ViewsError(f"The name has {len(found)} letters. Write one of at most {LONGEST}.")
    if found.casefold() in PAGES:
        raise ViewsError(f"{found!r} is the name of a page. Choose another name for the view.")
    return found


def read(path: Path) -> Shelf:
    """The views of a file in the order in which they were saved; none where there is no file.

    Raises:
        ViewsError: where the file cannot be opened.
    """
    found = list(_lines(path))
    views = [entry for _, entry in found if isinstance(entry, SavedView)]
    return Shelf(tuple(views), tuple(entry for _, entry in found if isinstance(entry, Problem)))


def get(path: Path, name: str) -> SavedView:
    """The view of a name.

    Raises:
        ViewsError: where there is none, naming the nearest.
    """
    shelf = read(path)
    if found := shelf.find(name):
        return found
    names = [view.name for view in shelf.views]
    near = get_close_matches(name, names, 3, 0.5) or names[:5]
    hint = f"There are: {', '.join(near)}." if near else "No view is saved there yet."
    raise ViewsError(f"{name}: no view of this name in {path}. {hint}")


def save(path: Path, view: SavedView, *, overwrite: bool = False) -> SavedView:
    """Keep a view under its name.

    Args:
        path: the file, which is made where it is missing.
        view: what to keep; a view without a time gets the present one.
        overwrite: take the place of a view of that name.

    Returns:
        the view as it was kept.

    Raises:
        ViewsError: where the name is taken or none, the page is unknown, or the file cannot be written.
    """
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    kept = replace(view, name=clean(view.name), saved=view.saved or now)
    if problem := _problem(kept):
        raise ViewsError(f"{kept.name}: {problem}. Nothing was saved.")
    with _changing(path) as lines:
        at = _at(lines, kept.name)
        if at is not None and not overwrite:
            raise ViewsError(f"{kept.name}: there is a view of this name already. Choose another, or overwrite it.")
        if at is None:
            lines.append((_line(kept), kept))
        else:
            lines[at] = (_line(kept), kept)
    return kept


def rename(path: Path, name: str, new: str) -> SavedView:
    """Give a view another name.

    Raises:
        ViewsError: where there is none of the old name, the new one is taken or none, or the file cannot be written.
    """
    wanted = clean(new)
    with _changing(path) as lines:
        at, taken = _at(lines, name), _at(lines, wanted)
        if at is None:
            raise ViewsError(f"{name}: no view of this name in {path}; somebody may have removed it.")
        if taken not in (None, at):
            raise ViewsError(f"{wanted}: there is a view of this name already. Choose another.")
        kept = replace(_view(lines[at]), name=wanted)
        lines[at] = (_line(kept), kept)
    return kept


def delete(path: Path, name: str) -> SavedView:
    """Remove a view.

    Returns:
        the view, which `save` takes back as it was.

    Raises:
        ViewsError: where there is none of that name, or the file cannot be written.
    """
    with _changing(path) as lines:
        at = _at(lines, name)
        if at is None:
            raise ViewsError(f"{name}: no view of this name in {path}; somebody may have removed it.")
        return _view(lines.pop(at))


_Line = tuple[bytes, SavedView | Problem | None]
"""A line as it stands in the file, and what it is; the heading and empty lines are nothing."""


def _lines(path: Path) -> Iterator[_Line]:
    try:
        given = path.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        raise ViewsError(f"{path}: the saved views cannot be read ({error.strerror}). Check MAVAZE_VIEWS.") from error
    seen: set[str] = set()
    for number, line in enumerate(given.splitlines(), 1):
        entry = _parsed(line, number)
        if isinstance(entry, SavedView):
            if fold_key(entry.name) in seen:
                entry = Problem(number, "another view of this name stands above it")
            else:
                seen.add(fold_key(entry.name))
        yield line, entry


def _parsed(line: bytes, number: int) -> SavedView | Problem | None:
    try:
        cells = next(csv.reader([line.decode("utf-8-sig")], strict=True), [])
    except UnicodeDecodeError:
        return Problem(number, "not UTF-8")
    except csv.Error as error:
        return Problem(number, str(error))
    if not cells or (number == 1 and tuple(cells) == COLUMNS):
        return None
    if len(cells) != len(COLUMNS):
        return Problem(number, f"{len(cells)} cells instead of {len(COLUMNS)} ({', '.join(COLUMNS)})")
    view = SavedView(*cells)
    try:
        clean(view.name)
    except ViewsError as error:
        return Problem(number, str(error))
    problem = _problem(view)
    return Problem(number, problem) if problem else view


def _problem(view: SavedView) -> str:
    if view.page not in PAGES:
        return f"{view.page!r} is no page that can be saved ({', '.join(PAGES)})"
    if len(view.query) > _LONGEST_LINK:
        return f"its address has more than {_LONGEST_LINK} characters"
    return ""


def _line(view: SavedView) -> bytes:
    text = io.StringIO()
    query = urlencode(view.params)
    csv.writer(text, lineterminator="").writerow((view.name, view.page, query, view.saved))
    return text.getvalue().encode()


def _at(lines: list[_Line], name: str) -> int | None:
    key = fold_key(name)
    found = (at for at, (_, view) in enumerate(lines) if isinstance(view, SavedView) and fold_key(view.name) == key)
    return next(found, None)


def _view(line: _Line) -> SavedView:
    assert isinstance(line[1], SavedView)
    return line[1]


@contextmanager
def _changing(path: Path) -> Iterator[list[_Line]]:
    """The lines of a file, to be changed in place; they are written where nothing was raised."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{path}.lock", timeout=_WAIT):
            lines = list(_lines(path))
            if not lines:
                lines.append((",".join(COLUMNS).encode(), None))
            elif lines[0][1] is not None:
                raise ViewsError(
                    f"{path} holds something else than saved views: its first line is not {','.join(COLUMNS)}."
                    " Name another file in MAVAZE_VIEWS."
                )
            yield lines
            _write(path, b"".join(line + b"\n" for line, _ in lines))
    except Timeout as error:
        raise ViewsError(f"{path} is being written by somebody else. Try again in a moment.") from error
    except OSError as error:
        raise ViewsError(
            f"{path}: the saved views cannot be written ({error.strerror}). Name a file that can be in MAVAZE_VIEWS."
        ) from error


def _write(path: Path, content: bytes) -> None:
    new = path.with_name(f".{path.name}.new")  # One that a killed session left behind is written over.
    try:
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, new)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise

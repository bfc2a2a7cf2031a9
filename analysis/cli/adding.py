"""`add`: articles into the store, once or again and again."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from pathlib import Path

from analysis import config
from analysis.cli.common import RAW, Verbs, add_store, add_words, count, words_of
from analysis.cli.telling import Stop, Teller, say_time
from analysis.errors import InputError, MavazeError
from analysis.read.counting import count_articles
from analysis.read.fetch import Web
from analysis.read.items import Item, Rejected
from analysis.read.outlets import feeds_of, load_outlets
from analysis.read.sources import read
from analysis.store import Store
from analysis.store.add import BATCH, add
from analysis.store.report import COPIES, Line, Report
from analysis.store.watching import Folder

ADD = """\
inputs:
  .txt .html .mhtml .docx .pdf   one article a file (a PDF with text, not a scan); NAME.toml beside it may give
                          article_id, title, source, published, url
  .jsonl .json .csv .parquet .xml (a saved feed), result.json (a Telegram export)   many articles a file
  a folder or a .zip of these
  http(s)://…             a page, or a feed (RSS, Atom), whose entries are followed to their pages
  irna, mehr, …           the feeds of an outlet, by its id in data/sources.toml

What is there already, word for word, is left alone, so that adding something again changes nothing. Another text under
the same id (or address) is a new version of the article. The same text, or nearly the same, from elsewhere is kept as a
copy and left out of counts. The store is made where its place is still empty.

examples:
  python -m analysis add news/ --store corpus --collection spring-2024
  python -m analysis add https://example.org/rss --who Mina          (MAVAZE_STORE names the store)
  python -m analysis add --every 30m irna mfa
  python -m analysis add --every 15m https://example.org/rss         until it is stopped
  python -m analysis add --watch /srv/inbox                          whatever is put into a folder

exit codes: 0 all is kept, 1 something was rejected (the report says what and why), 2 nothing could be done, 130 stopped
before the end; what was committed until then stays.
"""
SMALL = 400
"""Articles below which starting worker processes takes longer than it saves."""
_SHOWN = 20
"""Lines of a kind that a report for people lists."""
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def register(verbs: Verbs) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser("add", help="read articles and keep them in the store", epilog=ADD, formatter_class=RAW)
    verb.add_argument("inputs", nargs="*", metavar="INPUT", help="a file, a folder, an address; see below")
    verb.add_argument("--collection", default="", metavar="C", help="put all of them into this collection")
    verb.add_argument("--note", default="", metavar="WORDS", help="kept with the version")
    verb.add_argument("--watch", type=Path, metavar="FOLDER", help="go on adding whatever is put into this folder")
    verb.add_argument(
        "--every", type=interval, metavar="TIME", help="add the inputs again and again: 30s, 15m, 2h, 1d (watch: 10s)"
    )
    verb.add_argument("--workers", type=count, default=0, metavar="N", help="processes (default: as many as pay)")
    verb.add_argument("--batch", type=count, default=BATCH, metavar="N", help=f"articles a version (default: {BATCH})")
    verb.add_argument("--json", action="store_true", help="tell what happens as JSON, one object a line")
    add_store(verb, who=True)
    add_words(verb)
    verb.set_defaults(run=_add)


def interval(text: str) -> float:
    """Seconds of `15m` and its like, as an argument."""
    found = re.fullmatch(r"(\d+)\s*([smhd])", text.strip().lower())
    if not found or not int(found[1]):
        raise argparse.ArgumentTypeError(f"{text!r} is no time like 30s, 15m, 2h or 1d")
    return float(int(found[1]) * _UNITS[found[2]])


def _add(options: argparse.Namespace) -> int:
    options.inputs = [part for given in options.inputs for part in _named(given)]
    _check(options)
    store = _open(options)
    teller = Teller(options.json)
    if not store.version:
        teller.say(f"a new store in {store.where}")
    with Stop() as stop:
        if options.watch:
            return _watch(options, store, teller, stop)
        if options.every:
            return _every(options, store, teller, stop)
        return _once(options, store, teller, stop)


def _named(given: str) -> list[str]:
    """The feeds of an outlet that is named by its id; anything else as it is."""
    if "://" in given or Path(given).exists() or given not in load_outlets():
        return [given]
    return feeds_of(given)


def _web(options: argparse.Namespace, store: Store) -> Web | None:
    """How addresses are fetched: entries of a feed that are kept already are not fetched again."""
    if not any("://" in given for given in options.inputs):
        return None
    kept = store.reload().query(
        "SELECT url AS address FROM articles WHERE url <> '' UNION SELECT name FROM originals WHERE name LIKE 'http%'"
    )
    return Web.from_environment(known=frozenset(kept["address"]).__contains__)


def _check(options: argparse.Namespace) -> None:
    """Find what is mistyped before a store is made or changed."""
    if bool(options.watch) == bool(options.inputs):
        raise InputError("add: give what to add, or --watch FOLDER, and not both. See add --help.")
    if not options.batch:
        raise InputError("add: --batch 0 holds no article. Give a number from 1.")
    for given in [*options.inputs, *([options.watch] if options.watch else [])]:
        if "://" not in str(given) and not Path(given).exists():
            raise InputError(
                f"{given}: there is no such file or folder, nor an outlet of data/sources.toml. Check the spelling."
            )
    if options.watch and not options.watch.is_dir():
        raise InputError(f"{options.watch}: not a folder. Name the folder that is to be watched.")


def _open(options: argparse.Namespace) -> Store:
    return Store.open(options.store or config.store_place() or config.STORE, create=True)


def _once(options: argparse.Namespace, store: Store, teller: Teller, stop: Stop) -> int:
    snapshots = [Path(given) for given in options.inputs if _is_snapshot(given)]
    others = [given for given in options.inputs if Path(given) not in snapshots]
    reports = [_add_snapshot(options, store, path, teller) for path in snapshots]
    if others:
        total = count_articles(others)
        workers = options.workers or (1 if (total or 0) < SMALL else os.cpu_count() or 1)
        reports.append(
            _run(options, store, read(others, web=_web(options, store)), teller, stop, total=total, workers=workers)
        )
    code = max(_finish(report, store, teller, set(options.inputs)) for report in reports)
    return 130 if stop() else code


def _run(
    options: argparse.Namespace,
    store: Store,
    items: Iterable[Item | Rejected],
    teller: Teller,
    stop: Stop,
    *,
    total: int | None = None,
    workers: int = 1,
    scheduled: bool = False,
) -> Report:
    """Add items; a schedule that is stopped keeps what it has read, a single run drops its last batch."""
    return add(
        store,
        takewhile(lambda _: not stop(), items) if scheduled else items,
        collection=options.collection,
        who=options.who,
        note=options.note,
        batch=options.batch,
        words=words_of(options),
        progress=teller,
        listen=teller,
        cancelled=None if scheduled else stop,
        total=total,
        workers=workers,
        removed_stay=scheduled,
    )


def _is_snapshot(given: str) -> bool:
    path = Path(given)
    if path.suffix.lower() != ".zip" or not path.is_file():
        return False
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive:
            return "datapackage.json" in archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return False


def _add_snapshot(options: argparse.Namespace, store: Store, path: Path, teller: Teller) -> Report:
    from analysis.export.restore import add_snapshot  # Only snapshots need it.

    report: Report = add_snapshot(store, path, who=options.who, note=options.note, listen=teller)
    return report


def _watch(options: argparse.Namespace, store: Store, teller: Teller, stop: Stop) -> int:
    folder = Folder(options.watch)
    pause = options.every or 10.0
    teller.say(f"watching {options.watch}, every {say_time(pause)}; Ctrl+C or SIGTERM ends it")
    while not stop():
        ready = folder.ready()
        if ready:
            _round(options, store, read(ready), teller, stop)
            folder.done(ready)
        stop.wait(pause)
    return 0


def _every(options: argparse.Namespace, store: Store, teller: Teller, stop: Stop) -> int:
    teller.say(f"adding every {say_time(options.every)}; Ctrl+C or SIGTERM ends it")
    while not stop():
        _round(options, store, read(options.inputs, web=_web(options, store)), teller, stop)
        stop.wait(options.every)
    return 0


def _round(
    options: argparse.Namespace, store: Store, items: Iterable[Item | Rejected], teller: Teller, stop: Stop
) -> None:
    """One round of a schedule; an error is told and does not end the schedule."""
    now = f"{dt.datetime.now().astimezone():%Y-%m-%d %H:%M:%S}"
    try:
        report = _run(options, store, items, teller, stop, scheduled=True)
    except (MavazeError, OSError) as error:
        teller.tell("error", {"error": str(error)})
        teller.say(f"{now} error: {' '.join(str(error).split())} The next round tries again.")
        return
    teller.tell("done", summary(report, store))
    news = [line for line in report.lines if line.outcome != "unchanged"]
    if news:
        teller.say(f"{now} {say_counts(report)}")
        for line in news[:_SHOWN]:
            if line.outcome == "rejected":
                teller.say(f"  rejected: {line.reason}")


def _finish(report: Report, store: Store, teller: Teller, named: set[str]) -> int:
    """Tell what a run did; returns the exit code."""
    teller.tell("done", summary(report, store))
    for line in say_report(report, store):
        teller.say(line)
    return int(any(is_failure(line, named) for line in report.lines))


def is_failure(line: Line, named: set[str]) -> bool:
    """Whether something is rejected that was meant to be added; other files that lie in a folder are not."""
    beside = line.code == "left_out" or (line.code == "unknown_kind" and line.where not in named)
    return line.outcome == "rejected" and not beside


def summary(report: Report, store: Store) -> dict[str, object]:
    """A run as the values of an event: how many had each outcome, the versions made, the seconds."""
    versions = [done.version for done in report.batches]
    about = {"versions": versions, "cancelled": report.cancelled, "seconds": round(report.seconds, 2)}
    return {**report.counts, **about, "store": store.where}


def say_counts(report: Report) -> str:
    """`12 added, 1 duplicate, 2 rejected`."""
    names = {"near_duplicate": "near copies", "duplicate": "copies", "new_version": "new versions"}
    found = [f"{n:,} {names.get(outcome, outcome)}" for outcome, n in report.counts.items() if n]
    return ", ".join(found) or "nothing came in"


def say_report(report: Report, store: Store) -> Iterator[str]:
    """A run in lines for people."""
    if report.cancelled:
        yield "stopped; what was committed until then stays"
    yield f"{say_counts(report)} in {say_time(report.seconds)}"
    for title, outcomes in (
        ("rejected", ("rejected",)),
        ("kept as copies, which counts leave out", COPIES),
        ("new versions of what was there", ("new_version",)),
    ):
        lines = [line for line in report.lines if line.outcome in outcomes]
        yield from _list(title, lines)
    if report.batches:
        first, last = report.batches[0].version, report.batches[-1].version
        which = f"version {last}" if first == last else f"versions {first} to {last}"
        yield f"kept in {store.where} as {which}; `history` lists them"


def _list(title: str, lines: Sequence[Line]) -> Iterator[str]:
    if lines:
        yield f"{title}:"
    for line in lines[:_SHOWN]:
        yield f"  {line.reason}" if line.outcome == "rejected" else f"  {line.where}: {line.reason}"
    if len(lines) > _SHOWN:
        yield f"  … and {len(lines) - _SHOWN:,} more (--json lists all)"

"""`stats`, `history`, `check`, `refresh`, `compact`, `remove`, `restore`: looking after a store."""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import asdict
from typing import Any

import pandas as pd

from analysis.cli.adding import SMALL
from analysis.cli.common import RAW, Verbs, add_store, add_words, count, words_of
from analysis.cli.telling import Stop, Teller, say_time
from analysis.serve import editions
from analysis.store import Store
from analysis.store.check import HARMLESS, check
from analysis.store.inventory import Stats, history, stats
from analysis.store.refresh import outdated, refresh
from analysis.store.upkeep import compact, remove, restore

REFRESH = """\
Articles whose codes were made with other words (data/, people) or another code of the program are extracted again. Only
what comes out differently is written, as a new version; corrections stay. A refresh that was stopped goes on where it
was. `restore VERSION` takes one back.

exit codes: 0 all is up to date, 1 the program failed on some articles (they keep the codes that they have), 2 nothing
could be done, 130 stopped before the end
"""
REMOVE = """\
examples:
  python -m analysis remove --collection trial
  python -m analysis remove --article 3f0c9a... 77ab12...
  python -m analysis restore 12                        takes version 12, a removal, back
  python -m analysis remove --collection trial --purge --yes

What is removed is hidden from all views and can be restored. --purge forgets it for good, out of old versions as well.
"""
CHECK = """\
exit codes: 0 all is well, 1 something is wrong (each line says what, where, and what to do)
"""


def register(verbs: Verbs) -> None:
    """Add the verbs of this module to the command line."""
    look = verbs.add_parser("stats", help="what the store holds")
    versions = verbs.add_parser("history", help="the store's versions, the newest first")
    versions.add_argument("--top", type=count, default=20, metavar="N", help="the N newest; 0: all (default: 20)")
    whole = verbs.add_parser(
        "check", help="check every rule over everything in the store", epilog=CHECK, formatter_class=RAW
    )
    again = verbs.add_parser("refresh", help="extract again with today's words", epilog=REFRESH, formatter_class=RAW)
    again.add_argument(
        "--workers", type=count, default=0, metavar="N", help="processes that extract (default: fitting)"
    )
    again.add_argument("--dry-run", action="store_true", help="only say how many articles it concerns")
    tidy = verbs.add_parser("compact", help="make few large files of many small ones; every version stays")
    away = verbs.add_parser("remove", help="hide articles; can be restored", epilog=REMOVE, formatter_class=RAW)
    away.add_argument("--article", nargs="+", default=[], metavar="ID", help="these articles (the store's ids)")
    away.add_argument("--collection", default="", metavar="C", help="all articles of this collection")
    away.add_argument("--purge", action="store_true", help="forget them for good, also in old versions; needs --yes")
    away.add_argument("--yes", action="store_true", help="yes, for good")
    back = verbs.add_parser("restore", help="take back a version that removed or refreshed")
    back.add_argument("version", type=int, metavar="VERSION", help="its number; see `history`")
    for verb, run in ((look, _stats), (versions, _history), (whole, _check)):
        add_store(verb)
        verb.add_argument("--at", type=int, metavar="N", help="an old version of the store (default: the newest)")
        verb.set_defaults(run=run)
    for verb, run in ((again, _refresh), (tidy, _compact), (away, _remove), (back, _restore)):
        add_store(verb, who=True)
        verb.set_defaults(run=run)
    for verb in (look, versions, whole, again, tidy, away, back):
        verb.add_argument("--json", action="store_true", help="as JSON" + (", one object a line" * (verb is not look)))
    add_words(again)


def _open(options: argparse.Namespace) -> Store:
    return Store.open(options.store, version=getattr(options, "at", None))


def _stats(options: argparse.Namespace) -> int:
    found = stats(_open(options))
    if options.json:
        values = asdict(found)
        print(json.dumps({name: _plain(value) for name, value in values.items()}, ensure_ascii=False, default=str))
    else:
        print("\n".join(say_stats(found)))
    return 0


def _plain(value: Any) -> Any:
    if isinstance(value, pd.DataFrame):
        return value.to_dict("records")
    return None if value is pd.NaT else value


def say_stats(found: Stats) -> list[str]:
    """What a store holds, in lines."""
    rows = found.rows
    lines = [f"{found.where}, version {found.version}"]
    lines.append(f"{rows['articles']:,} articles ({found.duplicates:,} copies, {found.undated:,} undated)")
    if not pd.isna(found.first):
        lines.append(f"published {found.first:%Y-%m-%d} to {found.last:%Y-%m-%d}")
    others = ", ".join(f"{rows[name]:,} {name.replace('_', ' ')}" for name in rows if name != "articles")
    lines.append(others)
    for title, frame in (("collections", found.collections), ("sources", found.sources)):
        top = frame.head(10)
        named = [f"{name or '(none)'} {n:,}" for name, n in zip(top["name"], top["articles"], strict=True)]
        more = f", and {len(frame) - 10} more" if len(frame) > 10 else ""
        if named:
            lines.append(f"{title}: {', '.join(named)}{more}")
    if len(found.lexicons) > 1:
        lines.append(f"extracted with {len(found.lexicons)} states of words and code; `refresh` makes them one")
    lines.append(f"{found.files:,} files, {found.size / 1e6:,.1f} MB")
    if found.left_over:
        lines.append(f"{found.left_over:,} rows of adds that did not finish; `compact` sweeps them after a day")
    return lines


def _history(options: argparse.Namespace) -> int:
    frame = history(_open(options))
    if options.top:
        frame = frame.head(options.top)
    if options.json:
        print(frame.to_json(orient="records", lines=True, force_ascii=False, date_format="iso"), end="")
        return 0
    for row in frame.to_dict("records"):
        row = {str(name): value for name, value in row.items()}
        about = [str(row[name]) for name in ("who", "collection", "note") if row[name]]
        state = " (taken back)" if row["undone"] else ""
        back = f" of version {row['undoes']}" if row["undoes"] else ""
        what = f"{row['kind']}{back}{state}: {row['articles']:,} articles"
        print(f"{row['version']:>5}  {row['at']:%Y-%m-%d %H:%M} UTC  {' · '.join([what, *about])}")
    return 0


def _check(options: argparse.Namespace) -> int:
    store = _open(options)
    found = check(store)
    for problem in found:
        print(json.dumps(asdict(problem), ensure_ascii=False) if options.json else problem)
    if not found and not options.json:
        print(f"{store.where}, version {store.version}: all is well")
    return int(any(problem.severity != HARMLESS for problem in found))


def _refresh(options: argparse.Namespace) -> int:
    store, teller = _open(options), Teller(options.json)
    # To know how many there are decides whether worker processes pay.
    todo = len(outdated(store, words_of(options)))
    if options.dry_run:
        teller.tell("done", {"outdated": todo})
        teller.say(f"{todo:,} articles were extracted with other words or code")
        return 0
    workers = options.workers or (1 if todo < SMALL else os.cpu_count() or 1)
    with Stop() as stop:
        done = refresh(
            store,
            words=words_of(options),
            who=options.who,
            progress=teller,
            listen=teller,
            cancelled=stop,
            workers=workers,
        )
    values = {"changed": done.changed, "confirmed": done.confirmed, "failed": len(done.failed)}
    versions = [one.version for one in done.batches]
    teller.tell(
        "done", {**values, "versions": versions, "cancelled": done.cancelled, "seconds": round(done.seconds, 2)}
    )
    if done.cancelled:
        teller.say("stopped; what was committed until then stays, and the next refresh goes on from there")
    if not todo:
        teller.say("nothing to do: everything was extracted with today's words and code")
    else:
        named = ", ".join(f"{n:,} {name}" for name, n in values.items())
        teller.say(f"{named} of {todo:,} articles in {say_time(done.seconds)}")
    for line in done.failed[:20]:
        teller.say(f"  {line.reason}")
    return 130 if done.cancelled else int(bool(done.failed))


def _compact(options: argparse.Namespace) -> int:
    before = stats(_open(options))
    after = stats(compact(_open(options), who=options.who))
    if options.json:
        print(json.dumps({"version": after.version, "files_before": before.files, "files": after.files}))
    else:
        print(f"{before.files:,} files became {after.files:,}; version {after.version}")
    return 0


def _remove(options: argparse.Namespace) -> int:
    if options.purge != options.yes:
        from analysis.errors import StoreError

        raise StoreError("remove: --purge forgets for good and --yes confirms it. Give both, or neither.")
    before = _open(options)
    after = remove(
        before, articles=options.article, collection=options.collection, purge=options.purge, who=options.who
    )
    if options.purge:
        editions.forget(after.where)
    gone = _articles(before) - _articles(after)
    how = "purged for good" if options.purge else f"removed; `restore {after.version}` brings them back"
    _say(options, after, {"articles": gone}, f"{gone:,} articles {how}")
    return 0


def _restore(options: argparse.Namespace) -> int:
    before = _open(options)
    after = restore(before, options.version, who=options.who)
    came = _articles(after) - _articles(before)
    more = f", {came:,} articles are back" if came else ""
    _say(options, after, {"articles": came}, f"version {options.version} is taken back{more}")
    return 0


def _articles(store: Store) -> int:
    return int(store.query("SELECT count(*) AS n FROM articles")["n"].iloc[0])


def _say(options: argparse.Namespace, store: Store, values: dict[str, int], said: str) -> None:
    if options.json:
        print(json.dumps({"version": store.version, **values}))
    else:
        print(f"{said}; now version {store.version}")

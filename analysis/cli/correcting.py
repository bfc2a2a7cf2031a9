"""`corrections`: what people corrected, and taking it back."""

from __future__ import annotations

import argparse
import json

import pandas as pd

from analysis.cli.common import RAW, Verbs, add_store, add_words, count, words_of
from analysis.errors import StoreError
from analysis.store import Store
from analysis.store.corrections import log, undo

CORRECTIONS = """\
examples:
  python -m analysis corrections                       the newest twenty
  python -m analysis corrections --orphans             those that fit nothing any more
  python -m analysis corrections --undo 4f0c2a... --who Mina

An undo is a correction itself and can be undone. Corrections are made in the dashboard, or with
analysis.store.corrections.record.
"""
_WORDS = 60
"""Letters of a statement that a line shows."""


def register(verbs: Verbs) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "corrections", help="what people corrected, the newest first", epilog=CORRECTIONS, formatter_class=RAW
    )
    verb.add_argument("--top", type=count, default=20, metavar="N", help="the N newest; 0: all (default: 20)")
    verb.add_argument("--orphans", action="store_true", help="only those that fit nothing any more")
    verb.add_argument("--undo", metavar="ID", help="take this one back")
    verb.add_argument("--why", default="", metavar="WORDS", help="the reason of the undo")
    verb.add_argument("--json", action="store_true", help="as JSON, one object a line")
    add_store(verb, who=True)
    add_words(verb)
    verb.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    store = Store.open(options.store)
    if options.undo:
        return _undo(options, store)
    frame = log(store)
    frame = frame[frame["orphaned"]] if options.orphans else frame
    shown = frame.head(options.top) if options.top else frame
    if options.json:
        print(shown.to_json(orient="records", lines=True, force_ascii=False, date_format="iso"), end="")
        return 0
    for row in shown.to_dict("records"):
        print(say({str(name): value for name, value in row.items()}))
    if len(frame) > len(shown):
        print(f"… and {len(frame) - len(shown):,} earlier ones (--top 0 lists all)")
    if frame.empty:
        print("every correction fits" if options.orphans else "nobody corrected anything")
    return 0


def _undo(options: argparse.Namespace, store: Store) -> int:
    known = store.frame("corrections", ["correction_id"])["correction_id"]
    fitting = known[known.str.startswith(options.undo)].tolist()
    if len(fitting) != 1:
        many = "begins the ids of several corrections" if fitting else "is the id of no correction"
        raise StoreError(f"{store.where}: {options.undo} {many}. `corrections --top 0` lists them.")
    after = undo(store, fitting[0], options.who, options.why, words=words_of(options))
    if options.json:
        print(json.dumps({"version": after.version, "undone": fitting[0]}))
    else:
        print(f"{fitting[0]} is taken back; now version {after.version}")
    return 0


def say(row: dict[str, object]) -> str:
    """A correction in one line."""
    at = pd.Timestamp(str(row["at"]))
    head = f"{str(row['correction_id'])[:8]}  {at:%Y-%m-%d %H:%M} UTC  {row['who']}"
    if row["undoes"]:
        what = f"takes {str(row['undoes'])[:8]} back"
    else:
        change = f"{row['old'] or '–'} → {row['new'] or '–'}" if row["old"] or row["new"] else ""
        what = " ".join(str(part) for part in (row["field"], row["key"], change) if part)
    states = [
        f"taken back by {row['undone_by']}" if row["undone_by"] else "",
        "fits nothing any more" if row["orphaned"] else "",
    ]
    exact = " ".join(str(row["exact"]).split())
    words = f"«{exact[:_WORDS]}{'…' if len(exact) > _WORDS else ''}»" if exact else ""
    return " · ".join(part for part in (head, what, words, str(row["why"]), *states) if part)

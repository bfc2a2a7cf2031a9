"""`extract` and `names`: from articles straight to tables, without a store."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from analysis import schema
from analysis.cli.common import RAW, Verbs, add_words, count, lexicon
from analysis.export.candidates import candidates_csv, candidates_report
from analysis.export.tables import FORMATS, TableWriter
from analysis.extract.pipeline import extract_batches
from analysis.measure.unknown import add_up, unknown_speakers
from analysis.read.files import iter_articles, list_files

INPUTS = """\
inputs:
  .txt     one article; NAME.toml beside NAME.txt may give article_id, title, source, published, url, collection
           (without it the file's name is the id)
  .jsonl   an article a line: {"text": "...", "id": "...", "title": "...", "published": "2024-05-01", ...}
  .json    one such object, or a list of them
  .csv     a header with a column `text`, an article a line
  folder   all of these within it, sub-folders included; left out are hidden files, names that begin with
           `expected` or `README`, and the CSV files of an extraction or of a people overlay
Files are UTF-8. Fields that are not known are ignored; an id may be called article_id, doc_id or id.
Dates: 2024-05-01, 2024-05-01T10:30+03:30 or 1403-02-12 (Jalali); a time without a zone is Tehran's.

Nothing is written unless all of it can be: on any error the exit code is 2 and one line says what is wrong, where,
and what to do.
"""


def register(verbs: Verbs) -> None:
    """Add the verbs of this module to the command line."""
    extract = verbs.add_parser("extract", help="read articles and write the tables", epilog=INPUTS, formatter_class=RAW)
    extract.add_argument("inputs", nargs="+", type=Path, metavar="INPUT", help="a file or a folder, see below")
    extract.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help="the folder to write; tables that it holds are replaced"
    )
    extract.add_argument("--format", choices=FORMATS, default="csv", help="of the tables (default: csv)")
    extract.set_defaults(run=_extract)
    names = verbs.add_parser(
        "names", help="list the speakers that the lexicon does not know", epilog=INPUTS, formatter_class=RAW
    )
    names.add_argument("inputs", nargs="+", type=Path, metavar="INPUT", help="a file or a folder, see below")
    names.add_argument("--top", type=count, default=50, metavar="N", help="the N most frequent (default: 50)")
    names.add_argument("--json", action="store_true", help="as JSON, one object a line")
    names.add_argument("--csv", type=Path, metavar="FILE", help="write lines for people.csv and its like to fill in")
    names.set_defaults(run=_names)
    for verb in (extract, names):
        add_words(verb)


def _extract(options: argparse.Namespace) -> None:
    started = time.perf_counter()
    listing = list_files(options.inputs)  # A missing path is found before anything else is done.
    with TableWriter(options.out, options.format) as writer:
        for tables in extract_batches(iter_articles(listing.files), lexicon(options)):
            schema.check(tables)
            writer.add(tables)
    counts = ", ".join(f"{writer.counts[name]} {name}" for name in ("articles", "statements", "speakers"))
    print(f"{counts} in {time.perf_counter() - started:.1f} s, written to {options.out}")
    if listing.left_out:
        names = ", ".join(path.name for path in listing.left_out[:5])
        print(f"left out, being no articles: {names}{', …' if len(listing.left_out) > 5 else ''}")


def _names(options: argparse.Namespace) -> None:
    words = lexicon(options)
    batches = extract_batches(iter_articles(list_files(options.inputs).files), words)
    found = add_up(unknown_speakers(tables, words.people.people) for tables in batches).head(options.top)
    if options.csv:
        options.csv.write_text(candidates_csv(found), "utf-8")
        print(f"{len(found)} speakers written to {options.csv}")
    elif options.json:
        for row in found.to_dict("records"):
            print(json.dumps(row, ensure_ascii=False))
    else:
        print(candidates_report(found))

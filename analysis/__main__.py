"""The command line: `python -m analysis extract …`, `… names …`, `… evaluate …` and `… terms …`.

Exit codes: 0 all went well, 2 something that the user can mend (one line on stderr says what), 130 interrupted.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from analysis import schema
from analysis.errors import MavazeError
from analysis.evaluate import BY, KINDS, RESAMPLES, answer
from analysis.evaluate.terms import report_terms
from analysis.export.candidates import candidates_csv, candidates_report
from analysis.export.tables import FORMATS, TableWriter
from analysis.extract.pipeline import extract_batches
from analysis.lexicon import Lexicon, load
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
GOLD = """\
GOLD.jsonl holds an annotated article a line: doc_id, text, speakers[name, aliases, country], sentences[s, start,
stop, speaker, form, nested, countries, topics, positions]. Only the article itself is extracted; its labels are
used for nothing but the comparison. docs/quality.md says what the figures mean.
"""
TERMS = """\
The least useful terms of each topic come first. In an annotated GOLD.jsonl (see evaluate --help), counted in sentences
that somebody speaks:
  found          where the term counts
  right, wrong   of these, where its topic is coded rightly, wrongly
  missed         where annotators have the topic and the program has not
  decides_right  right codes that would be lost without the term; decides_wrong: wrong ones that would go
In articles without annotations: found, coded (where its topic is coded), decides (where it would not be without it).
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
        sys.stdout.flush()
    except MavazeError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        print("interrupted; nothing was written", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Who read our output has closed it (as `head` does); Python would complain once more when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as error:
        return _fail(f"{error.filename or 'the disk'}: {error.strerror}. Check space and permissions.")
    return 0


def _fail(message: str) -> int:
    print("error:", " ".join(message.split()), file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis", description="Who said what in Persian diplomatic news: articles in, tidy tables out."
    )
    verbs = parser.add_subparsers(title="verbs", required=True, metavar="VERB")
    raw = argparse.RawDescriptionHelpFormatter
    extract = verbs.add_parser("extract", help="read articles and write the tables", epilog=INPUTS, formatter_class=raw)
    extract.add_argument("inputs", nargs="+", type=Path, metavar="INPUT", help="a file or a folder, see below")
    extract.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help="the folder to write; tables that it holds are replaced"
    )
    extract.add_argument("--format", choices=FORMATS, default="csv", help="of the tables (default: csv)")
    extract.set_defaults(run=_extract)
    judge = verbs.add_parser("evaluate", help="compare with annotated articles", epilog=GOLD, formatter_class=raw)
    _add_evaluate(judge)
    names = verbs.add_parser(
        "names", help="list the speakers that the lexicon does not know", epilog=INPUTS, formatter_class=raw
    )
    names.add_argument("inputs", nargs="+", type=Path, metavar="INPUT", help="a file or a folder, see below")
    names.add_argument("--top", type=_count, default=50, metavar="N", help="the N most frequent (default: 50)")
    names.add_argument("--json", action="store_true", help="as JSON, one object a line")
    names.add_argument("--csv", type=Path, metavar="FILE", help="write lines for people.csv and its like to fill in")
    names.set_defaults(run=_names)
    terms = verbs.add_parser("terms", help="what each term of the code book does", epilog=TERMS, formatter_class=raw)
    terms.add_argument("inputs", nargs="+", type=Path, metavar="INPUT", help="GOLD.jsonl, or any articles")
    terms.add_argument("--topic", default="", metavar="ID", help="this one topic of topics.csv")
    terms.add_argument("--json", action="store_true", help="every term, one JSON object a line")
    terms.set_defaults(run=_terms)
    for verb in (extract, judge, names, terms):
        verb.add_argument("--data", type=Path, metavar="DIR", help="lexicon and code book to use (default: data/)")
        verb.add_argument(
            "--people", type=Path, metavar="DIR", help="people.csv and offices.csv to use in place of the lexicon's"
        )
    return parser


def _add_evaluate(judge: argparse.ArgumentParser) -> None:
    add = judge.add_argument
    add("gold", nargs="+", type=Path, metavar="GOLD.jsonl", help="annotated articles; several files count as one")
    add("--against", nargs="+", type=Path, default=[], metavar="FILE", help="other articles: how far apart the two are")
    add("--only", metavar="ID", help="this one article")
    add("--by", nargs="*", choices=BY, default=BY, help="what to split the figures by (default: all; none: no split)")
    add("--calibration", action="store_true", help="whether confidences hold, for statements and positions")
    add("--errors", type=_count, default=5, metavar="N", help="show the first N disagreements of a kind (default: 5)")
    add("--kinds", nargs="+", choices=KINDS, default=(), help="kinds of disagreement to show (default: all)")
    resamples = "how often articles are drawn anew for the intervals; 0: no intervals"
    add("--resamples", type=_count, default=RESAMPLES, metavar="N", help=f"{resamples} (default: {RESAMPLES})")
    add("--json", action="store_true", help="the figures alone, as one JSON object")
    judge.set_defaults(run=_evaluate)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0")
    return int(text)


def _lexicon(options: argparse.Namespace) -> Lexicon:
    given = {"data": options.data, "people_folder": options.people}
    return load(**{name: folder for name, folder in given.items() if folder})


def _extract(options: argparse.Namespace) -> None:
    started = time.perf_counter()
    listing = list_files(options.inputs)  # A missing path is found before anything else is done.
    with TableWriter(options.out, options.format) as writer:
        for tables in extract_batches(iter_articles(listing.files), _lexicon(options)):
            schema.check(tables)
            writer.add(tables)
    counts = ", ".join(f"{writer.counts[name]} {name}" for name in ("articles", "statements", "speakers"))
    print(f"{counts} in {time.perf_counter() - started:.1f} s, written to {options.out}")
    if listing.left_out:
        names = ", ".join(path.name for path in listing.left_out[:5])
        print(f"left out, being no articles: {names}{', …' if len(listing.left_out) > 5 else ''}")


def _names(options: argparse.Namespace) -> None:
    lexicon = _lexicon(options)
    batches = extract_batches(iter_articles(list_files(options.inputs).files), lexicon)
    found = add_up(unknown_speakers(tables, lexicon.people.people) for tables in batches).head(options.top)
    if options.csv:
        options.csv.write_text(candidates_csv(found), "utf-8")
        print(f"{len(found)} speakers written to {options.csv}")
    elif options.json:
        for row in found.to_dict("records"):
            print(json.dumps(row, ensure_ascii=False))
    else:
        print(candidates_report(found))


def _evaluate(options: argparse.Namespace) -> None:
    given = {name: getattr(options, name) for name in ("against", "only", "by", "calibration", "resamples")}
    found = answer(options.gold, **given, lexicon=_lexicon(options))
    if options.json:
        print(json.dumps(found.values(), ensure_ascii=False))
    else:
        print(found.text(errors=options.errors, kinds=options.kinds))


def _terms(options: argparse.Namespace) -> None:
    frame = report_terms(options.inputs, topic=options.topic, lexicon=_lexicon(options))
    if options.json:
        print(frame.to_json(orient="records", lines=True, force_ascii=False), end="")
        return
    found = frame[frame["found"] > 0]
    names = [*frame.columns[3:], "weight"]
    for topic, terms in found.groupby("topic_id", sort=False):
        print(f"\n{topic}\n{' '.join(names)}")
        for term in terms.to_dict("records"):  # Numbers first: Persian beside them would turn their order round.
            print(" ".join(f"{term[name]:>{len(name)}}" for name in names), "", term["term"])
    print(f"\n{len(found)} terms found, {len(frame) - len(found)} never")


if __name__ == "__main__":
    sys.exit(main())

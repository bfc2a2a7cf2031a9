"""`export` and `verify`: taking statements away, and checking what was taken."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from pathlib import Path
from urllib.parse import urlencode

from analysis.cli.common import RAW, Verbs
from analysis.errors import MavazeError
from analysis.export import agreement, dna, networks, views
from analysis.export.asked import filters_of, query_of
from analysis.export.reading import read_folder
from analysis.export.snapshot import FORMATS, Content, write_snapshot
from analysis.export.taking import choose, content_of, content_of_tables
from analysis.export.verify import verify
from analysis.export.wording import say_filters
from analysis.measure.agreement import ABOUTS, COUNTINGS, NODES, NORMS, Asked
from analysis.measure.filters import SEPARATOR, Filters
from analysis.schema import Tables
from analysis.store import Store
from analysis.text.words import LANGS

DERIVED = ("dna", "graphml", "agreement")
"""Forms for other programs."""
VIEWS = ("overview", "topics", "countries", "positions", "statements")
"""Pages of the dashboard that a snapshot may name."""
EXPORT = """\
formats:
  csv       a snapshot: statements.csv for Excel, the tables raw as CSV, corrections, a description (datapackage.json)
  parquet   the same with the tables as Parquet
  dna       statements for Discourse Network Analyzer: person, organization, concept, agreement
  graphml   networks for Gephi: speakers and what they take a side on, states named together
  agreement networks for Gephi: who agrees with whom (congruence, conflict, subtract), with the options of its own
All are one .zip. Without any filter a snapshot holds everything that is kept. With one it holds what the dashboard
shows for it: no headlines, repeated lines and copies (--repeats adds them), no relayed positions (--relayed adds them);
dna, graphml and agreement always do. Several values of one filter are alternatives; all filters must hold.
"""
VERIFY = """\
Checked are hashes, sizes and row counts, columns, keys and references, that every span is verbatim, and that
corrections give what is shown. With --store also: which rows that store has besides, lacks, or has otherwise today.
exit codes: 0 whole (and the same), 1 whole, but the store differs, 2 broken
"""
_LISTS = {
    "speaker": "only statements by this speaker (id)",
    "of": "only statements by speakers of this state (ISO 3166-1 alpha-2)",
    "topic": "only statements about this topic (code of the code book)",
    "country": "only statements that name this state (ISO 3166-1 alpha-2)",
    "named": "only statements that name this region or organisation (region:ID, organisation:ID)",
    "source": "only articles of this outlet",
    "collection": "only articles of this collection",
}
_FLAGS = {
    "ministers": "only statements by ministers",
    "repeats": "also headlines, repeated lines and copies of articles",
    "relayed": "also positions that others pass on",
}


def register(verbs: Verbs) -> None:
    """Add the verbs of this module to the command line."""
    take = verbs.add_parser("export", help="take statements away as a file", epilog=EXPORT, formatter_class=RAW)
    take.add_argument("--out", required=True, type=Path, metavar="FILE.zip", help="the file to make")
    take.add_argument("--replace", action="store_true", help="replace a file that stands there")
    add_tables(take)
    take.add_argument("--format", choices=(*FORMATS, *DERIVED), default="csv", help="see below (default: csv)")
    take.add_argument("--originals", action="store_true", help="with the files and pages as they came")
    take.add_argument("--lang", choices=LANGS, default="fa", help="of names, but for csv and parquet (default: fa)")
    take.add_argument(
        "--view",
        default="",
        metavar="NAME",
        help=f"a view saved in the dashboard, with its filters; or the page that the link in the snapshot opens:"
        f" {', '.join(VIEWS)}",
    )
    take.add_argument("--created", type=_time, metavar="TIME", help="the time to write into it (default: now)")
    add_filters(take)
    _add_agreement(take)
    take.set_defaults(run=_export)
    check = verbs.add_parser("verify", help="check a snapshot", epilog=VERIFY, formatter_class=RAW)
    check.add_argument("snapshot", type=Path, metavar="SNAPSHOT.zip")
    check.add_argument("--store", metavar="S", help="compare with this store as well")
    check.add_argument("--json", action="store_true", help="as one JSON object")
    check.set_defaults(run=_verify)


def add_tables(verb: argparse.ArgumentParser) -> None:
    """Give a verb the options that say which tables to take from."""
    where = verb.add_mutually_exclusive_group()
    where.add_argument("--store", metavar="S", help="the store, a folder or URL (default: MAVAZE_STORE)")
    where.add_argument("--tables", type=Path, metavar="DIR", help="tables that `extract` wrote, instead of a store")
    verb.add_argument("--at", type=int, metavar="N", help="an old version of the store (default: the newest)")


def add_filters(verb: argparse.ArgumentParser) -> None:
    """Give a verb the filters of the dashboard."""
    group = verb.add_argument_group("filters")
    group.add_argument(
        "--query", metavar="LINK", help="the filters of a link of the dashboard, or what follows its `?`"
    )
    group.add_argument("--from", dest="from_", metavar="DAY", help="first day, 2024-05-01 or 1403-02-12 (Jalali)")
    group.add_argument("--to", metavar="DAY", help="last day, included")
    group.add_argument("--undated", choices=("with", "only"), help="articles without a date: kept, or only those")
    for name, words in _LISTS.items():
        group.add_argument(f"--{name}", nargs="+", action="extend", metavar="ID", help=words)
    for name, words in _FLAGS.items():
        group.add_argument(f"--{name}", action="store_true", help=words)
    group.add_argument("--coded", choices=("human", "machine"), help="only what people coded, or only what none did")
    group.add_argument("--sure", metavar="N", help="only codes of at least N per cent confidence")


def _add_agreement(verb: argparse.ArgumentParser) -> None:
    group, usual = verb.add_argument_group("networks of agreement (--format agreement)"), Asked()
    for name, options, words in (
        ("nodes", NODES, "speakers, or the states that they speak for"),
        ("about", ABOUTS, "all concepts, topics only, or states and organisations only"),
        ("counting", COUNTINGS, "what is mostly said, or each side once, once in each article, each time"),
        ("norm", NORMS, "what weights are divided by"),
    ):
        group.add_argument(
            f"--{name}", choices=options, default=getattr(usual, name), help=f"{words} (default: %(default)s)"
        )
    for name, words in (("least", "concepts that two have in common"), ("active", "positions that one holds")):
        group.add_argument(
            f"--{name}", type=int, default=getattr(usual, name), metavar="N", help=f"{words}, at least (%(default)s)"
        )


def _time(text: str) -> dt.datetime:
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no time like 2026-03-01T12:00:00Z") from error
    return found.replace(tzinfo=found.tzinfo or dt.UTC)


def take_view(options: argparse.Namespace) -> None:
    """Put a saved view's filters and page in the place of its name."""
    if not options.view or options.view in VIEWS:
        return
    found = views.get(views.place(), options.view)
    if options.query is not None:
        raise MavazeError("--view and --query both bring filters. Take one of them.")
    options.query = found.query
    options.view = found.page if found.page in VIEWS else ""
    version = found.params.get("v", "")
    if options.at is None and version.isascii() and version.isdecimal():
        options.at = int(version)


def asked(options: argparse.Namespace) -> dict[str, str]:
    """The filters that were asked for, as parameters of a query; options win over the link."""
    given = {"from": options.from_, "to": options.to, "undated": options.undated, "sure": options.sure}
    given["coded"] = options.coded
    given |= {name: SEPARATOR.join(getattr(options, name) or ()) for name in _LISTS}
    given |= {name: "1" if getattr(options, name) else "" for name in _FLAGS}
    query = query_of(options.query) if options.query is not None else {}
    return query | {key: value for key, value in given.items() if value}


def _export(options: argparse.Namespace) -> int:
    if options.tables and (options.originals or options.at is not None):
        raise MavazeError("--originals and --at need a store: tables in a folder have neither bytes nor versions.")
    take_view(options)
    store = None if options.tables else Store.open(options.store, version=options.at)
    every = store.tables() if store else read_folder(options.tables)
    wanted = asked(options)
    # An empty query is a link as well: it shows what the dashboard shows without filters.
    filters = filters_of(wanted, every) if wanted or options.query is not None else None
    if options.format in DERIVED:
        return _export_derived(options, every, filters or Filters())
    about = {"view": options.view, "created": options.created}
    content: Content
    if store:
        content = content_of(store, filters, every=every, originals=options.originals, **about)
    else:
        content = content_of_tables(every, filters, **about)
    write_snapshot(options.out, content, kind=options.format, replace=options.replace)
    _say(options.out, content.tables, filters)
    return 0


def _export_derived(options: argparse.Namespace, every: Tables, filters: Filters) -> int:
    tables, _ = choose(every, filters)
    words = say_filters(filters, tables.speakers, "en")
    if options.format == "dna":
        done = dna.write_dna(options.out, tables, words, options.lang, replace=options.replace)
        print(f"{words} {done.documents} documents, {done.statements} statements, written to {options.out}")
        if done.undated:
            print(f"left out, having no date: {done.undated} articles")
    else:
        if options.format == "agreement":
            names = ("nodes", "about", "counting", "norm", "least", "active")
            network = Asked(**{name: getattr(options, name) for name in names})
            edges = agreement.write_agreement(
                options.out, tables, words, network, options.lang, replace=options.replace
            )
        else:
            edges = networks.write_networks(options.out, tables, words, options.lang, replace=options.replace)
        found = ", ".join(f"{n} edges of {name}" for name, n in edges.items())
        print(f"{words} {found}, written to {options.out}")
    return 0


def _say(out: Path, tables: Tables, filters: Filters | None) -> None:
    counts = ", ".join(f"{len(getattr(tables, name))} {name}" for name in ("articles", "statements", "positions"))
    print(f"{say_filters(filters, tables.speakers, 'en')} {counts}, written to {out}")
    if filters:
        print(f"the same in the dashboard: ?{urlencode(filters.to_query())}")


def _verify(options: argparse.Namespace) -> int:
    if not options.snapshot.is_file():
        raise MavazeError(f"{options.snapshot}: there is no such file. Check the path.")
    found = verify(options.snapshot, Store.open(options.store) if options.store else None)
    if options.json:
        print(json.dumps(found.values(), ensure_ascii=False, default=str))
    else:
        print(found.text())
    return found.code

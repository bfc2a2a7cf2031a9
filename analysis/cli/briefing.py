"""`brief`: what is in view on a page or two, to print or to open in Word."""

from __future__ import annotations

import argparse
import datetime as dt
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from analysis.cli.common import RAW, Verbs, count
from analysis.cli.taking import VIEWS, add_filters, add_tables, asked, take_view
from analysis.errors import MavazeError
from analysis.export import brief, brief_html, brief_quotes, brief_word
from analysis.export.archive import whole_file
from analysis.export.asked import filters_of
from analysis.export.brief_asked import MOST_QUOTATIONS, PARTS, QUOTATIONS, Asked, Choices
from analysis.export.reading import read_folder
from analysis.export.wording import names_in
from analysis.serve.content import Content
from analysis.serve.searching import finder
from analysis.store import Store
from analysis.text.calendar import CALENDARS, Calendar, today
from analysis.text.words import LANGS

BRIEF = """\
The ending of --out decides: .html is one file to print, with fonts and pictures in it, .docx is a Word document.
Quotations are chosen by a rule that the brief states, or named with --quote; those that do not fit on two pages are
left out, and the brief says how many. The same view, version and day give the same bytes.
"""
ENDINGS = (".html", ".docx")


def register(verbs: Verbs) -> None:
    """Add the verb of this module to the command line."""
    verb = verbs.add_parser(
        "brief", help="what is in view on a page or two, as HTML or Word", epilog=BRIEF, formatter_class=RAW
    )
    verb.add_argument("--out", required=True, type=Path, metavar="FILE", help="the file to make, .html or .docx")
    verb.add_argument("--replace", action="store_true", help="replace a file that stands there")
    add_tables(verb)
    verb.add_argument("--view", default="", metavar="NAME", help="a view saved in the dashboard, with its filters")
    verb.add_argument("--lang", choices=LANGS, default="fa", help="of the brief (default: fa)")
    verb.add_argument("--calendar", choices=CALENDARS, help="that stands first (default: that of the language)")
    verb.add_argument("--title", default="", metavar="TEXT", help="the title")
    verb.add_argument("--question", default="", metavar="TEXT", help="the question that the brief answers")
    verb.add_argument("--without", nargs="+", action="extend", choices=PARTS, default=[], metavar="PART",
                      help=f"leave out: {', '.join(PARTS)}")  # fmt: skip
    verb.add_argument("--quotations", type=count, default=QUOTATIONS, metavar="N",
                      help=f"how many to choose by rule, at most {MOST_QUOTATIONS} (default: %(default)s)")  # fmt: skip
    verb.add_argument("--quote", nargs="+", action="extend", metavar="ID", help="quote these statements instead")
    verb.add_argument("--address", default="", metavar="URL", help="of the dashboard, for the link to the same view")
    verb.add_argument("--created", type=_day, metavar="DAY", help="the day to write into it (default: today)")
    add_filters(verb)
    verb.set_defaults(run=_brief)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no day like 2026-03-01") from error


def _brief(options: argparse.Namespace) -> int:
    if options.out.suffix.lower() not in ENDINGS:
        raise MavazeError(f"{options.out}: a brief is .html or .docx. Name such a file.")
    if options.quotations > MOST_QUOTATIONS:
        raise MavazeError(f"--quotations {options.quotations}: at most {MOST_QUOTATIONS} fit. Write a smaller number.")
    if options.tables and options.at is not None:
        raise MavazeError("--at needs a store: tables in a folder have no versions.")
    take_view(options)
    about = _asked(options)
    chosen = None if options.quote is None else tuple(options.quote)
    choices = Choices(options.title, options.question, frozenset(options.without), options.quotations, chosen)
    for identity in chosen or ():
        if not len(brief_quotes.known(about, (identity,))):
            raise MavazeError(f"--quote {identity}: no such statement is in view. Take an id of statements.csv.")
    made = brief.build(about, choices)
    data = brief_html.html(made).encode() if options.out.suffix.lower() == ".html" else brief_word.docx(made)
    with whole_file(options.out, replace=options.replace) as sink:
        sink.write(data)
    left = len(chosen or ()) - len(made.quotations) if chosen else 0
    print(f"{len(about.facts.statements)} statements, {len(made.quotations)} quoted, written to {options.out}")
    if left > 0:
        print(f"quotations that did not fit on two pages: {left}")
    return 0


def _asked(options: argparse.Namespace) -> Asked:
    """The view that the options ask for."""
    store = None if options.tables else Store.open(options.store, version=options.at)
    every = store.tables() if store else read_folder(options.tables)
    filters = filters_of(asked(options), every)
    content, find = Content.of(every), cache(finder(every))
    version = store.version if store else None
    query = filters.to_query() | {"lang": options.lang} | ({"v": str(version)} if version is not None else {})
    page = options.view if options.view in VIEWS else "statements"
    calendar: Calendar = options.calendar or ("jalali" if options.lang == "fa" else "gregorian")
    return Asked(
        content=content,
        filters=filters,
        narrow=lambda wanted: wanted.narrow(content.facts, find),
        names=names_in(options.lang, every.speakers),
        calendar=calendar,
        made=options.created or today(),
        version=version,
        link=f"{options.address.rstrip('/')}/{page}?{urlencode(query)}",
    )

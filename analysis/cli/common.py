"""What several verbs share."""

from __future__ import annotations

import argparse
import getpass
from pathlib import Path

from analysis.lexicon import Lexicon, load
from analysis.lexicon.words import Words

type Verbs = argparse._SubParsersAction[argparse.ArgumentParser]
RAW = argparse.RawDescriptionHelpFormatter
"""Help texts are laid out by hand."""


def count(text: str) -> int:
    """A number from 0, as an argument."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0")
    return int(text)


def add_words(verb: argparse.ArgumentParser) -> None:
    """Give a verb the options that say which words to read with."""
    verb.add_argument("--data", type=Path, metavar="DIR", help="lexicon and code book to use (default: data/)")
    verb.add_argument(
        "--people", type=Path, metavar="DIR", help="people.csv and offices.csv to use in place of the lexicon's"
    )


def lexicon(options: argparse.Namespace) -> Lexicon:
    """The words that the options of `add_words` name."""
    given = {"data": options.data, "people_folder": options.people}
    return load(**{name: folder for name, folder in given.items() if folder})


def words_of(options: argparse.Namespace) -> Words:
    """The same as folders, for those who load them elsewhere."""
    return Words(**{name: folder for name, folder in (("data", options.data), ("people", options.people)) if folder})


def add_store(verb: argparse.ArgumentParser, *, who: bool = False) -> None:
    """Give a verb the options that name the store, and who changes it."""
    verb.add_argument(
        "--store", metavar="S", help="the store, a folder or an object store's URL (default: MAVAZE_STORE, else store/)"
    )
    if who:
        verb.add_argument("--who", default=_user(), metavar="NAME", help="kept with the version (default: %(default)s)")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # A container without an entry for its user.
        return ""

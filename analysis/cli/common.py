"""What several verbs share."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.lexicon import Lexicon, load

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

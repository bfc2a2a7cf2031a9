"""What comes with the program: the first article, and the demonstration collection of invented dispatches."""

from __future__ import annotations

from analysis import lexicon, schema
from analysis.config import SEEDS
from analysis.extract.pipeline import extract
from analysis.read.files import read_articles
from analysis.schema import Tables

FIRST = "first"
"""The collection of the first article."""
DEMO = "demo"
"""The collection of the invented dispatches; each of them names it in its .toml."""


def load() -> Tables:
    """The tables of the first article and of the demonstration collection.

    The demonstration is read with the invented people of its own overlay alone, so that none of its statements can
    be given to a real person. The two are told apart by `articles.collection`.
    """
    first = read_articles(sorted(SEEDS.glob("*.txt"))).assign(collection=FIRST)
    demo = read_articles([SEEDS / DEMO]).assign(collection=DEMO)
    overlay = lexicon.load(people_folder=SEEDS / DEMO)
    return schema.concatenate([extract(first), extract(demo, overlay)])

"""What each term of the code book contributes, so that a code book can be improved by looking."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.evaluate.rows import read_gold
from analysis.extract.document import read_document
from analysis.extract.mentions import find_mentions
from analysis.extract.pipeline import extract
from analysis.extract.topics import TopicReader
from analysis.lexicon import Lexicon, load
from analysis.lexicon.codebook import Term
from analysis.read.encoding import read_lines
from analysis.read.files import read_articles

TERM = ("topic_id", "term", "weight")
COUNTED = (*TERM, "found", "coded", "decides")
JUDGED = (*TERM, "found", "right", "wrong", "missed", "decides_right", "decides_wrong")

type Stretch = tuple[int, int, set[str]]
"""A statement's place and the topics that people coded for it, none where nobody did."""


def report_terms(inputs: Sequence[Path], *, topic: str = "", lexicon: Lexicon | None = None) -> pd.DataFrame:
    """`judge_terms` for one annotated file, `count_terms` for any other articles.

    Raises:
        InputError: where there is no such topic, or as those two say.
    """
    lexicon = lexicon or load()
    if topic and topic not in lexicon.codebook.topics:
        raise InputError(f"there is no topic {topic}. Give one of {', '.join(lexicon.codebook.topics)}.")
    if len(inputs) == 1 and _is_annotated(inputs[0]):
        return judge_terms(inputs[0], topic=topic, lexicon=lexicon)
    return count_terms(read_articles(inputs), topic=topic, lexicon=lexicon)


def _is_annotated(path: Path) -> bool:
    """Whether the first article of a .jsonl file comes with its sentences."""
    if path.suffix.lower() != ".jsonl" or not path.is_file():
        return False
    first = next((line for _, line in read_lines(path) if line.strip()), "")
    try:
        return "sentences" in json.loads(first)
    except (ValueError, TypeError):
        return False


def judge_terms(gold: Path, *, topic: str = "", lexicon: Lexicon | None = None) -> pd.DataFrame:
    """What each term does to the topics of the annotated sentences that somebody speaks, in their own places.

    Args:
        gold: an annotated article a line.
        topic: the one topic to look at; all by default.
        lexicon: the words to read with; those of `data/` by default.

    Returns:
        A row a term, topics in the code book's order, the least useful terms first. Columns: topic_id, term, weight;
        `found`: in how many sentences it counts; of these, `right` and `wrong`: where its topic is coded rightly and
        wrongly, `missed`: where annotators have it and the program has not; `decides_right` and `decides_wrong`: the
        right and wrong codes that would be lost without the term.

    Raises:
        InputError: where the file is not readable or not annotated.
    """
    lexicon = lexicon or load()
    counts: dict[Term, Counter[str]] = defaultdict(Counter)
    for article in read_gold(gold):
        places = [(row.start, row.stop, row.topics) for row in article.rows.values() if row.speakers]
        for term, coded, decides, wanted in _readings(article.text, places, lexicon, topic):
            outcome = ("right" if wanted else "wrong") if coded else "missed" if wanted else ""
            counts[term].update(filter(None, ("found", outcome, f"decides_{outcome}" if decides else "")))
    frame = _frame(counts, JUDGED, lexicon, topic)
    gain = frame["decides_right"] - frame["decides_wrong"]
    return _sorted(frame.assign(gain=gain, harm=-frame["wrong"]), ["gain", "harm"]).drop(columns=["gain", "harm"])


def count_terms(articles: pd.DataFrame, *, topic: str = "", lexicon: Lexicon | None = None) -> pd.DataFrame:
    """How often each term speaks and decides in the statements that the program finds, without annotations.

    Args:
        articles: as `analysis.extract` takes them.
        topic: the one topic to look at; all by default.
        lexicon: the words to read with; those of `data/` by default.

    Returns:
        A row a term, topics in the code book's order, those that decide most first. Columns: topic_id, term, weight;
        `found`: in how many statements it counts; `coded`: in how many of them its topic is coded; `decides`: in how
        many of them it would not be without the term.

    Raises:
        InputError: as `analysis.extract` says.
    """
    lexicon = lexicon or load()
    tables = extract(articles, lexicon)
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    counts: dict[Term, Counter[str]] = defaultdict(Counter)
    for article_id, statements in tables.statements.groupby("article_id", sort=False):
        places = [(int(a), int(b), set[str]()) for a, b in zip(statements["start"], statements["stop"], strict=True)]
        for term, coded, decides, _ in _readings(texts[article_id], places, lexicon, topic):
            counts[term].update({"found": 1, "coded": coded, "decides": decides})
    frame = _frame(counts, COUNTED, lexicon, topic)
    order = {"less": -frame["decides"], "rarer": -frame["found"]}
    return _sorted(frame.assign(**order), list(order)).drop(columns=list(order))


def _readings(
    text: str, places: Iterable[Stretch], lexicon: Lexicon, topic: str
) -> Iterator[tuple[Term, bool, bool, bool]]:
    """For every term that counts in a place: whether its topic is coded, hangs on it, and is wanted there."""
    document = read_document(text, lexicon)
    reader = TopicReader(document, find_mentions(document))
    for start, stop, wanted in places:
        coded = {code.topic_id for code in reader.code(start, stop)}
        for term in [one.term for one in reader.evidence(start, stop)]:
            if topic in ("", term.topic_id):
                is_coded = term.topic_id in coded
                decides = is_coded and all(c.topic_id != term.topic_id for c in reader.code(start, stop, term))
                yield term, is_coded, decides, term.topic_id in wanted


def _frame(counts: dict[Term, Counter[str]], columns: tuple[str, ...], lexicon: Lexicon, topic: str) -> pd.DataFrame:
    """A row for every term of the code book, those that are never found too."""
    terms = [term for term in lexicon.codebook.terms.values() if topic in ("", term.topic_id)]
    rows = [{"topic_id": t.topic_id, "term": t.term, "weight": t.weight} | counts.get(t, {}) for t in terms]
    frame = pd.DataFrame(rows, columns=list(columns))
    numbers = [name for name in columns if name not in TERM]
    return frame.assign(**{name: frame[name].fillna(0).astype("int64") for name in numbers})


def _sorted(frame: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """By topic as the code book has them, then as asked; equal ones stay in the code book's order."""
    topics = {topic: i for i, topic in enumerate(frame["topic_id"].unique())}
    place = frame["topic_id"].map(topics)
    return frame.assign(place=place).sort_values(["place", *by], kind="stable", ignore_index=True).drop(columns="place")

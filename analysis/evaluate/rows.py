"""Annotated sentences, and the program's tables laid over the same sentences: both as rows to compare."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import ContractError, InputError
from analysis.evaluate.names import Names, fold, name_set
from analysis.read.encoding import read_lines
from analysis.schema import Tables
from analysis.text.calendar import local_days


@dataclass(frozen=True, slots=True)
class Held:
    """A position: the folded names of who holds it, the target, the stance, and the holder's name to read."""

    who: Names
    target: str
    stance: str
    shown: str = ""

    def __str__(self) -> str:
        return f"{self.target} {self.stance} ({self.shown})"


@dataclass(slots=True)
class Row:
    """What one side says of one sentence."""

    start: int
    stop: int
    form: str = "none"
    ids: set[str] = field(default_factory=set)
    speakers: list[Names] = field(default_factory=list)
    nested: list[Names] = field(default_factory=list)
    countries: set[str] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)
    positions: list[Held] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    """The speakers' names as people read them."""
    basis: str = ""
    """What the program knew the speaker by; people say nothing of it."""


@dataclass(slots=True)
class Article:
    """An article with its rows by the sentence's number."""

    article_id: str
    text: str
    rows: dict[int, Row]
    source: str = ""
    year: str = ""


def read_gold(*paths: Path, only: str | None = None) -> list[Article]:
    """The annotated articles of some files, or the one that is asked for.

    Raises:
        InputError: where a line is no annotated article, or the one asked for is not there.
    """
    articles = [article for path in paths for article in _read_file(path)]
    if only is not None:
        articles = [article for article in articles if article.article_id == only]
    if not articles:
        where = ", ".join(map(str, paths))
        raise InputError(f"{where}: there is no article {only or 'in it'}. Check the id and the file.")
    return articles


def _read_file(path: Path) -> Iterator[Article]:
    for number, line in read_lines(path):
        if line.strip():
            try:
                article = _gold_article(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise InputError(
                    f"{path}, line {number}: not an annotated article ({error!r}). "
                    "It needs doc_id, text and sentences[s, start, stop, speaker, form, countries, topics, positions]."
                ) from error
            yield article


def _gold_article(doc: Mapping[str, Any]) -> Article:
    known = {one["name"]: name_set(one["name"], one.get("aliases", [])) for one in doc.get("speakers", [])}
    rows = {sentence["s"]: _gold_row(sentence, known) for sentence in doc["sentences"]}
    return Article(str(doc["doc_id"]), doc["text"], rows)


def _gold_row(sentence: Mapping[str, Any], known: Mapping[str, Names]) -> Row:
    speakers = _split(sentence["speaker"])
    return Row(
        start=sentence["start"],
        stop=sentence["stop"],
        form=sentence["form"],
        ids=set(speakers),
        speakers=[known.get(name, {fold(name)}) for name in speakers],
        nested=[known.get(name, {fold(name)}) for name in _split(sentence.get("nested"))],
        countries=set(sentence["countries"]),
        topics=set(sentence["topics"]),
        positions=[
            Held(known.get(name.strip(), {fold(name)}), held["target"], held["stance"], name.strip())
            for held in sentence["positions"]
            for name in (held["speaker"] or "").split("|")
        ],
        shown=speakers,
    )


def _split(names: str | None) -> list[str]:
    return [name.strip() for name in (names or "").split("|") if name.strip()]


def lay(tables: Tables, gold: Iterable[Article]) -> list[Article]:
    """The program's tables, laid over the gold sentences by character overlap.

    Raises:
        ContractError: where a statement is not verbatim.
    """
    index = Index(tables)
    return [
        Article(
            doc.article_id,
            doc.text,
            {s: index.row(doc, row) for s, row in doc.rows.items()},
            *index.about.get(doc.article_id, ("", "")),
        )
        for doc in gold
    ]


class Index:
    """The tables by article and statement."""

    def __init__(self, tables: Tables) -> None:
        days = local_days(tables.articles["published"])
        facts = zip(tables.articles["article_id"], tables.articles["source"], days, strict=True)
        self.about = {key: (source, "" if pd.isna(day) else str(day.year)) for key, source, day in facts}
        self.known: dict[str, Names] = {}
        self.shown: dict[str, str] = {}
        for one in _records(tables.speakers):
            aliases = [one["name_en"], *one["aliases"].split("|")]
            self.known[one["speaker_id"]] = name_set(one["name_fa"], aliases)
            self.shown[one["speaker_id"]] = one["name_fa"]
        self.statements: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for one in _records(tables.statements):
            self.statements[one["article_id"]].append(one)
        self._add_speakers(tables)
        self.topics: dict[str, set[str]] = defaultdict(set)
        for one in _records(tables.statement_topics):
            self.topics[one["statement_id"]].add(one["topic_id"])
        self.positions: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
        self.sure_of: dict[str, list[tuple[tuple[str, str], float]]] = defaultdict(list)
        for one in _records(tables.positions):
            if one["target"].startswith(("topic:", "state:")):  # Nothing else is annotated.
                self.positions[one["statement_id"]][one["speaker_id"], one["target"]] = one["stance"]
                self.sure_of[one["statement_id"]].append(((one["target"], one["stance"]), one["confidence"]))
        self.countries: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for one in _records(tables.mentions):
            if one["kind"] == "country":
                self.countries[one["article_id"]].append((one["start"], one["stop"], one["entity_id"]))

    def _add_speakers(self, tables: Tables) -> None:
        article = dict(zip(tables.statements["statement_id"], tables.statements["article_id"], strict=True))
        self.who: dict[str, list[str]] = defaultdict(list)
        self.basis: dict[str, str] = {}
        self.seen_as: dict[tuple[str, str], Names] = defaultdict(set)
        for one in _records(tables.attributions):
            if one["part"] == "speaker":
                self.who[one["statement_id"]].append(one["speaker_id"])
                self.basis.setdefault(one["statement_id"], one["basis"])
            if one["basis"] in {"name", "title", "body"}:  # What the text calls this speaker, bare titles aside.
                self.seen_as[article[one["statement_id"]], one["speaker_id"]] |= name_set("", [one["mention"]])

    def row(self, doc: Article, gold: Row) -> Row:
        """What the tables say of one gold sentence."""
        out = Row(gold.start, gold.stop)
        countries = self.countries[doc.article_id]
        out.countries = {country for a, b, country in countries if a < gold.stop and b > gold.start}
        found: dict[tuple[str, str], str] = {}
        for statement in self.statements[doc.article_id]:
            if doc.text[statement["start"] : statement["stop"]] != statement["text"]:
                raise ContractError(f"{doc.article_id}: statement {statement['statement_id']} is not verbatim.")
            if shared(statement, gold) >= enough(gold):
                self._lay_statement(statement, out, found)
        names = {i: self.names(doc.article_id, i) for i in out.ids | {i for i, _ in found}}
        out.speakers = [names[i] for i in sorted(out.ids)]
        out.shown = [self.shown[i] for i in sorted(out.ids)]
        out.positions = [Held(names[i], target, stance, self.shown[i]) for (i, target), stance in found.items()]
        return out

    def names(self, article_id: str, speaker_id: str) -> Names:
        """The folded names of a speaker in an article."""
        return self.known.get(speaker_id, set()) | self.seen_as[article_id, speaker_id]

    def _lay_statement(self, statement: Mapping[str, Any], out: Row, found: dict[tuple[str, str], str]) -> None:
        key = statement["statement_id"]
        out.form = statement["form"]
        out.basis = out.basis or self.basis.get(key, "")
        out.ids |= set(self.who[key])
        out.topics |= self.topics[key]
        for held, stance in self.positions[key].items():
            found[held] = stance if found.get(held) in (None, stance) else "mixed"


def shared(statement: Mapping[str, Any], gold: Row) -> int:
    """How many characters a statement and a gold sentence share."""
    return int(min(statement["stop"], gold.stop) - max(statement["start"], gold.start))


def enough(gold: Row) -> float:
    """How much of a sentence a statement must cover to count for it: 30 per cent, or 40 characters."""
    return min(40, 0.3 * (gold.stop - gold.start))


def _records(frame: Any) -> list[dict[str, Any]]:
    return list(frame.to_dict("records"))

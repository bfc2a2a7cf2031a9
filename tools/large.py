"""A large invented store of realistic skew, made without extraction: for benchmarks of reading and of the dashboard.

Usage: python tools/large.py STORE [--statements 100000] [--seed 5]

Few speakers, topics, states and outlets make most of what is said (Zipf), a part of each article is by its main speaker
on its main topic, some weeks are about one topic, positions drift over the years, every twelfth article has no date,
every sixteenth copies another, and every second one repeats a sentence as its headline. The shares are those of
agency news as Mavaze reads it. Topics, states and bodies are those of `data/`; speakers are invented.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis import config, schema
from analysis.extract.actors import short_hash
from analysis.lexicon.labels import ids_of
from analysis.schema import Tables
from analysis.store import Batch, Store, commit

STATEMENTS_EACH = 7.0
"""Statements of an article, on average, headlines among them."""
UNDATED, COPIES, HEADLINES, RELAYED, JOINT, ANONYMOUS, HUMAN = 0.08, 0.06, 0.45, 0.013, 0.03, 0.04, 0.004
FIRST_DAY, LAST_DAY = np.datetime64("2019-03-21"), np.datetime64("2026-08-20")
BURSTS = 40
_GIVEN = ("بهرام", "نسرین", "کیوان", "پروانه", "داود", "سیما", "آرش", "مینا", "هومن", "شیرین", "کامبیز", "لاله")
_FAMILY = ("فرضی", "نمونه", "خیالی", "ساختگی", "آزمایشی", "پنداری", "انگاره", "گمانه", "مثالی", "نهانی")
_ENDINGS = ("", "نیا", "پور", "زاده", "فر", "منش", "راد", "تبار", "کیا", "وند")
_PLACES = ("", " اصل", " بالا", " پایین", " نو", " کهن", " شرقی", " غربی", " شمالی", " جنوبی", " دور", " نزدیک")
_CUES = ("گفت", "اعلام کرد", "تاکید کرد", "افزود", "هشدار داد", "خاطرنشان کرد")
_OUTLETS = 60
_ROLES = ("foreign_minister", "spokesperson", "other", "ambassador", "deputy_minister", "head_of_state", "minister",
          "legislator", "international_official", "expert", "envoy", "party")  # fmt: skip
_COLUMNS: dict[str, tuple[str, ...]] = {
    "statements": ("statement_id", "article_id", "start", "stop", "text", "form", "cue", "cue_start", "cue_stop",
                   "repeats", "confidence", "coder"),
    "attributions": ("statement_id", "speaker_id", "part", "mention", "start", "stop", "basis", "role", "country",
                     "coder"),
    "mentions": ("article_id", "start", "stop", "text", "kind", "entity_id", "statement_id", "coder"),
    "statement_topics": ("statement_id", "topic_id", "rank", "start", "stop", "coder"),
    "positions": ("statement_id", "speaker_id", "target", "stance", "relayed", "start", "stop", "rule", "confidence",
                  "coder"),
}  # fmt: skip


def zipf(size: int, slope: float = 1.05, shift: float = 1.5) -> np.ndarray:
    """Weights of the first, second, … of so many; they add up to 1."""
    weights = 1 / (np.arange(size) + shift) ** slope
    return weights / weights.sum()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented."""

    speaker_id: str
    name: str
    kind: str
    role: str
    country: str
    topics: np.ndarray
    leaning: float


class World:
    """Who speaks about what, and when.

    Args:
        articles: how many articles there will be.
        seed: the same number makes the same store.
    """

    def __init__(self, articles: int, seed: int) -> None:
        self.chance = np.random.default_rng(seed)
        self.topics = list(ids_of("topic"))
        self.countries = list(ids_of("country").items())
        preferred = ["IR", "US", "IL", "IQ", "GB", "CN", "AF", "SA", "RU", "LB", "SY", "FR", "PK", "OM", "TR", "AE"]
        self.countries.sort(key=lambda item: preferred.index(item[0]) if item[0] in preferred else len(preferred))
        self.bodies, self.regions = list(ids_of("org").items()), list(ids_of("region").items())
        self.words = _vocabulary(self.chance)
        self.word_weights = zipf(len(self.words), 1.0, 2.7).cumsum()
        self.topic_weights = zipf(len(self.topics), 0.9)
        self.country_weights = [self._countries_of(number) for number in range(len(self.topics))]
        self.people = [self._person(number) for number in range(max(400, min(9000, articles // 8)))]
        self.person_weights = zipf(len(self.people)).cumsum()
        self.outlets = [f"خبرگزاری نمونهٔ {number}" for number in range(1, _OUTLETS + 1)]
        self.outlet_weights = zipf(_OUTLETS).cumsum()
        self.days, self.burst_of = self._days(articles)

    def _countries_of(self, topic: int) -> np.ndarray:
        weights = zipf(len(self.countries), 1.1)
        own = np.random.default_rng(topic).choice(40, 4, replace=False)
        weights[own] += 0.06
        return (weights / weights.sum()).cumsum()

    def _person(self, number: int) -> Person:
        name = f"{_GIVEN[number % 12]} {_FAMILY[number // 12 % 10]}{_ENDINGS[number // 120 % 10]}"
        name += _PLACES[number // 1200 % 12]
        country = self.countries[int(np.searchsorted(self.country_weights[0], self.chance.random()))][0]
        country = country if number % 2 else "IR"
        kind = "person" if number % 5 else "body"
        role = "organisation" if kind == "body" else _ROLES[min(int(self.chance.exponential(3)), len(_ROLES) - 1)]
        topics = np.roll(self.topic_weights, int(self.chance.integers(len(self.topics)))) + self.topic_weights
        leaning = float(self.chance.normal(0, 1.2))
        return Person(f"{kind}:invented-{number:05}", name, kind, role, country, (topics / 2).cumsum(), leaning)

    def _days(self, articles: int) -> tuple[np.ndarray, dict[int, int]]:
        """The day of every article, in order, and the topic that each day is full of."""
        count = int((LAST_DAY - FIRST_DAY).astype(int))
        number = np.arange(count)
        weight = (1 + number / count * 2) * np.where((number + 3) % 7 == 1, 0.4, 1.0)
        burst_of: dict[int, int] = {}
        for start in self.chance.integers(0, count - 30, BURSTS):
            topic, days = int(self.chance.integers(len(self.topics))), int(self.chance.integers(4, 25))
            weight[start : start + days] *= np.linspace(float(self.chance.uniform(2, 5)), 1, days)
            burst_of.update(dict.fromkeys(range(start, start + days), topic))
        chosen = self.chance.choice(count, articles, p=weight / weight.sum())
        return np.sort(chosen), burst_of

    def text(self, words: int) -> list[str]:
        """Words as they come in news: few of them make most of it."""
        found = np.searchsorted(self.word_weights, self.chance.random(words))
        return [self.words[place] for place in found]


def _vocabulary(chance: np.random.Generator) -> list[str]:
    """Words of the demonstration's dispatches, the frequent ones first, and many rare ones made of syllables."""
    texts = " ".join(path.read_text(encoding="utf-8") for path in sorted((config.SEEDS / "demo").glob("*.txt")))
    seen = pd.Series([word for word in texts.split() if word.strip("‌").replace("‌", "").isalpha()])
    syllables = ["بار", "دان", "گو", "شی", "مه", "رو", "تا", "کی", "لن", "سو", "فر", "نا", "پا", "زم", "خو", "هم"]
    rare = ["".join(chance.choice(syllables, 4)) for _ in range(30_000)]
    return [*seen.value_counts().index, *dict.fromkeys(rare)]


class Writer:
    """Rows of one batch."""

    def __init__(self, world: World) -> None:
        self.world, self.chance = world, world.chance
        self.articles: list[dict[str, object]] = []
        self.rows: dict[str, list[tuple[object, ...]]] = {name: [] for name in _COLUMNS}
        self.named: dict[str, tuple[str, str]] = {}

    def article(self, number: int, day: int) -> None:
        """One article with its codes; sometimes a copy of it by another outlet."""
        chance, world = self.chance, self.world
        burst = world.burst_of.get(day)
        topic = burst if burst is not None and chance.random() < 0.5 else _pick(chance, world.topic_weights.cumsum())
        leader = world.people[_pick(chance, world.person_weights)]
        count = round(min(1 + chance.gamma(1.2, (STATEMENTS_EACH - 1 - HEADLINES) / 1.2), 90))
        sentences = [Sentence(self, topic, leader, day) for _ in range(count)]
        intro = " ".join(world.text(12))
        filler = [" ".join(world.text(int(length))) for length in chance.integers(4, 30, count)]
        headline = chance.random() < HEADLINES
        outside = [self._mention(topic) for _ in range(int(chance.poisson(4)))]
        when = pd.Timestamp(str(FIRST_DAY + np.timedelta64(day, "D")), tz="UTC") + pd.Timedelta(
            minutes=int(chance.integers(1400))
        )
        published = pd.NaT if chance.random() < UNDATED else when
        original = ""
        for copy in range(1 + (chance.random() < COPIES)):
            key = short_hash("large", number, copy)
            text = self._codes(key, intro, sentences, filler, outside, headline)
            self.articles.append({
                "article_id": key, "external_id": f"large-{number}-{copy}", "url": f"https://example.org/{number}/{copy}",
                "source": world.outlets[_pick(chance, world.outlet_weights)], "title": intro, "text": text,
                "published": published + pd.Timedelta(hours=2 * copy), "content_hash": short_hash(text),
                "published_precision": "none" if published is pd.NaT else "time",
                "collection": ("agencies", "channels", "archive")[number % 10 // 6], "duplicate_of": original,
            })  # fmt: skip
            original = key

    def _mention(self, topic: int) -> tuple[str, str, str]:
        """kind, id and words."""
        chance, world, which = self.chance, self.world, self.chance.random()
        if which < 0.66:
            iso, names = world.countries[_pick(chance, world.country_weights[topic])]
            return "country", iso, names[0]
        if which < 0.8:
            body, names = world.bodies[min(int(chance.exponential(8)), len(world.bodies) - 1)]
            return "organisation", body, names[0]
        if which < 0.84:
            region, names = world.regions[min(int(chance.exponential(3)), len(world.regions) - 1)]
            return "region", region, names[0]
        person = world.people[_pick(chance, world.person_weights)]
        self.named[person.speaker_id] = (person.name, person.kind)
        return "person", person.speaker_id, person.name

    def _codes(
        self,
        key: str,
        intro: str,
        sentences: list[Sentence],
        filler: list[str],
        outside: list[tuple[str, str, str]],
        headline: bool,
    ) -> str:
        """Write all rows of an article; its text."""
        text = intro + "\n"
        body = len(text) + (len(sentences[0].text) + 1 if headline else 0)
        if headline:
            repeated = short_hash(key, body, body + len(sentences[0].text)) if len(sentences) > 2 else ""
            sentences[0].write(self, key, len(text), "headline", repeated)
            text += sentences[0].text + "\n"
        for sentence, words in zip(sentences, filler, strict=True):
            sentence.write(self, key, len(text), sentence.form, "")
            text += f"{sentence.text}\n{words}\n"
        for kind, entity, words in outside:
            row = (key, len(text), len(text) + len(words), words, kind, entity, "", schema.MACHINE)
            self.rows["mentions"].append(row)
            text += words + "\n"
        return text

    def batch(self) -> Batch:
        """What was written."""
        frames = {name: pd.DataFrame(rows, columns=list(_COLUMNS[name])) for name, rows in self.rows.items()}
        frames["articles"] = pd.DataFrame(self.articles)
        speakers = [(key, name, name, kind, name) for key, (name, kind) in self.named.items()]
        frames["speakers"] = pd.DataFrame(speakers, columns=["speaker_id", "name_fa", "name_en", "kind", "aliases"])
        tables = Tables(**{t.name: t.frame(frames[t.name]) for t in schema.TABLES if t.name in frames})
        return Batch(kind="add", tables=tables, who="نویسنده", lexicon="invented")


class Sentence:
    """A statement before it has a place: its words, who says it, what it is about."""

    def __init__(self, writer: Writer, topic: int, leader: Person, day: int) -> None:
        chance, world = writer.chance, writer.world
        own = chance.random() < 0.6
        speaker = leader if own else world.people[_pick(chance, world.person_weights)]
        self.anonymous = chance.random() < ANONYMOUS
        self.speakers = [] if self.anonymous else [speaker]
        if chance.random() < JOINT:
            self.speakers.append(world.people[_pick(chance, world.person_weights)])
        self.speakers = list({person.speaker_id: person for person in self.speakers}.values())
        self.relayed = chance.random() < RELAYED
        first = topic if chance.random() < 0.7 else _pick(chance, speaker.topics)
        more = [_pick(chance, speaker.topics) for _ in range(int(chance.integers(0, 3)))]
        chosen = [] if chance.random() < 0.12 else [first, *more]
        self.topics = [world.topics[place] for place in dict.fromkeys(chosen)]
        self.form = "direct" if chance.random() < 0.6 else "indirect"
        self.cue = _CUES[int(chance.integers(len(_CUES)))]
        self.confidence = round(float(chance.beta(5, 2)), 3)
        self.coder = "تحلیلگر" if chance.random() < HUMAN else schema.MACHINE
        self._positions(writer, speaker, day)
        self._words(writer, first)

    def _positions(self, writer: Writer, speaker: Person, day: int) -> None:
        chance, world = writer.chance, writer.world
        self.positions: list[tuple[str, str, bool]] = []
        for target in self.topics[:1] if chance.random() < 0.4 else []:
            drift = speaker.leaning + (day / 2700 - 0.5) * 2 + chance.normal(0, 0.7)
            self.positions.append((f"topic:{target}", "for" if drift > 0.3 else "against" if drift < 0 else "mixed",
                                   chance.random() < 0.02))  # fmt: skip
        if chance.random() < 0.15:
            iso = world.countries[_pick(chance, world.country_weights[0])][0]
            self.positions.append((f"state:{iso}", "against" if chance.random() < 0.7 else "for", False))

    def _words(self, writer: Writer, topic: int) -> None:
        """The words, with the places of the speakers, the cue and the mentions in them."""
        chance = writer.chance
        self.names: list[tuple[int, str]] = []
        text = ""
        for name in [person.name for person in self.speakers] or ["یک منبع آگاه"]:
            self.names.append((len(text), name))
            text += name + " "
        self.cue_start = len(text)
        text += self.cue + ": "
        self.mentions: list[tuple[int, str, str, str]] = []
        for _ in range(int(chance.poisson(2.4))):
            text += " ".join(writer.world.text(int(chance.integers(2, 9)))) + " "
            kind, entity, words = writer._mention(topic)
            self.mentions.append((len(text), kind, entity, words))
            text += words + " "
        self.text = text + " ".join(writer.world.text(int(chance.integers(4, 14)))) + "."

    def write(self, writer: Writer, article: str, start: int, form: str, repeats: str) -> None:
        """Its rows at a place of an article's text."""
        rows, stop = writer.rows, start + len(self.text)
        key, cue = short_hash(article, start, stop), start + self.cue_start
        rows["statements"].append((key, article, start, stop, self.text, form, self.cue, cue, cue + len(self.cue),
                                   repeats, self.confidence, self.coder))  # fmt: skip
        people = [(p.speaker_id, p.name, p.kind, p.role, p.country) for p in self.speakers]
        people = people or [(f"anonymous:{key}", "یک منبع آگاه", "anonymous", "anonymous", "")]
        for (place, name), (speaker, full, kind, role, country) in zip(self.names, people, strict=False):
            writer.named[speaker] = (full, kind)
            part = "relayed" if self.relayed else "speaker"
            at = start + place
            rows["attributions"].append((key, speaker, part, name, at, at + len(name), "name", role, country,
                                         self.coder))  # fmt: skip
        for place, kind, entity, words in self.mentions:
            at = start + place
            rows["mentions"].append((article, at, at + len(words), words, kind, entity, key, schema.MACHINE))
        for rank, topic in enumerate(self.topics, 1):
            rows["statement_topics"].append((key, topic, rank, start, stop, self.coder))
        for target, stance, relayed in self.positions:
            rows["positions"].append((key, people[0][0], target, stance, relayed, start, stop, "invented",
                                      self.confidence, self.coder))  # fmt: skip


def _pick(chance: np.random.Generator, weights: np.ndarray) -> int:
    """A place, by weights that were added up."""
    return min(int(np.searchsorted(weights, chance.random())), len(weights) - 1)


def fill(place: Path | str, statements: int, seed: int = 5, size: int = 1000) -> Store:
    """Make a store of about so many statements."""
    store = Store.open(place, create=True)
    articles = round(statements / STATEMENTS_EACH / (1 + COPIES))
    world = World(articles, seed)
    for first in range(0, articles, size):
        writer = Writer(world)
        for number in range(first, min(first + size, articles)):
            writer.article(number, int(world.days[number]))
        store = commit(store, writer.batch())
        print(f"{first + size:,} of {articles:,} articles", end="\r", file=sys.stderr, flush=True)
    return store


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path, help="a new folder")
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    began = time.perf_counter()
    store = fill(options.store, options.statements, options.seed)
    counted = {table.name: int(store.query(f"SELECT count(*) AS n FROM {table.name}")["n"].iloc[0])
               for table in schema.TABLES}  # fmt: skip
    print(f"{options.store}: {counted}, {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()

"""What becomes of each article of a batch, given what a store holds: new, a copy, a new version, or nothing to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analysis.extract.actors import short_hash
from analysis.lexicon.words import Words
from analysis.store.arrivals import Arrival
from analysis.store.duplicates import bands_of, best_original, letters, similarity
from analysis.store.report import KEPT, Line
from analysis.store.store import Store

RELATED = 0.1
"""The similarity below which two texts of one file name are two articles, and not two versions of one."""
_TITLE = 80

Bands = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an article."""

    arrival: Arrival
    line: Line
    bands: Bands
    copies: str = ""
    """What `duplicate_of` is to say. Where the article that it copies stands in for a removed one, that one, so that
    all of them name the same when the removal is taken back."""

    @property
    def kept(self) -> bool:
        """Whether the article's rows are to be written."""
        return self.line.outcome in KEPT


@dataclass(slots=True)
class _Known:
    """What a store holds that a batch may be compared with."""

    visible: dict[str, str]
    """Id to the hash of the text that counts."""
    copied: set[str]
    """Ids of articles that others copy."""
    ever: dict[str, set[str]]
    """Id to the hashes of all texts that were ever kept under it."""
    sharing: dict[str, list[str]]
    """Id that came in to the originals of those that share a band with it, the earliest first."""
    texts: dict[str, str]
    names: dict[str, str]
    """Id to what people know the article by, for the report."""
    stands_for: dict[str, str]
    """Id of an original that copies a removed article to that article."""


def decide(
    store: Store, arrivals: Sequence[Arrival], words: Words, *, removed_stay: bool = False
) -> tuple[list[Decision], list[Arrival]]:
    """What becomes of each article of a batch.

    Args:
        store: what is kept so far.
        arrivals: the articles, in order; the earlier is the original of the later.
        words: for the names of states and people by which texts of one formula are told apart.
        removed_stay: whether an article that somebody removed is left alone (a schedule would bring it back for ever);
            otherwise it is added again.

    Returns:
        the decisions, and from the first article on whose id another one of the batch has with another text, those
        that must wait for the next batch.
    """
    arrivals, waiting = _once_each(_split_names(store, arrivals))
    bands = {a.article_id: bands_of(a.text) for a in arrivals}
    known = _look_up(store, bands, [a.article_id for a in arrivals])
    seen: dict[tuple[int, int], list[str]] = defaultdict(list)
    found: list[Decision] = []
    done: set[str] = set()
    for arrival in arrivals:
        mine = bands[arrival.article_id]
        line = _known_already(arrival, known, removed_stay, done) or _compare(arrival, known, seen, mine, words)
        found.append(Decision(arrival, line, mine, known.stands_for.get(line.other, line.other)))
        done.add(arrival.article_id)
        if line.outcome in KEPT:
            _note(arrival, line, known, seen, mine)
    return found, waiting


def _split_names(store: Store, arrivals: Sequence[Arrival]) -> list[Arrival]:
    """Give an article that only shares the file's name with another one an id of its own."""
    named = [a.article_id for a in arrivals if a.named_by_file]
    if not named:
        return list(arrivals)
    frame = store.frame("articles", ["article_id", "text"], "article_id IN (SELECT unnest(?))", [named])
    texts: dict[str, str] = dict(zip(frame["article_id"], frame["text"], strict=True))
    found = []
    for arrival in arrivals:
        if arrival.named_by_file:
            first = texts.setdefault(arrival.article_id, arrival.text)
            if similarity(first, arrival.text) < RELATED:
                own = short_hash(arrival.article_id, arrival.text)
                arrival = replace(arrival, row=arrival.row | {"article_id": own})
        found.append(arrival)
    return found


def _once_each(arrivals: Sequence[Arrival]) -> tuple[list[Arrival], list[Arrival]]:
    """The articles up to the first whose id came before with another text, and the others."""
    texts: dict[str, str] = {}
    for i, arrival in enumerate(arrivals):
        if texts.setdefault(arrival.article_id, arrival.content_hash) != arrival.content_hash:
            return list(arrivals[:i]), list(arrivals[i:])
    return list(arrivals), []


def _look_up(store: Store, bands: dict[str, Bands], ids: list[str]) -> _Known:
    rows = [(mine, band, value) for mine, pairs in bands.items() for band, value in pairs]
    wanted = pd.DataFrame(rows, columns=["mine", "band", "value"])
    with store.connect() as con:
        con.register("wanted", wanted)
        visible = con.execute(
            "SELECT article_id, content_hash FROM articles WHERE article_id IN (SELECT unnest(?))", [ids]
        ).fetchall()
        copied = con.execute(
            "SELECT DISTINCT duplicate_of FROM articles WHERE duplicate_of IN (SELECT unnest(?))", [ids]
        ).fetchall()
        ever = con.execute(
            "SELECT DISTINCT article_id, content_hash FROM all_articles WHERE article_id IN (SELECT unnest(?))", [ids]
        ).fetchall()
        shared = con.execute(
            """SELECT DISTINCT mine, article_id FROM wanted JOIN bands USING (band, value) WHERE mine <> article_id"""
        ).fetchall()
        others = con.execute(
            """SELECT article_id, coalesce(nullif(duplicate_of, ''), article_id) FROM articles
               WHERE article_id IN (SELECT unnest(?))""",
            [list({other for _, other in shared})],
        ).fetchall()
        roots = dict(others)
        originals = con.execute(
            """SELECT a.article_id, a.text, a.title, a.source, kept.duplicate_of
               FROM articles a JOIN all_articles kept USING (article_id, batch_id)
               WHERE a.article_id IN (SELECT unnest(?)) ORDER BY version, a.article_id""",
            [list(set(roots.values()))],
        ).fetchall()
    order = {row[0]: i for i, row in enumerate(originals)}
    sharing: dict[str, set[str]] = defaultdict(set)
    for mine, other in shared:
        root = roots.get(other, "")
        if root in order and root != mine:
            sharing[mine].add(root)
    hashes: dict[str, set[str]] = defaultdict(set)
    for article_id, content_hash in ever:
        hashes[article_id].add(content_hash)
    return _Known(
        dict(visible),
        {row[0] for row in copied},
        dict(hashes),
        {mine: sorted(found, key=order.__getitem__) for mine, found in sharing.items()},
        {row[0]: row[1] for row in originals},
        {row[0]: _name(row[2], row[3], row[1]) for row in originals},
        {row[0]: row[4] for row in originals if row[4]},
    )


def _name(title: str, source: str, text: str) -> str:
    """What people know an article by."""
    words = title if letters(title) else " ".join(text.split())
    short = words if len(words) <= _TITLE else f"{words[:_TITLE].rstrip()}…"
    return f"«{short}»" + (f", {source}" if source else "")


def _known_already(arrival: Arrival, known: _Known, removed_stay: bool, done: set[str]) -> Line | None:
    """What becomes of an article whose text was kept before, or comes twice in one batch."""
    article_id, text = arrival.article_id, arrival.content_hash
    if article_id in done:
        return arrival.line("unchanged", "It came just before in the same words.")
    if article_id in known.visible:
        if known.visible[article_id] == text:
            return arrival.line("unchanged", "It is there already, word for word.")
        if text in known.ever[article_id]:
            return arrival.line("unchanged", "It is an earlier version of an article whose newer text is there.")
    elif article_id in known.ever and removed_stay:
        return arrival.line("unchanged", "It was removed. Add it by hand or restore it to have it again.")
    return None


def _compare(
    arrival: Arrival, known: _Known, seen: dict[tuple[int, int], list[str]], bands: Bands, words: Words
) -> Line:
    """What becomes of a text that is new: whether it copies another article."""
    here = dict.fromkeys(root for band in bands for root in seen.get(band, ()))
    others = dict.fromkeys([*known.sharing.get(arrival.article_id, ()), *here])
    if arrival.article_id in known.copied:
        others.clear()  # What others copy stays an original: a copy of a copy would be a chain.
    others.pop(arrival.article_id, None)
    lexicon = words.load() if others else None
    best = best_original(arrival.text, [(other, known.texts[other]) for other in others], lexicon)
    other, share, why = "", 0.0, ""
    if best:
        other, share = best
        same = "The same text as" if share == 1 else f"{share:.0%} the same as"
        why = f"{same} {known.names[other]}."
    if arrival.article_id in known.visible:
        return arrival.line("new_version", f"Its text has changed. {why}".strip(), other=other, similarity=share)
    if not other:
        return arrival.line("added")
    return arrival.line("duplicate" if share == 1 else "near_duplicate", why, other=other, similarity=share)


def _note(arrival: Arrival, line: Line, known: _Known, seen: dict[tuple[int, int], list[str]], bands: Bands) -> None:
    """Let later articles of the batch be compared with this one, or with what it copies."""
    root = line.other or arrival.article_id
    if not line.other:
        known.texts[root] = arrival.text
        known.names[root] = _name(str(arrival.row["title"]), str(arrival.row["source"]), arrival.text)
    for band in bands:
        seen[band].append(root)

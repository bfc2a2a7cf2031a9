"""Corrections over the tables: pure, tables in, tables out; the machine's rows stay as they are in the store.

Corrections of speakers as such (merge, split, alias) apply first, then those of statements, each in the order in which
they were made. A correction that fits nothing any more is *orphaned*: it changes nothing, is listed, and applies again
when what it speaks of comes back.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pandas as pd

from analysis.schema import SPEAKERS, TABLES, Tables, concatenate
from analysis.store.case import Case, Row, article_rows, values
from analysis.store.edits import apply_to
from analysis.store.schema import NAMED, ORDER

PEOPLE = ("merge_person", "split_person", "alias", "add_person")
"""Fields that concern a speaker in all articles."""
TERMS = ("term",)
"""Fields that concern no row, but the words that articles are extracted with."""
OF_STATEMENTS = ("speaker", "topic", "country", "stance", "not_a_statement", "add_statement")
"""Fields that concern a statement, found by article, start, stop and its exact words."""
OF_CODING = ("sample", "sample_item", "coding")
"""Fields of blind coding (`store.coding`), which never change the tables."""
_WITH_SPEAKER = ("attributions", "positions")
_ROWS = ("statements", "attributions", "mentions", "statement_topics", "positions")


def in_force(corrections: pd.DataFrame) -> pd.Series:
    """Which corrections (columns: `store.schema.CORRECTIONS`) count: those that no undo in force takes back."""
    undoing: dict[str, list[str]] = defaultdict(list)
    for correction_id, undone in zip(corrections["correction_id"], corrections["undoes"], strict=True):
        if undone:
            undoing[undone].append(correction_id)
    known: dict[str, bool] = {}
    # Newest first: an undo is younger than what it takes back, so its own state is known when it is asked for.
    for correction_id in reversed(list(corrections["correction_id"])):
        known[correction_id] = not any(known.get(other, True) for other in undoing[correction_id])
    return corrections["correction_id"].map(known).astype("bool")


def changing(corrections: pd.DataFrame) -> pd.DataFrame:
    """The corrections in force that change tables: no undos, no codes of blind coding."""
    if corrections.empty:
        return corrections
    return corrections[in_force(corrections) & (corrections["undoes"] == "") & ~corrections["field"].isin(OF_CODING)]


def corrections_only(corrections: pd.DataFrame) -> pd.DataFrame:
    """Without blind coding, and without what takes it back."""
    found = set(corrections.loc[corrections["field"].isin(OF_CODING), "correction_id"])
    while more := set(corrections.loc[corrections["undoes"].isin(found), "correction_id"]) - found:
        found |= more
    return corrections[~corrections["correction_id"].isin(found)].reset_index(drop=True)


def apply(tables: Tables, corrections: pd.DataFrame) -> Tables:
    """The tables with corrections applied; rows that a person made name them as `coder`.

    Args:
        tables: visible rows as the machine coded them.
        corrections: all rows of `store.schema.CORRECTIONS`, undos among them, in the order in which they were made.
    """
    return _apply(tables, corrections)[0]


def orphaned(tables: Tables, corrections: pd.DataFrame) -> set[str]:
    """Ids of the corrections in force that fit nothing in these tables."""
    return _apply(tables, corrections)[1]


def named_only(tables: Tables) -> Tables:
    """Without the speakers and offices that no row names."""
    names = {*tables.attributions["speaker_id"], *tables.positions["speaker_id"], *tables.mentions["entity_id"]}
    chosen = {
        name: frame[frame["speaker_id"].isin(names)].reset_index(drop=True)
        for name, frame in (("speakers", tables.speakers), ("offices", tables.offices))
    }
    return replace(tables, **chosen)


def _apply(tables: Tables, corrections: pd.DataFrame) -> tuple[Tables, set[str]]:
    chosen = changing(corrections)
    if chosen.empty:
        return tables, set()
    rows = article_rows(chosen)
    places = {str(row["correction_id"]): number for number, row in enumerate(rows)}
    lost: set[str] = set()
    same: dict[str, str] = {}
    for row in (row for row in rows if row["field"] in PEOPLE):
        tables, fits = _correct_person(tables, row, same)
        if not fits:
            lost.add(str(row["correction_id"]))
    tables, unfit = _correct_articles(
        tables, [row for row in rows if row["field"] not in (*PEOPLE, *TERMS)], same, places
    )
    return tables, lost | unfit


def _correct_person(tables: Tables, row: Row, same: dict[str, str]) -> tuple[Tables, bool]:
    key, new = str(row["key"]), str(row["new"])
    key = same.get(key, key)
    if key not in set(tables.speakers["speaker_id"]):
        # A name or a person that was added stays among the words of the store, whether an article names them or not.
        return tables, row["field"] == "add_person" or (row["field"] == "alias" and bool(new))
    if row["field"] == "alias":
        return replace(tables, speakers=_with_alias(tables.speakers, key, str(row["old"]), new)), True
    if row["field"] == "add_person":
        return tables, True
    if row["field"] == "merge_person":
        target = same.get(new, new)
        if target == key:
            return tables, True
        for old, now in [*same.items(), (key, target)]:
            same[old] = target if now in (key, target) else now
        same[str(row["key"])] = target
        return _merged(tables, key, target), True
    parted = values(new)
    return (tables, False) if parted is None else _split(tables, key, parted, str(row["who"]))


def _with_alias(speakers: pd.DataFrame, speaker_id: str, old: str, new: str) -> pd.DataFrame:
    speakers = speakers.copy()
    at = speakers["speaker_id"] == speaker_id
    names = [alias for alias in speakers.loc[at, "aliases"].iloc[0].split("|") if alias and alias != old]
    speakers.loc[at, "aliases"] = "|".join(dict.fromkeys([*names, *([new] if new else [])]))
    return speakers


def _merged(tables: Tables, key: str, target: str) -> Tables:
    """One speaker's rows given to another, whose own rows win."""
    frames: dict[str, pd.DataFrame] = {}
    for table, frame in tables:
        column = "entity_id" if table.name == "mentions" else "speaker_id"
        if column in frame:
            frame = frame.sort_values(column, key=lambda ids: ids == key, kind="stable")  # The other's rows last.
            moved = frame[column] == key
            if table.name == "mentions":
                moved &= frame["kind"] == "person"
            if table.name == "speakers" and target in set(frame["speaker_id"]):
                frame = _called(frame, key)
            frame = frame.assign(**{column: frame[column].where(~moved, target)})
        frames[table.name] = frame
    merged = concatenate([Tables(**frames)])
    return _in_order(_tidied(merged, target))


def _called(speakers: pd.DataFrame, key: str) -> pd.DataFrame:
    """Speakers, the name of one of them among their aliases: who takes their rows is found by it as well."""
    row = speakers[speakers["speaker_id"] == key].iloc[0]
    return _with_alias(speakers, key, "", row["name_fa"])


def _tidied(tables: Tables, speaker: str) -> Tables:
    """Each key once, the first row's; a speaker's positions are relayed where they do not speak."""
    frames: dict[str, pd.DataFrame] = {}
    for name in (*_WITH_SPEAKER, "mentions"):
        key = next(list(table.key) for table in TABLES if table.name == name)
        frames[name] = getattr(tables, name).drop_duplicates(key, ignore_index=True)
    attributions, positions = frames["attributions"], frames["positions"]
    own = (attributions["speaker_id"] == speaker) & (attributions["part"] == "speaker")
    relayed = ~positions["statement_id"].isin(attributions.loc[own, "statement_id"])
    mine = positions["speaker_id"] == speaker
    frames["positions"] = positions.assign(relayed=positions["relayed"].where(~mine, relayed))
    return replace(tables, **frames)


def _split(tables: Tables, key: str, new: Row, who: str) -> tuple[Tables, bool]:
    """What names the speaker by words among `mentions` goes to a speaker of its own, with the positions beside it."""
    words, made = new.get("mentions"), str(new.get("speaker_id") or "")
    words = words if isinstance(words, list) and made else []
    hits = (tables.attributions["speaker_id"] == key) & tables.attributions["mention"].isin(words)
    if not hits.any():
        return tables, False
    moved = set(tables.attributions.loc[hits, "statement_id"])
    attributions, positions, mentions = tables.attributions.copy(), tables.positions.copy(), tables.mentions.copy()
    named = (mentions["entity_id"] == key) & (mentions["kind"] == "person") & mentions["text"].isin(words)
    mentions.loc[named, ["entity_id", "coder"]] = [made, who]
    held = (positions["speaker_id"] == key) & positions["statement_id"].isin(moved)
    for frame, at in ((attributions, hits), (positions, held)):
        frame.loc[at, ["speaker_id", "coder"]] = [made, who]
    # Where somebody has a row already, it stays.
    attributions = pd.concat([attributions[~hits], attributions[hits]])
    positions = pd.concat([positions[~held], positions[held]])
    speakers = _with_speakers(tables.speakers, [{"kind": "person", **new}])
    parted = replace(tables, attributions=attributions, positions=positions, mentions=mentions, speakers=speakers)
    return _in_order(_tidied(_tidied(parted, made), key)), True


def _with_speakers(speakers: pd.DataFrame, rows: list[Row]) -> pd.DataFrame:
    """Speakers with those that corrections bring in; of several rows of one the last that says a name."""
    known = set(speakers["speaker_id"])
    fresh: dict[str, Row] = {}
    for row in rows:
        if row["speaker_id"] not in known and (row.get("name_fa") or row["speaker_id"] not in fresh):
            fresh[str(row["speaker_id"])] = row
    return pd.concat([speakers, SPEAKERS.frame(list(fresh.values()))], ignore_index=True) if fresh else speakers


def _correct_articles(
    tables: Tables, rows: list[Row], same: dict[str, str], places: dict[str, int]
) -> tuple[Tables, set[str]]:
    """Apply corrections of statements; `places` says where in the log each stands."""
    by_article: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_article[str(row["article_id"])].append(row)
    texts = tables.articles.loc[tables.articles["article_id"].isin(list(by_article)), ["article_id", "text"]]
    lost = {
        str(row["correction_id"])
        for article in by_article.keys() - set(texts["article_id"])
        for row in by_article[article]
    }
    if texts.empty:
        return tables, lost
    article_of = tables.statements.loc[tables.statements["article_id"].isin(texts["article_id"])]
    owner = dict(zip(article_of["statement_id"], article_of["article_id"], strict=True))
    kept: dict[str, pd.DataFrame] = {}
    taken: dict[str, dict[str, list[Row]]] = defaultdict(lambda: {name: [] for name in _ROWS})
    for name in _ROWS:
        frame: pd.DataFrame = getattr(tables, name)
        owners = frame["article_id"] if "article_id" in frame else frame["statement_id"].map(owner)
        touched = owners.isin(texts["article_id"])
        kept[name] = frame[~touched]
        for article, row in zip(owners[touched], article_rows(frame[touched]), strict=True):
            taken[article][name].append(row)
    made: list[tuple[int, Row]] = []
    for article, text in texts.itertuples(index=False):
        case = Case(article, text, taken[article], same, made)
        for row in by_article[article]:
            if not apply_to(case, row, places[str(row["correction_id"])]):
                lost.add(str(row["correction_id"]))
    frames = {
        name: pd.concat([frame, _frame_of(name, [row for rows in taken.values() for row in rows[name]])])
        for name, frame in kept.items()
    }
    in_order = [row for _, row in sorted(made, key=lambda one: one[0])]
    speakers = _with_speakers(tables.speakers, in_order)
    return _in_order(replace(tables, **frames, speakers=speakers)), lost


def _frame_of(name: str, rows: list[Row]) -> pd.DataFrame:
    return next(table for table in TABLES if table.name == name).frame(rows)


def _in_order(tables: Tables) -> Tables:
    """The store's order again."""
    statements = tables.statements
    owner = pd.Series(statements["article_id"].to_numpy(), index=statements["statement_id"], dtype="str")
    frames: dict[str, pd.DataFrame] = {}
    for table, frame in tables:
        order = list(ORDER[table.name])
        if table.name not in NAMED and "article_id" not in frame:
            frame = frame.assign(article_id=frame["statement_id"].map(owner))
        frames[table.name] = table.frame(frame.sort_values(order, ignore_index=True))
    return Tables(**frames)

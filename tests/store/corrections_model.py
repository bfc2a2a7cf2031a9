"""What a log of corrections means, in plain dictionaries and lists: written anew from the documents, to compare with.

People first (merge, split, name), then statements, each in the order made. Nothing here is of `analysis.store`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.schema import Tables

Row = dict[str, Any]


def in_force(log: list[Row]) -> list[Row]:
    """Corrections that no undo in force takes back."""
    out: set[str] = set()
    for row in reversed(log):
        if row["undoes"] and row["correction_id"] not in out:
            out.add(row["undoes"])
    return [row for row in log if row["correction_id"] not in out and not row["undoes"]]


@dataclass
class Model:
    """The tables as rows. Topics are lists in the order of their ranks."""

    tables: Tables
    same: dict[str, str] = field(default_factory=dict)
    gone: list[tuple[str, int, int]] = field(default_factory=list)
    fate: dict[tuple[str, str, str], str] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    brought: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.texts = dict(zip(self.tables.articles["article_id"], self.tables.articles["text"], strict=True))
        self.statements, self.attributions, self.positions, self.mentions, speakers = (
            rows(getattr(self.tables, name))
            for name in ("statements", "attributions", "positions", "mentions", "speakers")
        )
        self.speakers = {row["speaker_id"]: row for row in speakers}
        self.topics: dict[str, list[Row]] = {}
        for row in sorted(rows(self.tables.statement_topics), key=lambda row: row["rank"]):
            self.topics.setdefault(row["statement_id"], []).append(row)

    def fold(self, log: list[Row]) -> Model:
        """Apply a whole log."""
        valid = in_force(log)
        people = ("merge_person", "split_person", "alias")
        for row in [r for r in valid if r["field"] in people] + [r for r in valid if r["field"] not in people]:
            if not getattr(self, row["field"])(row):
                self.lost.add(row["correction_id"])
        return self

    # People

    def merge_person(self, row: Row) -> bool:
        key, target = self.now(row["key"]), self.now(row["new"])
        if key not in self.speakers or key == target:
            return key in self.speakers
        self.same = {old: target if new == key else new for old, new in self.same.items()} | {key: target}
        gone = self.speakers.pop(key)
        if target in self.speakers:
            names = [*split(self.speakers[target]), *split(gone), gone["name_fa"]]
            self.speakers[target]["aliases"] = "|".join(dict.fromkeys(name for name in names if name))
        else:
            self.speakers[target] = gone | {"speaker_id": target}
        for found, column in ((self.attributions, "speaker_id"), (self.positions, "speaker_id")):
            for one in found:
                one["moved"] = one[column] == key
                one[column] = target if one["moved"] else one[column]
            found.sort(key=lambda one: one["moved"])
        self.attributions = once(self.attributions, "statement_id", "speaker_id", "part")
        self.positions = once(self.positions, "statement_id", "speaker_id", "target")
        self.tell_relayed([one for one in self.positions if one["speaker_id"] == target])
        return True

    def split_person(self, row: Row) -> bool:
        key, new = self.now(row["key"]), json.loads(row["new"])
        made, words = new["speaker_id"], new["mentions"]
        hits = [one for one in self.attributions if one["speaker_id"] == key and one["mention"] in words]
        if key not in self.speakers or not hits:
            return False
        moved = {one["statement_id"] for one in hits}
        held = [one for one in self.positions if one["speaker_id"] == key and one["statement_id"] in moved]
        self.attributions = [one for one in self.attributions if one not in hits] + hits
        self.positions = [one for one in self.positions if one not in held] + held
        for one in hits + held:
            one |= {"speaker_id": made, "coder": row["who"]}
        self.attributions = once(self.attributions, "statement_id", "speaker_id", "part")
        self.positions = once(self.positions, "statement_id", "speaker_id", "target")
        self.tell_relayed([one for one in self.positions if one["speaker_id"] in (made, key)])
        self.speakers.setdefault(made, self.person(new))
        return True

    def alias(self, row: Row) -> bool:
        speaker = self.speakers.get(self.now(row["key"]))
        if speaker:
            names = [*(name for name in split(speaker) if name != row["old"]), row["new"]]
            speaker["aliases"] = "|".join(dict.fromkeys(name for name in names if name))
        return bool(speaker or row["new"])

    # Statements

    def speaker(self, row: Row) -> bool:
        statement = self.find(row)
        new = json.loads(row["new"]) if row["new"].startswith("{") else {"speaker_id": row["new"]}
        made, key, part = self.now(new["speaker_id"]), self.now(row["key"]), new.get("part", "speaker")
        if statement is None or not (key or made):
            return False
        sid = statement["statement_id"]
        mine = [one for one in self.attributions if (one["statement_id"], one["part"]) == (sid, part)]
        old = self.trace(f"speaker {part}", sid, key, [one["speaker_id"] for one in mine])
        if old is None:
            return False
        self.note(f"speaker {part}", sid, made, key, old)
        before = next((one for one in mine if one["speaker_id"] == old), None) if old else None
        known = next((one for one in mine if one["speaker_id"] == made), None)
        self.attributions = [one for one in self.attributions if one is not before and one is not known]
        if made:
            start = {"start": statement["start"], "stop": statement["start"], "basis": "name", "mention": ""}
            told = known or {**(before or start), "role": "other", "country": ""}
            told = {**told, **{name: new[name] for name in ("role", "country") if name in new}}
            self.attributions.append(
                {**told, "statement_id": sid, "speaker_id": made, "part": part, "coder": row["who"]}
            )
            self.bring({**new, "speaker_id": made})
        if old and not any(one["statement_id"] == sid and one["speaker_id"] == old for one in self.attributions):
            taken = {one["target"] for one in self.positions if (one["statement_id"], one["speaker_id"]) == (sid, made)}
            for one in [one for one in self.positions if (one["statement_id"], one["speaker_id"]) == (sid, old)]:
                if made and one["target"] not in taken:
                    one |= {"speaker_id": made, "coder": row["who"]}
                else:
                    self.positions.remove(one)
        self.tell_relayed([one for one in self.positions if one["statement_id"] == sid])
        return self.read(statement, row)

    def topic(self, row: Row) -> bool:
        statement = self.find(row)
        if statement is None:
            return False
        sid, new = statement["statement_id"], row["new"]
        topics = self.topics.setdefault(sid, [])
        ids = [one["topic_id"] for one in topics]
        old = self.trace("topic", sid, row["old"], ids)
        if old is None or not (row["old"] or new):
            return False
        self.note("topic", sid, new, row["old"], old)
        made = {"topic_id": new, "start": statement["start"], "stop": statement["stop"]}
        most = max(3, len(ids))
        if old and old != new:
            place = ids.index(old)
            made |= {"start": topics[place]["start"], "stop": topics[place]["stop"]}
            topics[place : place + 1] = [made] if new and new not in ids else []
        elif new and new not in ids:
            topics.append(made)
        for one in topics:
            if one["topic_id"] == new:
                one |= {"statement_id": sid, "coder": row["who"]}
        while len(topics) > most:
            others = [one for one in topics if one["topic_id"] != new]
            last = ([one for one in others if one["coder"] == "machine"] or others)[-1]
            topics[:] = [one for one in topics if one is not last]
        return self.read(statement, row)

    def country(self, row: Row) -> bool:
        statement = self.find(row)
        if statement is None:
            return False
        sid, new, article = statement["statement_id"], row["new"], statement["article_id"]
        mine = [one for one in self.mentions if one["statement_id"] == sid and one["kind"] == "country"]
        old = self.trace("country", sid, row["old"], [one["entity_id"] for one in mine])
        if old is None or not (row["old"] or new):
            return False
        self.note("country", sid, new, row["old"], old)
        gone = [one for one in mine if old and one["entity_id"] == old]
        self.mentions = [one for one in self.mentions if not any(one is other for other in gone)]
        whole = {name: statement[name] for name in ("start", "stop", "text", "article_id", "statement_id")}
        for one in (gone or [whole | {"kind": "country"}]) if new else []:
            key = (article, one["start"], "country", new)
            self.mentions = [m for m in self.mentions if mention_key(m) != key]
            self.mentions.append({**one, "entity_id": new, "coder": row["who"]})
        return self.read(statement, row)

    def stance(self, row: Row) -> bool:
        statement = self.find(row)
        if statement is None:
            return False
        sid, (asked, target) = statement["statement_id"], json.loads(row["key"])
        asked = self.now(asked)
        says = [
            one["speaker_id"] for one in self.attributions if (one["statement_id"], one["part"]) == (sid, "speaker")
        ]
        replaced = asked not in says and ("speaker speaker", sid, asked) in self.fate
        speaker = self.trace("speaker speaker", sid, asked, says) if replaced else asked
        if not speaker:
            return False
        old = next((p for p in self.positions if pos_key(p) == (sid, speaker, target)), None)
        if not (old or row["new"] or self.fate.get(("stance", sid, f"{speaker} {target}")) == ""):
            return False
        self.positions = [one for one in self.positions if one is not old]
        if row["new"]:
            bare = {"start": statement["start"], "stop": statement["stop"], "relayed": speaker not in says}
            made = {**(old or bare), "statement_id": sid, "speaker_id": speaker, "target": target}
            made |= {"stance": row["new"], "rule": "", "confidence": 1.0, "coder": row["who"]}
            self.positions.append(made)
            self.bring({"speaker_id": speaker})
        else:
            self.fate["stance", sid, f"{speaker} {target}"] = ""
        return self.read(statement, row)

    def not_a_statement(self, row: Row) -> bool:
        statement = self.find(row)
        if statement is None:
            return False
        sid = statement["statement_id"]
        self.gone.append((statement["article_id"], statement["start"], statement["stop"]))
        self.statements = [one for one in self.statements if one is not statement]
        self.attributions = [one for one in self.attributions if one["statement_id"] != sid]
        self.positions = [one for one in self.positions if one["statement_id"] != sid]
        self.topics.pop(sid, None)
        for one in self.mentions:
            one["statement_id"] = "" if one["statement_id"] == sid else one["statement_id"]
        for one in self.statements:
            one["repeats"] = "" if one["repeats"] == sid else one["repeats"]
        return True

    def add_statement(self, row: Row) -> bool:
        article, start, stop = row["article_id"], row["start"], row["stop"]
        known = self.find(row)
        self.gone = [one for one in self.gone if one != (article, start, stop)]
        sid = hashlib.blake2b("\x1f".join(map(str, (article, start, stop))).encode(), digest_size=8).hexdigest()
        bare = {"form": "indirect", "cue": "", "cue_start": start, "cue_stop": start, "repeats": ""}
        made = {**bare, **(known or {})}
        if not start <= made["cue_start"] <= made["cue_stop"] <= stop:
            made |= {"cue": "", "cue_start": start, "cue_stop": start}
        made |= {"statement_id": sid, "article_id": article, "start": start, "stop": stop}
        made["text"] = self.texts[article][start:stop]
        self.statements = [one for one in self.statements if one is not known] + [made]
        old = known["statement_id"] if known else None
        if old:
            self.fate = {(what, sid if one == old else one, code): now for (what, one, code), now in self.fate.items()}
            for one in [*self.attributions, *self.positions]:
                one["statement_id"] = sid if one["statement_id"] == old else one["statement_id"]
            if old in self.topics:
                self.topics[sid] = [one | {"statement_id": sid} for one in self.topics.pop(old)]
            for one in self.statements:
                one["repeats"] = sid if one["repeats"] == old else one["repeats"]
        for one in self.mentions:
            if one["article_id"] == article and one["statement_id"] in ("", old):
                one["statement_id"] = sid if start <= one["start"] and one["stop"] <= stop else ""
        return self.read(made, row)

    # What they share

    def now(self, speaker: str) -> str:
        return self.same.get(speaker, speaker)

    def find(self, row: Row) -> Row | None:
        """The statement that overlaps best, by half of the union or more; nobody where a removed one fits better."""
        here = [one for one in self.statements if one["article_id"] == row["article_id"]]
        here.sort(key=lambda one: (one["start"], one["stop"]))
        best = max(here, key=lambda one: common(one, row), default=None)
        removed = [{"start": a, "stop": b} for article, a, b in self.gone if article == row["article_id"]]
        lost = max((common(one, row) for one in removed), default=0.0)
        return best if best is not None and common(best, row) >= max(0.5, lost) else None

    def trace(self, what: str, sid: str, code: str, there: list[str]) -> str | None:
        """What stands where a code stood: itself, what replaced it, "" for nothing, None where nobody knows of it."""
        seen: list[str] = []
        while code and code not in there:
            if code in seen or (what, sid, code) not in self.fate:
                return None
            seen.append(code)
            code = self.fate[what, sid, code]
        return code

    def note(self, what: str, sid: str, new: str, *olds: str) -> None:
        self.fate |= {(what, sid, old): new for old in olds if old and old != new}

    def tell_relayed(self, positions: list[Row]) -> None:
        says = {(one["statement_id"], one["speaker_id"]) for one in self.attributions if one["part"] == "speaker"}
        for one in positions:
            one["relayed"] = (one["statement_id"], one["speaker_id"]) not in says

    def read(self, statement: Row, row: Row) -> bool:
        statement |= {"coder": row["who"], "confidence": 1.0}
        return True

    def bring(self, new: Row) -> None:
        """Somebody whom a statement's correction names; the last that says a name of somebody new counts."""
        known, brought = self.speakers.get(new["speaker_id"]), new["speaker_id"] in self.brought
        if known is None or (brought and new.get("name_fa")):
            self.speakers[new["speaker_id"]] = self.person(new)
            self.brought.add(new["speaker_id"])

    def person(self, new: Row) -> Row:
        names = ("name_fa", "name_en", "wikidata", "aliases")
        return {name: new.get(name, "") for name in names} | {"kind": "person", "speaker_id": new["speaker_id"]}

    def shown(self) -> dict[str, list[Row]]:
        """The rows, to compare with `rows_of`."""
        topics = [one | {"rank": rank} for found in self.topics.values() for rank, one in enumerate(found, 1)]
        found = {"statements": self.statements, "attributions": self.attributions, "positions": self.positions}
        found |= {"mentions": self.mentions, "statement_topics": topics, "speakers": list(self.speakers.values())}
        return {name: sorted_rows(self.tables, name, rows) for name, rows in found.items()}


def rows(frame: pd.DataFrame) -> list[Row]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def rows_of(tables: Tables) -> dict[str, list[Row]]:
    """The rows of tables in the order of `Model.shown`."""
    names = ("statements", "attributions", "positions", "mentions", "statement_topics", "speakers")
    return {name: sorted_rows(tables, name, rows(getattr(tables, name))) for name in names}


def sorted_rows(tables: Tables, name: str, found: list[Row]) -> list[Row]:
    columns = list(getattr(tables, name).columns)
    return sorted(({column: row[column] for column in columns} for row in found), key=lambda row: json.dumps(row))


def once(found: list[Row], *columns: str) -> list[Row]:
    """The first row of each key."""
    kept: dict[tuple[Any, ...], Row] = {}
    for row in found:
        kept.setdefault(tuple(row[column] for column in columns), row)
    return list(kept.values())


def common(one: Row, other: Row) -> float:
    both = min(one["stop"], other["stop"]) - max(one["start"], other["start"])
    return max(both, 0) / (max(one["stop"], other["stop"]) - min(one["start"], other["start"]))


def split(speaker: Row) -> list[str]:
    return [name for name in str(speaker["aliases"]).split("|") if name]


def mention_key(row: Row) -> tuple[Any, ...]:
    return row["article_id"], row["start"], row["kind"], row["entity_id"]


def pos_key(row: Row) -> tuple[Any, ...]:
    return row["statement_id"], row["speaker_id"], row["target"]

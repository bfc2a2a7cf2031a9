"""The figures of the page on how far codes can be trusted."""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict

from analysis.config import DATA, SEEDS
from analysis.text.segment import sentences
from tests.reference import periods
from tests.reference.asked import Asked
from tests.reference.world import ranked

MEASURED = tomllib.loads((DATA / "quality.toml").read_text("utf-8"))
CODES = ("speaker", "topic", "country", "position")
WHO = ("known", "person", "office", "body", "anonymous", "nobody")
TASKS = ("detection", "attribution", "identity", "countries", "topics", "position target", "position")
ACCURACIES = ("speaker accuracy", "form accuracy", "stance accuracy")
MOST = 60
"""Periods of the chart over time."""


def error(asked: Asked) -> list[dict]:
    """The measured figures, as the file has them."""
    part = asked.param("part", "task", "topic", "stance", other="task")
    given = MEASURED[asked.param("set", "unseen", "aside", "further", other="unseen")][part]
    codes = sorted(given, key=lambda code: (-given[code]["n"], code))
    if part == "task":
        codes = [code for code in (*TASKS, *ACCURACIES) if code in given]
    elif part == "stance":
        codes = [code for code in ("for", "against", "mixed") if code in given]
    return [_error(code, given[code]) for code in codes]


def _error(code: str, one: dict) -> dict:
    if code in ACCURACIES:
        right = {"precision": one["f1"], "precision_low": one["low"], "precision_high": one["high"]}
        nothing = dict.fromkeys(("recall", "recall_low", "recall_high", "annotated", "f1"))
        return {"code": code, **right, "shown": float(one["n"]), **nothing}
    sides = {"precision": "p", "recall": "r"}
    values = {name: one[short] for name, short in sides.items()}
    values |= {f"{name}_{end}": one[f"{short}_{end}"] for name, short in sides.items() for end in ("low", "high")}
    return {"code": code, **values, "shown": float(one["shown"]), "annotated": float(one["n"]), "f1": one["f1"]}


def of_ten(task: str):  # type: ignore[no-untyped-def]
    """The precision of a task on the articles that nobody saw; countries were annotated in one set alone."""
    return lambda asked: MEASURED["aside" if task == "countries" else "unseen"]["task"][task]["p"]


def bins(of: str):  # type: ignore[no-untyped-def]
    """Codes of the program by tenths of confidence, beside what was right when measured."""

    def found(asked: Asked) -> list[dict]:
        rows = [row for row in getattr(asked.seen, of) if row["coder"] == "machine"]
        held: dict[int, list[float]] = defaultdict(list)
        for row in rows:
            held[_bin(row)].append(row["confidence"])
        known = {round(one["low"] * 10): one for one in MEASURED["calibration"][of]["bins"]}
        return [
            {
                "bin": number,
                "n": len(held[number]),
                "share": len(held[number]) / len(rows),
                "confidence": sum(held[number]) / len(held[number]),
                "right": known[number]["right"] if number in known else None,
                "judged": known[number]["n"] if number in known else 0,
            }
            for number in sorted(held)
        ]

    return found


def _bin(row: dict) -> int:
    return min(int(round(row["confidence"], 4) * 10 + 1e-9), 9)


def expected(asked: Asked) -> float | None:
    """The share of positions in view that is right if those of each bin are right as often as measured."""
    known = [row for row in bins("positions")(asked) if row["right"] is not None]
    n = sum(row["n"] for row in known)
    return sum(row["n"] * row["right"] for row in known) / n if n else None


def human(of: str):  # type: ignore[no-untyped-def]
    """How many rows in view a person coded."""
    return lambda asked: sum(row["coder"] != "machine" for row in getattr(asked.seen, of))


def sentences_of(asked: Asked) -> list[dict]:
    """Sentences of the articles in view, and in how many of them a statement of the tables lies."""
    n = found = 0
    for article in asked.seen.articles:
        spans = [
            (row["start"], row["stop"]) for row in asked.world.statements if row["article_id"] == article["article_id"]
        ]
        for one in sentences(article["text"]):
            n += 1
            found += any(start < one.stop and stop > one.start for start, stop in spans)
    of = len(asked.seen.articles)
    share = found / n if n else None
    return [{"articles": of, "of": of, "sentences": n, "found": found, "share": share, "low": None, "high": None}]


def silent(asked: Asked) -> int:
    """Articles in view without any statement."""
    speaks = {row["article_id"] for row in asked.world.statements}
    return sum(row["article_id"] not in speaks for row in asked.seen.articles)


def undated(asked: Asked) -> int:
    """Articles in view without a day."""
    return sum(row["day"] is None for row in asked.seen.articles)


def _has(asked: Asked) -> dict[str, set[str]]:
    seen = asked.seen
    return {
        "speaker": {row["statement_id"] for row in seen.said},
        "topic": {row["statement_id"] for row in seen.topics},
        "country": {row["statement_id"] for row in seen.mentions if row["kind"] == "country" and row["statement_id"]},
        "position": {row["statement_id"] for row in seen.positions},
    }


def coded(asked: Asked) -> list[dict]:
    """How many statements have each code."""
    of, has = len(asked.seen.statements), _has(asked)
    return [{"code": code, "n": len(has[code]), "of": of, "share": len(has[code]) / max(of, 1)} for code in CODES]


def _shares(asked: Asked, ids: list[str]) -> dict[str, object]:
    has = _has(asked)
    shares = {f"{code}_share": sum(one in has[code] for one in ids) / len(ids) for code in CODES}
    return {"n": len(ids), **shares}


def by_source(asked: Asked) -> list[dict]:
    """The same by source."""
    held: dict[str, list[str]] = defaultdict(list)
    for row in asked.seen.statements:
        held[row["article"]["source"]].append(row["statement_id"])
    order = ranked({source: len(ids) for source, ids in held.items()})
    return [{"source": source, **_shares(asked, held[source])} for source in order]


def over_time(asked: Asked) -> list[dict]:
    """The same by period, the newest first."""
    unit = periods.unit_for(asked.days)
    held: dict[str, list[str]] = defaultdict(list)
    for row in asked.seen.statements:
        held[asked.key(row, unit)].append(row["statement_id"])
    keys = periods.axis(asked.days, unit, asked.calendar)[-MOST:]
    return [{"period": key, **_shares(asked, held[key])} for key in reversed(keys) if held[key]]


def _known() -> set[str]:
    found = set()
    for path in (DATA / "lexicon" / "people.csv", SEEDS / "demo" / "people.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            found |= {next(iter(row.values())) for row in csv.DictReader(lines)}
    return found


KNOWN = _known()


def _spoken(asked: Asked) -> list[tuple[str, str, dict]]:
    """Speaker, who that is, and the statement."""
    found = []
    for row in asked.seen.attributions:
        if row["part"] == "speaker":
            kind = asked.world.speakers[row["speaker_id"]]["kind"]
            who = "known" if kind == "person" and row["speaker_id"] in KNOWN else kind
            found.append((row["speaker_id"], who, row["statement"]))
    return found


def who(asked: Asked) -> list[dict]:
    """Statements by kind of speaker."""
    rows, of = [], len(asked.seen.statements)
    spoken = _spoken(asked)
    for one in WHO:
        ids = {statement["statement_id"] for _, kind, statement in spoken if kind == one}
        speakers = len({speaker for speaker, kind, _ in spoken if kind == one})
        n = len(ids)
        if one == "nobody":
            n = of - len({statement["statement_id"] for _, _, statement in spoken})
        rows.append({"who": one, "speakers": speakers, "n": n, "share": n / max(of, 1)})
    return rows


def unknown(asked: Asked) -> list[dict]:
    """Unknown people and offices, those who speak most first; equal ones in the order of the tables."""
    held: dict[str, list[dict]] = defaultdict(list)
    kinds = {}
    for speaker, kind, statement in _spoken(asked):
        if kind in ("person", "office"):
            held[speaker].append(statement)
            kinds[speaker] = kind
    order = list(asked.world.speakers)
    rows = [
        {"speaker": one, "who": kinds[one], "n": len(rows), "articles": len({row["article_id"] for row in rows})}
        for one, rows in held.items()
    ]
    return sorted(rows, key=lambda row: (-row["n"], order.index(row["speaker"])))


def opened(asked: Asked) -> int:
    """How many statements a part opens."""
    kind, _, value = asked.param("open").partition(":")
    seen, statements = asked.seen, asked.seen.statements
    if kind == "without":
        return len(statements) - len(_has(asked)[value])
    if kind == "who":
        return next(row["n"] for row in who(asked) if row["who"] == value)
    if kind == "source":
        return sum(row["article"]["source"] == value for row in statements)
    if kind == "human":
        return human("statements")(asked)
    if kind == "undated":
        return sum(row["article"]["day"] is None for row in statements)
    if kind == "stance":
        return len({row["statement_id"] for row in seen.positions if row["stance"] == value})
    if kind == "bin_statements":
        return sum(row["coder"] == "machine" and _bin(row) == int(value) for row in statements)
    assert kind == "bin_positions"
    rows = [row for row in seen.positions if row["coder"] == "machine" and _bin(row) == int(value)]
    return len({row["statement_id"] for row in rows})


FIGURES = {
    "quality.error": error,
    **{f"quality.of_ten.{task}": of_ten(task) for task in TASKS},
    "quality.expected": expected,
    "quality.confidence_statements": bins("statements"),
    "quality.confidence_positions": bins("positions"),
    "quality.human.statements": human("statements"),
    "quality.human.positions": human("positions"),
    "quality.touched": human("statements"),
    "quality.sentences": sentences_of,
    "quality.silent": silent,
    "quality.undated": undated,
    "quality.coded": coded,
    "quality.by_source": by_source,
    "quality.over_time": over_time,
    "quality.who": who,
    "quality.unknown": unknown,
    "quality.open": opened,
}

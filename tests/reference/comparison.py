"""The figures of the page that compares."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from analysis.lexicon import labels as lexicon
from tests.reference import odds, periods, positions
from tests.reference.asked import Asked, groups
from tests.reference.world import most_frequent, ranked

BYS = ("speaker", "office", "country", "named", "period")
MOST, ENOUGH, LEAST, LEAST_ARTICLES, PRIOR = 6, 5, 10, 5, 10
SOLE = ("foreign_minister", "head_of_state", "head_of_government", "supreme_leader")
OFFICES = (*SOLE, "spokesperson", "deputy_minister", "minister", "ambassador", "legislator", "military")
VALUES = {"for": 1.0, "mixed": 0.5, "against": 0.0}


@dataclass
class Side:
    """One of those compared: its statements by id, and its positions."""

    id: str
    statements: set[str]
    positions: list[dict]

    @property
    def key(self) -> str:
        """The id without its kind."""
        return self.id.partition(":")[2]


def by(asked: Asked) -> str:
    """What is compared."""
    return asked.param("by", *BYS, other="speaker")


def sides(asked: Asked) -> list[Side]:
    """Those that are compared, without what nothing is known of."""
    given = [value for value in asked.param("ids").split("~") if value]
    if by(asked) == "office" and not given:
        given = holders(asked, *_office(asked))[-MOST:]
    known = [value for value in dict.fromkeys(given) if _is_known(asked, value)][:MOST]
    found = [_side(asked, by(asked), value, _office(asked)) for value in known]
    return [side for side in found if side.statements]


def _office(asked: Asked) -> tuple[str, str]:
    role, _, country = asked.param("office").partition(".")
    return role, country


def _is_known(asked: Asked, value: str) -> bool:
    if by(asked) == "period":
        return value[:2] in ("13", "14", "20")
    if by(asked) in ("country", "named"):
        return value in lexicon.ids_of("country")
    return value in asked.world.speakers and not _is_anonymous(asked, value)


def _is_anonymous(asked: Asked, speaker: str) -> bool:
    return asked.world.speakers[speaker]["kind"] == "anonymous"


def _side(asked: Asked, kind: str, value: str, office: tuple[str, str]) -> Side:
    seen = asked.seen
    people = [row for row in seen.positions if not _is_anonymous(asked, row["speaker_id"])]
    if kind == "named":
        rows = [row for row in seen.mentions if row["kind"] == "country" and row["entity_id"] == value]
        ids = {row["statement_id"] for row in rows if row["statement_id"]}
        return Side(f"named:{value}", ids, [row for row in people if row["target"] == f"state:{value}"])
    if kind == "period":
        inside = {row["statement_id"] for row in seen.statements if _holds(value, row["article"]["day"])}
        return Side(f"span:{value}", inside, [row for row in people if row["statement_id"] in inside])
    mine = [row for row in seen.attributions if not _is_anonymous(asked, row["speaker_id"])]
    if kind == "country":
        mine = [row for row in mine if row["country"] == value]
    else:
        mine = [row for row in mine if row["speaker_id"] == value]
        if kind == "office":
            mine = [row for row in mine if (row["role"], row["country"]) == office]
    pairs = {(row["statement_id"], row["speaker_id"]) for row in mine}
    ids = {row["statement_id"] for row in mine if row["part"] == "speaker"}
    held = [row for row in people if (row["statement_id"], row["speaker_id"]) in pairs]
    return Side(f"{'country' if kind == 'country' else 'speaker'}:{value}", ids, held)


def _holds(span: str, day: dt.date | None) -> bool:
    """Whether a day lies in a year or half-year."""
    if day is None:
        return False
    calendar = "jalali" if span < "1700" else "gregorian"
    year, month = periods.key(day, "month", calendar).split("-")
    half = f"h{1 if int(month) <= 6 else 2}"
    return span in (year, f"{year}-{half}", f"{year}-{month}")


def holders(asked: Asked, role: str, country: str) -> list[str]:
    """The people who speak in an office, in the order in which they first do; no terms are known here."""
    first: dict[str, str] = {}
    for row in asked.seen.said:
        if (row["role"], row["country"]) == (role, country) and asked.world.speakers[row["speaker_id"]][
            "kind"
        ] == "person":
            day = row["statement"]["article"]["day"]
            begin = day.isoformat() if day else "~"
            first[row["speaker_id"]] = min(begin, first.get(row["speaker_id"], "~"))
    return sorted(first, key=lambda speaker: (first[speaker], speaker))


def _rows(asked: Asked, side: Side) -> list[dict]:
    return [row for row in asked.seen.statements if row["statement_id"] in side.statements]


def amount(asked: Asked) -> list[dict]:
    """How much there is of each."""
    found = []
    for side in sides(asked):
        rows = _rows(asked, side)
        days = sorted(row["article"]["day"] for row in rows if row["article"]["day"])
        found.append(
            {
                "side": side.id,
                "n": len(rows),
                "share": len(rows) / len(asked.seen.statements),
                "articles": len({row["article_id"] for row in rows}),
                "sources": len({row["article"]["source"] for row in rows}),
                "undated": len(rows) - len(days),
                "first": days[0].isoformat() if days else "",
                "last": days[-1].isoformat() if days else "",
                "positions": len(side.positions),
            }
        )
    return found


def over_time(asked: Asked) -> list[dict]:
    """Statements of each in each period."""
    unit = periods.unit_for(asked.days)
    keys, found = periods.axis(asked.days, unit, asked.calendar), []
    for side in sides(asked):
        counts = Counter(asked.key(row, unit) for row in _rows(asked, side))
        found += [{"side": side.id, "period": key, "n": counts[key]} for key in keys]
    return found


class Counted:
    """A side by group, article by article."""

    def __init__(self, asked: Asked, side: Side, kind: str) -> None:
        rows = _rows(asked, side)
        self.sizes = Counter(row["article_id"] for row in rows)
        self.of = len(rows)
        article = {row["statement_id"]: row["article_id"] for row in rows}
        self.held: dict[str, Counter] = {}
        for name, ids in groups(asked.seen, kind).items():
            self.held[name] = Counter(article[one] for one in ids if one in article)

    def n(self, name: str) -> int:
        """Statements of a group."""
        return sum(self.held.get(name, Counter()).values())

    def spread(self, name: str) -> tuple[float, float]:
        """The variance of that number between articles, and between as many independent statements."""
        share, articles = self.n(name) / max(self.of, 1), len(self.sizes)
        held = self.held.get(name, Counter())
        residual = sum((held[article] - share * size) ** 2 for article, size in self.sizes.items())
        return residual * articles / max(articles - 1, 1), self.of * share * (1 - share)


def _design(*spreads: tuple[float, float]) -> float:
    spread, expected = (sum(values) for values in zip(*spreads, strict=True))
    return max(spread / expected, 1.0) if expected > 0 else 1.0


def wilson(share: float, n: float, z: float = odds.QUANTILE) -> tuple[float, float]:
    """Wilson's interval."""
    middle, half = share + z * z / (2 * n), z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max((middle - half) / (1 + z * z / n), 0.0), min((middle + half) / (1 + z * z / n), 1.0)


def _shares(asked: Asked, kind: str) -> list[dict]:
    every = [(side, Counted(asked, side, kind)) for side in sides(asked)]
    names = {name for _, one in every for name, held in one.held.items() if held}
    total = {name: sum(one.n(name) / one.of for _, one in every) for name in names}
    found = []
    for name in sorted(names, key=lambda name: (-round(total[name], 12), name)):
        for side, one in every:
            share = one.n(name) / one.of
            low, high = wilson(share, one.of / _design(one.spread(name)))
            row = {kind: name, "side": side.id, "n": one.n(name), "of": one.of, "share": share}
            found.append(row | {"low": low, "high": high})
    return found


def overlaps(asked: Asked) -> list[dict]:
    """How alike the sources of two are."""
    every = [(side, Counted(asked, side, "source")) for side in sides(asked)]
    found = []
    for (one, mine), (other, theirs) in combinations(every, 2):
        overlap = sum(min(mine.n(name) / mine.of, theirs.n(name) / theirs.of) for name in mine.held)
        found.append({"more": one.id, "less": other.id, "overlap": overlap})
    return found


def shared(asked: Asked) -> int:
    """Statements of more than one."""
    return sum(n > 1 for n in Counter(one for side in sides(asked) for one in side.statements).values())


def _verdicts(rows: list[dict]) -> list[dict]:
    tested = [row for row in rows if row["p"] is not None]
    for row, q in zip(tested, odds.false_discoveries([row["p"] for row in tested], len(tested)), strict=True):
        row["q"], row["verdict"] = q, "differs" if q <= 0.05 else "unclear"
    return rows


def differences(asked: Asked) -> list[dict]:
    """Where two differ in their topics."""
    every, rows = [(side, Counted(asked, side, "topic")) for side in sides(asked)], []
    for (one, mine), (other, theirs) in combinations(every, 2):
        for topic in groups(asked.seen, "topic"):
            if mine.n(topic) + theirs.n(topic):
                rows.append(_difference(topic, one, mine, other, theirs))
    return sorted(
        _verdicts(rows),
        key=lambda row: (row["z"] is None, -round(row["z"] or 0, 9), -row["n"], row["topic"], row["more"], row["less"]),
    )


def _difference(topic: str, one: Side, mine: Counted, other: Side, theirs: Counted) -> dict:
    design = _design(mine.spread(topic), theirs.spread(topic))
    ratio, error = odds.log_odds([theirs.n(topic), mine.n(topic)], [theirs.of, mine.of], design, PRIOR)
    articles = len(mine.held[topic]) + len(theirs.held[topic])
    thin = mine.n(topic) + theirs.n(topic) < LEAST or articles < LEAST_ARTICLES
    thin = thin or min(len(mine.sizes), len(theirs.sizes)) < LEAST_ARTICLES
    swap = theirs.n(topic) / theirs.of > mine.n(topic) / mine.of if thin else ratio < 0
    (more, first), (less, second) = ((other, theirs), (one, mine)) if swap else ((one, mine), (other, theirs))
    row = {"topic": topic, "more": more.id, "less": less.id, "articles": articles, "design": design, "verdict": "thin"}
    for suffix, counted in (("", first), ("_less", second)):
        n = counted.n(topic)
        row |= {f"n{suffix}": n, f"of{suffix}": counted.of, f"share{suffix}": n / counted.of}
    row |= dict.fromkeys(("ratio", "low", "high", "z", "p", "q"))
    if not thin:
        low, high = (math.exp(abs(ratio) + step * odds.QUANTILE * error) for step in (-1, 1))
        z = abs(ratio) / error
        row |= {"ratio": math.exp(abs(ratio)), "low": low, "high": high, "z": z, "p": odds.two_sided(z)}
    return row


def _held(asked: Asked, side: Side) -> list[tuple[str, dict]]:
    """The positions of a side with what counts as their target."""
    if by(asked) != "named":
        return [(row["target"], row) for row in side.positions]
    country = {}
    for row in asked.seen.attributions:
        country.setdefault((row["statement_id"], row["speaker_id"]), row["country"])
    of = [(country[row["statement_id"], row["speaker_id"]], row) for row in side.positions]
    return [("from:*", row) for row in side.positions] + [(f"from:{one}", row) for one, row in of if one]


def _label(score: float, n: int) -> str:
    return positions.label(score, n)


def _counted(rows: list[dict]) -> dict:
    counts = {stance: sum(row["stance"] == stance for row in rows) for stance in VALUES}
    score = sum(VALUES[row["stance"]] for row in rows) / len(rows) if rows else None
    return counts | {"n": len(rows), "score": score, "label": _label(score or 0.0, len(rows))}


def _by_target(asked: Asked) -> dict[str, dict[str, list[dict]]]:
    found: dict[str, dict[str, list[dict]]] = {}
    for side in sides(asked):
        for target, row in _held(asked, side):
            found.setdefault(target, {}).setdefault(side.id, []).append(row)
    return found


def stances(asked: Asked) -> list[dict]:
    """Where each stands."""
    found, order = _by_target(asked), [side.id for side in sides(asked)]

    def rank(target: str) -> tuple:
        sizes = sorted((len(rows) for rows in found[target].values()), reverse=True)
        return target != "from:*", -[*sizes, 0][1], -sum(sizes), target

    return [
        {"target": target, "side": side} | _counted(found[target][side])
        for target in sorted(found, key=rank)
        for side in order
        if side in found[target]
    ]


def scores(asked: Asked) -> list[dict]:
    """Where two scores lie apart."""
    order, rows = [side.id for side in sides(asked)], []
    for target, held in _by_target(asked).items():
        for one, other in combinations([side for side in order if side in held], 2):
            rows.append(_gap(target, one, held[one], other, held[other]))
    thin = {None: 1}
    return sorted(
        _verdicts(rows),
        key=lambda row: (
            thin.get(row["low"], 0),
            -round(row["low"] or 0, 9),
            -round(row["difference"], 9),
            row["target"],
            row["more"],
            row["less"],
        ),
    )


def _gap(target: str, one: str, mine: list[dict], other: str, theirs: list[dict]) -> dict:
    first, second = _counted(mine), _counted(theirs)
    design = _design(_apart(mine), _apart(theirs))
    thin = min(len(mine), len(theirs)) < ENOUGH or min(_articles(mine), _articles(theirs)) < 2
    if first["score"] < second["score"]:
        one, other, first, second = other, one, second, first
    row = {"target": target, "more": one, "less": other, "n": first["n"], "score": first["score"]}
    row |= {"n_less": second["n"], "score_less": second["score"], "design": design, "verdict": "thin"}
    row |= {"difference": first["score"] - second["score"], **dict.fromkeys(("low", "high", "p", "q"))}
    if not thin:
        given = (first["score"], first["n"] / design, second["score"], second["n"] / design)
        low, high = newcombe(*given)
        row |= {"low": low, "high": high, "p": _reaches(*given)}
    return row


def _articles(rows: list[dict]) -> int:
    return len({row["statement"]["article_id"] for row in rows})


def _apart(rows: list[dict]) -> tuple[float, float]:
    score, sums = _counted(rows)["score"], Counter()
    for row in rows:
        sums[row["statement"]["article_id"]] += VALUES[row["stance"]] - score
    articles = _articles(rows)
    spread = sum(value**2 for value in sums.values()) * articles / max(articles - 1, 1)
    return spread, len(rows) * score * (1 - score)


def newcombe(one: float, n: float, other: float, of: float, z: float = odds.QUANTILE) -> tuple[float, float]:
    """Newcombe's hybrid score interval."""
    (low, high), (low_2, high_2) = wilson(one, n, z), wilson(other, of, z)
    below, above = math.hypot(one - low, high_2 - other), math.hypot(high - one, other - low_2)
    return one - other - below, one - other + above


def _reaches(one: float, n: float, other: float, of: float) -> float:
    """p of the interval that just reaches 0, found by trying."""
    low, high = 1e-9, 40.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if newcombe(one, n, other, of, middle)[0] > 0 else (low, middle)
    return odds.two_sided(low)


def towards(asked: Asked) -> list[dict]:
    """How they speak of each other."""
    found = sides(asked)
    if by(asked) == "named":
        found = [_side(asked, "country", side.key, ("", "")) for side in found]
    state = {side.id: _state(asked, side) for side in found}
    rows = []
    for side in found:
        for other in found:
            if side is other:
                continue
            kind = "person" if other.id.startswith("speaker:") else "country"
            named = {
                row["statement_id"]
                for row in asked.seen.mentions
                if (row["kind"], row["entity_id"]) == (kind, other.key)
            }
            target = f"state:{state[other.id]}" if state[other.id] not in ("", state[side.id]) else "-"
            held = [row for row in side.positions if row["target"] == target]
            rows.append(
                {"side": side.id, "spoken_of": other.id, "named": len(named & side.statements)} | _counted(held)
            )
    return rows


def _state(asked: Asked, side: Side) -> str:
    if side.id.startswith("country:"):
        return side.key
    mine = [row["country"] for row in asked.seen.said if row["speaker_id"] == side.key]
    return most_frequent(mine) if mine else ""


def proposals(asked: Asked) -> list[dict]:
    """What the view suggests."""
    seen, people = asked.seen, asked.world.speakers
    spoken = Counter(row["speaker_id"] for row in seen.said if people[row["speaker_id"]]["kind"] == "person")
    rows = [("speaker", "", ranked(spoken)[:2]), *_proposed_office(asked)]
    rows.append(("country", "", ranked({name: len(ids) for name, ids in groups(seen, "of").items()})[:2]))
    for size in ("year", "half", "month"):
        keys = sorted({_span(day, size, asked.calendar) for day in asked.days if day})
        if len(keys) > 1:
            rows.append(("period", "", keys[-2:]))
            break
    return [
        {"by": kind, "office": office, "one": two[0], "other": two[1]} for kind, office, two in rows if len(two) == 2
    ]


def _span(day: dt.date, size: str, calendar: str) -> str:
    year, month = periods.key(day, "month", calendar).split("-")
    return {"year": year, "half": f"{year}-h{1 if int(month) <= 6 else 2}", "month": f"{year}-{month}"}[size]


def _proposed_office(asked: Asked) -> list[tuple[str, str, list[str]]]:
    counts = Counter((row["role"], row["country"]) for row in asked.seen.said if row["role"] in SOLE and row["country"])
    for role, country in sorted(counts, key=lambda one: (-counts[one], one)):
        rows = [row for row in asked.seen.said if (row["role"], row["country"]) == (role, country)]
        n = Counter(row["speaker_id"] for row in rows)
        found = holders(asked, role, country)
        many = [one for one in found if n[one] >= ENOUGH]
        if len(found) > 1:
            return [("office", f"{role}.{country}", (many if len(many) > 1 else found)[-2:])]
    return []


FIGURES = {
    "compare.amount": amount,
    "compare.over_time": over_time,
    "compare.sources": lambda asked: _shares(asked, "source"),
    "compare.overlap": overlaps,
    "compare.shared": shared,
    "compare.topics": lambda asked: _shares(asked, "topic"),
    "compare.differences": differences,
    "compare.positions": stances,
    "compare.scores": scores,
    "compare.tone": towards,
    "compare.proposals": proposals,
}

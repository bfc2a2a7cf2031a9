"""The figures of the page on what is named together."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations, product

import networkx

from tests.reference import odds, periods, positions
from tests.reference.asked import Asked, groups
from tests.reference.overview import speakers
from tests.reference.world import Seen, ranked

KINDS = ("country", "region", "organisation", "country_organisation")
MEASURES = ("n", "share", "jaccard", "npmi")
LEAST, NODES, LINKS, SEED = 3, 36, 90, 1403


def _kind(asked: Asked) -> str:
    return asked.param("kind", *KINDS, other="country")


def _sides(asked: Asked) -> tuple[str, str]:
    kind = _kind(asked)
    return ("country", "organisation") if kind == "country_organisation" else (kind, kind)


def _within(asked: Asked) -> str:
    return asked.param("within", "statement", "article", other="statement")


def _least(asked: Asked) -> int:
    return int(asked.param("least", "1", "2", "5", "10", "20", other=str(LEAST)))


def _units(seen: Seen, within: str, kinds: tuple[str, ...]) -> dict[str, set[str]]:
    """What each statement or article names."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in seen.mentions:
        if row["kind"] in kinds and row[f"{within}_id"]:
            found[row[f"{within}_id"]].add(f"{row['kind']}:{row['entity_id']}")
    return found


def counts(asked: Asked) -> list[dict]:
    """Units that name each."""
    units = _units(asked.seen, _within(asked), _sides(asked))
    single = Counter(entity for named in units.values() for entity in named)
    n = len(units)
    return [{"entity": entity, "n": single[entity], "of": n, "share": single[entity] / n} for entity in ranked(single)]


def _pair(a: str, b: str, n: int, single: Counter, of: int) -> dict:
    left, right = single[a], single[b]
    p = odds.at_least(n, left, right, of)
    row = {"a": a, "b": b, "n": n, "expected": left * right / of, "share": n / of, "jaccard": n / (left + right - n)}
    return row | {"npmi": odds.npmi(n, left, right, of), "p": p, "q": p, "n_a": left, "n_b": right, "of": of}


def _counted(asked: Asked, within: str) -> tuple[dict[tuple[str, str], int], Counter, int]:
    units, (left, right) = _units(asked.seen, within, _sides(asked)), _sides(asked)
    single = Counter(entity for named in units.values() for entity in named)
    both: dict[tuple[str, str], int] = {}
    every = product(single, single) if left != right else combinations(sorted(single), 2)
    for a, b in every:
        if a.startswith(f"{left}:") and b.startswith(f"{right}:"):
            both[a, b] = sum(a in named and b in named for named in units.values())
    return both, single, len(units)


def pairs(asked: Asked) -> list[dict]:
    """What is named together, the strongest first."""
    both, single, of = _counted(asked, _within(asked))
    least = _least(asked)
    rows = [_pair(a, b, n, single, of) for (a, b), n in both.items() if n >= least]
    tests = sum(single[a] >= least and single[b] >= least for a, b in both)
    for row, q in zip(rows, odds.false_discoveries([row["p"] for row in rows], tests), strict=True):
        row["q"] = q
    rows.sort(key=lambda row: (-row["n"], row["a"], row["b"]))
    measure = asked.param("by", *MEASURES, other="n")
    return sorted(rows, key=lambda row: (-row[measure], -row["n"]))


def _chosen(asked: Asked) -> list[str]:
    given = [asked.param(name) for name in ("a", "b")]
    entities = [value if ":" in value else f"country:{value}" for value in given if value]
    return [value for value in dict.fromkeys(entities) if value.partition(":")[0] in _sides(asked)]


def of_map(asked: Asked) -> list[dict]:
    """How often each state is named; with one chosen, the pairs that it is in."""
    return _with(asked) if _chosen(asked) else counts(asked)


def _with(asked: Asked) -> list[dict]:
    one = _chosen(asked)[0]
    return [row for row in pairs(asked) if one in (row["a"], row["b"])]


def network(asked: Asked) -> list[dict]:
    """The nodes that have an edge which is drawn, with their communities, numbered by how much is named in them."""
    measure = asked.param("by", *MEASURES, other="n")
    named = {row["entity"]: row["n"] for row in counts(asked)[:NODES]}
    edges = [row for row in pairs(asked) if row["a"] in named and row["b"] in named and row[measure] > 0]
    edges.sort(key=lambda row: (-row[measure], -row["n"], row["a"], row["b"]))
    linked = {row[end] for row in edges[:LINKS] for end in "ab"}
    graph = networkx.Graph()
    graph.add_nodes_from(entity for entity in named if entity in linked)
    weights = [(row["a"], row["b"], float(row[measure])) for row in edges if {row["a"], row["b"]} <= linked]
    graph.add_weighted_edges_from(weights)
    found = networkx.community.louvain_communities(graph, weight="weight", seed=SEED)
    found.sort(key=lambda members: (-sum(named[one] for one in members), min(members)))
    of = {one: number for number, members in enumerate(found, 1) for one in members}
    return [{"entity": one, "n": named[one], "community": of[one]} for one in graph.nodes]


def one_pair(within: str):
    """One pair within statements or articles; a single test."""

    def count(asked: Asked) -> list[dict]:
        both, single, of = _counted(asked, within)
        a, b = _chosen(asked)
        return [_pair(*key, both[key], single, of) for key in ((a, b), (b, a)) if key in both]

    return count


def _behind(asked: Asked) -> set[str]:
    """The statements that name what is chosen; within articles, those naming one of them where the article names all."""
    wanted, within = set(_chosen(asked)), _within(asked)
    kinds = ("country", "region", "organisation")
    named = _units(asked.seen, "statement", kinds)
    if within == "statement":
        return {key for key, found in named.items() if wanted <= found}
    articles = _units(asked.seen, "article", kinds)
    whole = {key for key, found in articles.items() if wanted <= found}
    of = {row["statement_id"]: row["article_id"] for row in asked.seen.statements}
    return {key for key, found in named.items() if wanted & found and of[key] in whole}


def _part(asked: Asked) -> Seen:
    return asked.seen.part(_behind(asked))


def speaking(asked: Asked) -> list[dict]:
    """Statements by the states that their speakers speak for."""
    part = _part(asked)
    found = {name: len(ids) for name, ids in groups(part, "of").items()}
    of = len(part.statements)
    return [{"country": name, "n": found[name], "of": of, "share": found[name] / of} for name in ranked(found)]


def particular(asked: Asked) -> list[dict]:
    """Their topics against those of all in view, for a pair of all that names one of them."""
    part, base = _part(asked), asked.seen
    if len(_chosen(asked)) > 1:
        named = _units(base, "statement", ("country", "region", "organisation"))
        base = base.part(key for key, found in named.items() if found & set(_chosen(asked)))
    mine, every = (Counter(row["topic_id"] for row in seen.topics) for seen in (part, base))
    of, base_of = len(part.statements), len(base.statements)
    rows = []
    for topic in ranked(mine):
        row = {"topic": topic, "n": mine[topic], "of": of, "share": mine[topic] / of, "base_n": every[topic]}
        row |= {"base_of": base_of, "base_share": every[topic] / base_of}
        rows.append(row | {"p": odds.at_least(mine[topic], every[topic], of, base_of)})
    for row, q in zip(rows, odds.false_discoveries([row["p"] for row in rows], len(every)), strict=True):
        row["q"] = q
    return rows


def months(asked: Asked) -> list[dict]:
    """When they are said."""
    part = _part(asked)
    every, mine = (Counter(asked.key(row, "month") for row in seen.statements) for seen in (asked.seen, part))
    keys = periods.axis([row["article"]["day"] for row in part.statements], "month", asked.calendar)
    share = {key: mine[key] / every[key] if every[key] else None for key in keys}
    return [{"period": key, "n": mine[key], "of": every[key], "share": share[key]} for key in keys]


def own(asked: Asked) -> list[dict]:
    """Statements by each who speaks for the state that is chosen."""
    country = _chosen(asked)[0].partition(":")[2]
    rows = [row for row in asked.seen.said if row["country"] == country]
    found = Counter(row["speaker_id"] for row in rows)
    of = len({row["statement_id"] for row in rows})
    return [{"speaker": name, "n": found[name], "of": of, "share": found[name] / of} for name in ranked(found)]


def sides(asked: Asked) -> list[dict]:
    """Where speakers stand towards what is chosen."""
    kind, _, value = _chosen(asked)[0].partition(":")
    return positions.matrix(asked, f"{'state' if kind == 'country' else 'org'}:{value}")


FIGURES = {
    "countries.matrix": pairs,
    "countries.list": pairs,
    "countries.map": of_map,
    "countries.network": network,
    "countries.with": _with,
    "countries.one": lambda asked: [row for row in counts(asked) if row["entity"] == _chosen(asked)[0]],
    "countries.pair.statement": one_pair("statement"),
    "countries.pair.article": one_pair("article"),
    "countries.speakers": lambda asked: speakers(_part(asked)),
    "countries.speaking": speaking,
    "countries.topics": particular,
    "countries.over_time": months,
    "countries.own": own,
    "countries.sides": sides,
}

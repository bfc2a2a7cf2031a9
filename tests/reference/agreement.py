"""The figures of the page on who agrees with whom: every pair is looked at by itself, cell by cell."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import networkx

from tests.reference import periods
from tests.reference.asked import Asked

MEASURES, NORMS = ("subtract", "congruence", "conflict"), ("average", "no", "jaccard", "cosine")
COUNTINGS = ("mostly", "once", "article", "all")
MOST, NODES, ALLIED, OPPOSED, PERIODS, SEED = 60, 30, 50, 25, 16, 1403
SIDES = ("for", "against")
Said = dict[tuple[str, str, str], float]
"""How often somebody takes a side on a concept, by who, concept and side."""


@dataclass
class Network:
    """The network that an address asks for."""

    asked: Asked

    def param(self, name: str, *allowed: str) -> str:
        """A choice; the first where the address asks for none."""
        return self.asked.param(name, *allowed, other=allowed[0])

    def least(self, name: str, allowed: tuple[str, ...], usual: int) -> int:
        """A number that is chosen."""
        return int(self.asked.param(name, *allowed, other=str(usual)))

    @cached_property
    def rows(self) -> list[dict]:
        """The positions, with who holds them as `node`."""
        kinds, of = self.asked.world.speakers, self.param("nodes", "speaker", "state")
        about = self.param("on", "all", "topic", "actor")
        states: dict[tuple[str, str], str] = {}
        for row in self.asked.seen.attributions:
            states.setdefault((row["statement_id"], row["speaker_id"]), row["country"])
        found = []
        for row in self.asked.seen.positions:
            is_topic = row["target"].startswith("topic:")
            if kinds[row["speaker_id"]]["kind"] == "anonymous" or (about != "all" and is_topic != (about == "topic")):
                continue
            state = states.get((row["statement_id"], row["speaker_id"]), "")
            node = row["speaker_id"] if of == "speaker" else f"country:{state}" if state else ""
            if node:
                found.append(row | {"node": node})
        return found

    @cached_property
    def enough(self) -> list[str]:
        """Those with enough positions, most first."""
        active = self.least("active", ("1", "3", "5", "10", "20"), 3)
        n: dict[str, int] = defaultdict(int)
        for row in self.rows:
            n[row["node"]] += 1
        return sorted((node for node in n if n[node] >= active), key=lambda node: (-n[node], node))

    @cached_property
    def nodes(self) -> list[str]:
        """Those who stand in the network."""
        return self.enough[:MOST]

    def of(self, node: str, target: str = "") -> list[dict]:
        """One's positions."""
        return [row for row in self.rows if row["node"] == node and target in ("", row["target"])]

    def said(self, rows: list[dict]) -> Said:
        """What counts of some positions of the nodes."""
        counting, stances = self.param("again", *COUNTINGS), defaultdict(list)
        for row in rows:
            if row["node"] in self.nodes:
                stances[row["node"], row["target"]].append((row["stance"], row["statement"]["article_id"]))
        found: Said = {}
        for (node, target), every in stances.items():
            score = sum({"for": 1, "mixed": 0.5, "against": 0}[stance] for stance, _ in every) / len(every)
            for side in SIDES:
                taken = [article for stance, article in every if stance in (side, "mixed")]
                n = {"once": min(len(taken), 1), "article": len(set(taken)), "all": len(taken)}
                n["mostly"] = int(score > 0.4 if side == "for" else score < 0.6)
                found[node, target, side] = float(n[counting])
        return found

    def pairs(self, said: Said) -> list[dict]:
        """Every two with enough concepts in common, in the order of the nodes."""
        least = self.least("least", ("1", "2", "3", "5", "10"), 2)
        targets: dict[str, set[str]] = defaultdict(set)
        for (node, target, _), n in said.items():
            if n:
                targets[node].add(target)
        found = []
        for one, other in combinations(self.nodes, 2):
            shared = targets[one] & targets[other]
            if len(shared) >= least:
                found.append(self.pair(said, one, other, shared))
        return found

    def pair(self, said: Said, one: str, other: str, shared: set[str]) -> dict:
        """Two that take a side on some of the same concepts."""
        x = lambda node, target, side: said.get((node, target, side), 0.0)  # noqa: E731
        same = {t: sum(x(one, t, side) * x(other, t, side) for side in SIDES) for t in shared}
        opposite = {
            t: x(one, t, "for") * x(other, t, "against") + x(one, t, "against") * x(other, t, "for") for t in shared
        }
        congruence, conflict = sum(same.values()), sum(opposite.values())
        n_one, n_other = (sum(n for (who, _, _), n in said.items() if who == node) for node in (one, other))
        norm = self.param("norm", *NORMS)
        alone = 0.0
        if norm == "jaccard":
            for left, right in ((one, other), (other, one)):
                alone += sum(n for (who, t, side), n in said.items() if who == left and not x(right, t, side))
        by = {"no": 1.0, "average": (n_one + n_other) / 2, "cosine": n_one * n_other, "jaccard": alone + congruence}[
            norm
        ]
        row = {"one": one, "other": other, "shared": len(shared)}
        row |= {"agree": sum(n > 0 for n in same.values()), "differ": sum(n > 0 for n in opposite.values())}
        row |= {"congruence": congruence / by, "conflict": conflict / by}
        return row | {"subtract": row["congruence"] - row["conflict"]}

    @cached_property
    def all(self) -> Said:
        """What counts of all positions."""
        return self.said(self.rows)

    @cached_property
    def ranked(self) -> list[dict]:
        """All pairs, strongest first by the measure."""
        measure = self.param("by", *MEASURES)
        rows = self.pairs(self.all)
        return sorted(rows, key=lambda row: (-row[measure], -row["shared"], row["one"], row["other"]))

    @property
    def chosen(self) -> list[str]:
        """The one or the two that are looked at."""
        given = dict.fromkeys((self.asked.param("a"), self.asked.param("b")))
        return [node for node in given if node in self.nodes]

    def blocs(self, pairs: list[dict]) -> tuple[dict[str, int], dict]:
        """The bloc of each node, and what is said of them all."""
        place, size = {node: n for n, node in enumerate(self.nodes)}, {node: len(self.of(node)) for node in self.nodes}
        edges = [(row["one"], row["other"], row["subtract"]) for row in pairs if row["subtract"] > 0]
        graph = networkx.Graph()
        graph.add_nodes_from(sorted({node for edge in edges for node in edge[:2]}, key=lambda node: place[node]))
        graph.add_weighted_edges_from(edges)
        groups = networkx.community.louvain_communities(graph, weight="weight", seed=SEED) if edges else []
        groups.sort(key=lambda group: (-sum(size[node] for node in group), min(place[node] for node in group)))
        number = dict.fromkeys(self.nodes, 0)
        number |= {node: n for n, group in enumerate([g for g in groups if len(g) > 1], 1) for node in group}
        found: dict = {"nodes": len(graph), "pairs": len(pairs), "blocs": max(number.values(), default=0)}
        found |= dict.fromkeys(("modularity", "within_share", "between_share", "ei"))
        if len(graph) >= 5 and len(pairs) >= 10:
            inside = [row for row in pairs if number[row["one"]] == number[row["other"]] > 0]
            congruence, conflict = (sum(row[name] for row in pairs) for name in ("congruence", "conflict"))
            within = sum(row["congruence"] for row in inside) / congruence
            found["modularity"] = float(networkx.community.modularity(graph, groups, weight="weight"))
            found |= {"within_share": within, "ei": 1 - 2 * within}
            if conflict:
                found["between_share"] = 1 - sum(row["conflict"] for row in inside) / conflict
        return number, found


def blocs(asked: Asked) -> list[dict]:
    """What is said of the blocs."""
    network = Network(asked)
    return [network.blocs(network.pairs(network.all))[1]]


def drawn(asked: Asked) -> list[dict]:
    """The nodes that have a link which is drawn."""
    network = Network(asked)
    few, measure = network.nodes[:NODES], network.param("by", *MEASURES)
    weight = lambda row: -row["conflict"] if measure == "conflict" else row[measure]  # noqa: E731
    links = [row for row in network.ranked if {row["one"], row["other"]} <= set(few) and weight(row)]
    links.sort(key=lambda row: (-abs(weight(row)), -row["shared"], row["one"], row["other"]))
    links = [row for row in links if weight(row) > 0][:ALLIED] + [row for row in links if weight(row) < 0][:OPPOSED]
    linked = {row[end] for row in links for end in ("one", "other")}
    number, _ = network.blocs(network.pairs(network.all))
    found = []
    for node in few:
        if node in linked:
            rows = network.of(node)
            about = {"n": len(rows), "concepts": len({row["target"] for row in rows})}
            found.append({"node": node} | about | {"bloc": number[node]})
    return found


def of_one(asked: Asked) -> list[dict]:
    """The pairs of the one that is chosen."""
    network = Network(asked)
    return [row for row in network.ranked if network.chosen[0] in (row["one"], row["other"])]


def of_two(asked: Asked) -> list[dict]:
    """The concepts on which two take a side."""
    network = Network(asked)
    one, other = network.chosen
    found = []
    for target in {row["target"] for row in network.of(one)} & {row["target"] for row in network.of(other)}:
        row: dict = {"target": target}
        for node, end in ((one, "one"), (other, "other")):
            stances = [position["stance"] for position in network.of(node, target)]
            row |= {f"{side}_{end}": sum(stance in (side, "mixed") for stance in stances) for side in SIDES}
        pair = network.pair(network.all, one, other, {target})
        found.append(row | {"agree": pair["agree"], "differ": pair["differ"]})
    total = lambda row: sum(row[f"{side}_{end}"] for side in SIDES for end in ("one", "other"))  # noqa: E731
    return sorted(found, key=lambda row: (-row["differ"], -total(row), row["target"]))


def concepts(asked: Asked) -> list[dict]:
    """Who stands on which side of each concept."""
    network = Network(asked)
    said, found = network.all, []
    rows = [row for row in network.rows if row["node"] in network.nodes]
    for target in {row["target"] for row in rows}:
        sides = {node: [side for side in SIDES if said.get((node, target, side))] for node in network.nodes}
        pairs = list(combinations([found for found in sides.values() if found], 2))
        row: dict = {"target": target, "n": sum(one["target"] == target for one in rows)}
        for name, taken in (("for", ["for"]), ("mixed", ["for", "against"]), ("against", ["against"])):
            row[name] = sum(one == taken for one in sides.values())
        row["agree"] = sum(bool(set(one) & set(other)) for one, other in pairs)
        row["differ"] = sum(len(set(one) | set(other)) > 1 for one, other in pairs)
        if pairs:
            found.append(row | {"differ_share": row["differ"] / (row["agree"] + row["differ"])})
    return sorted(found, key=lambda row: (-row["n"], row["target"]))


def over_time(asked: Asked) -> list[dict]:
    """The network of each period."""
    network = Network(asked)
    unit = network.param("unit", "season", "month")
    rows = [row for row in network.rows if row["node"] in network.nodes]
    keys = periods.axis([row["statement"]["article"]["day"] for row in rows], unit, asked.calendar)[-PERIODS:]
    found = []
    for key in keys:
        part = [row for row in rows if asked.key(row["statement"], unit) == key]
        said = network.blocs(network.pairs(network.said(part)))[1]
        found.append({"period": key, "n": len(part)} | said)
    return found


FIGURES = {
    "agreement.blocs": blocs,
    "agreement.nodes": lambda asked: len(Network(asked).enough),
    "agreement.network": drawn,
    "agreement.matrix": lambda asked: Network(asked).ranked,
    "agreement.list": lambda asked: Network(asked).ranked,
    "agreement.node": of_one,
    "agreement.pair": of_two,
    "agreement.concepts": concepts,
    "agreement.over_time": over_time,
}

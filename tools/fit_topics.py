"""Fit the weights of the topic code book: `python tools/fit_topics.py GOLD.jsonl …` writes data/codebook/weights.toml.

Learns from every annotated sentence, spoken or not. Fit again after many terms were changed, and look at
articles that were not used for it.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from analysis.config import DATA
from analysis.evaluate.rows import Article, read_gold
from analysis.extract.document import read_document
from analysis.extract.mentions import find_mentions
from analysis.extract.topics import TopicReader
from analysis.lexicon import load
from analysis.lexicon.codebook import MODEL
from tools.fit import fit, write

STRENGTH = 0.1
SEEN = 12
"""How often two topics must have met before their meeting gets a weight, and a term been found before it does."""
RARE = (" beside ", ": ")
"""What tells the features to which this applies."""
SPOKEN = 2.0
"""How much more a sentence counts that somebody says, as such sentences are what is coded."""
NOTE = """How much each piece of evidence counts when the topics of a statement are decided (see data/README.md).
Fitted by tools/fit_topics.py on {articles} annotated articles with {sentences} sentences; not to be guessed."""


def main(paths: list[Path]) -> None:
    """Read the annotated files, fit, write."""
    articles = [article for path in paths for article in read_gold(path)]
    evidence: list[dict[str, float]] = []
    right: list[bool] = []
    counts: list[float] = []
    for article in articles:
        for features, is_right, count in _candidates(article):
            evidence.append(features)
            right.append(is_right)
            counts.append(count)
    seen = Counter(name for features in evidence for name in features)
    kept = [{n: v for n, v in f.items() if seen[n] >= SEEN or not any(r in n for r in RARE)} for f in evidence]
    note = NOTE.format(articles=len(articles), sentences=sum(len(article.rows) for article in articles))
    write(DATA / "codebook" / "weights.toml", {MODEL: fit(kept, right, strength=STRENGTH, counts=counts)}, note)


def _candidates(article: Article) -> list[tuple[dict[str, float], bool, float]]:
    document = read_document(article.text, load())
    reader = TopicReader(document, find_mentions(document))
    return [
        (score.features, score.topic_id in row.topics, SPOKEN if row.speakers else 1.0)
        for row in article.rows.values()
        for score in reader.explain(row.start, row.stop)
    ]


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])

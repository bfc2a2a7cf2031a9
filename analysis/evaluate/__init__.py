"""How well the program reads: its tables against articles that people annotated.

Only an article's id, text, title, source, date and URL are extracted; its labels are used for the comparison alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from analysis.evaluate.compare import Disagreement, Figures, Result, compare
from analysis.evaluate.rows import lay, read_gold
from analysis.extract.pipeline import extract
from analysis.lexicon import Lexicon
from analysis.read.files import read_articles

__all__ = ["Disagreement", "Figures", "Result", "evaluate", "report"]


def evaluate(gold: Path, *, only: str | None = None, lexicon: Lexicon | None = None) -> Result:
    """Extract the annotated articles of a file and compare sentence by sentence.

    Args:
        gold: an annotated article a line.
        only: the id of the one article to look at.
        lexicon: the words to read with; those of `data/` by default.

    Raises:
        InputError: where the file is not readable or not annotated, or the one article is not in it.
    """
    wanted = read_gold(gold, only)
    inputs = read_articles([gold])  # Takes what belongs to the article; labels never get in.
    inputs = inputs[inputs["article_id"].isin([article.article_id for article in wanted])]
    return compare(wanted, lay(extract(inputs, lexicon), wanted))


def report(result: Result, *, errors: int = 0) -> str:
    """The figures as a table, then the first `errors` disagreements of each kind with their sentences."""
    return "\n".join([*_figure_lines(result.figures), *_disagreement_lines(result.disagreements, errors)])


def _figure_lines(figures: Figures) -> Iterator[str]:
    yield f"{'measure':<18}{'P':>8}{'R':>8}{'F1/acc':>8}{'n':>7}"
    nothing = float("nan")
    for name, value in figures.items():
        p, r = value.get("p", nothing), value.get("r", nothing)
        yield f"{name:<18}{p:>8.3f}{r:>8.3f}{value['f1']:>8.3f}{value['n']:>7}"


def _disagreement_lines(disagreements: list[Disagreement], most: int) -> Iterator[str]:
    by_kind = sorted(disagreements, key=lambda one: one.kind)  # Stable: the order of the articles stays.
    for kind, group in groupby(by_kind, key=lambda one: one.kind) if most else ():
        found = list(group)
        yield f"\n{kind} ({len(found)})"
        for one in found[:most]:
            yield f"  {one.article_id}[{one.sentence}] {one.text}"
            yield f"      gold: {one.gold}"
            yield f"      ours: {one.ours}"

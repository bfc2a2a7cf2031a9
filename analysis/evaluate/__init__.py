"""How well the program reads: its tables against annotated articles.

Only an article's id, text, title, source, date and URL are extracted; its labels are used for the comparison alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from analysis.evaluate.calibration import calibrate, judge
from analysis.evaluate.compare import KINDS, Disagreement, Result, compare
from analysis.evaluate.figures import PARTS, RESAMPLES, Figures, figures, gap, parts
from analysis.evaluate.report import BY, Answer, split
from analysis.evaluate.rows import Article, lay, read_gold
from analysis.extract.pipeline import extract
from analysis.lexicon import Lexicon
from analysis.read.files import read_articles
from analysis.schema import Tables

__all__ = ["BY", "KINDS", "RESAMPLES", "Answer", "Disagreement", "Figures", "Result", "answer", "evaluate", "prepare"]


def evaluate(*gold: Path, only: str | None = None, lexicon: Lexicon | None = None) -> Result:
    """Extract the annotated articles of some files and compare sentence by sentence.

    Args:
        gold: files with an annotated article a line.
        only: the id of the one article to look at.
        lexicon: the words to read with; those of `data/` by default.

    Raises:
        InputError: where a file is not readable or not annotated, the one article is in none, or two have one id.
    """
    wanted, tables = prepare(gold, only=only, lexicon=lexicon)
    return compare(wanted, lay(tables, wanted))


def answer(
    gold: Sequence[Path],
    *,
    against: Sequence[Path] = (),
    only: str | None = None,
    by: Sequence[str] = (),
    calibration: bool = False,
    resamples: int = RESAMPLES,
    lexicon: Lexicon | None = None,
) -> Answer:
    """Evaluate, with intervals and whatever else is asked for.

    Args:
        gold: files with an annotated article a line; they count as one.
        against: other such files, to say how far apart the figures of the two are.
        only: the id of the one article to look at.
        by: what to split the figures by, of `BY`.
        calibration: whether to judge the confidences too.
        resamples: how many times the articles are drawn anew for the intervals; 0 leaves these out.
        lexicon: the words to read with; those of `data/` by default.

    Raises:
        InputError: as `evaluate` says.
    """
    wanted, tables = prepare(gold, only=only, lexicon=lexicon)
    result = compare(wanted, lay(tables, wanted))
    judged = judge(tables, wanted) if calibration else None
    other = evaluate(*against, lexicon=lexicon) if against else None
    return Answer(
        result,
        figures(result.counts, resamples=resamples),
        split(result, by, resamples=resamples),
        gap(result.counts, other.counts, resamples=max(resamples, 1)) if other else {},
        {
            "statements (statement and speaker)": calibrate(judged.statements, resamples=resamples),
            "positions (target and stance)": calibrate(judged.positions, resamples=resamples),
        }
        if judged
        else {},
        {kind: parts(result.counts, kind, resamples=resamples) for kind in PARTS},
    )


def prepare(
    gold: Sequence[Path], *, only: str | None = None, lexicon: Lexicon | None = None
) -> tuple[list[Article], Tables]:
    """The annotated articles of some files, and what the program extracts from them.

    Raises:
        InputError: as `evaluate` says.
    """
    wanted = read_gold(*gold, only=only)
    inputs = read_articles(gold)  # Takes what belongs to the article; labels never get in.
    inputs = inputs[inputs["article_id"].isin([article.article_id for article in wanted])]
    return wanted, extract(inputs, lexicon)

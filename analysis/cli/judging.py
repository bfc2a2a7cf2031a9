"""`evaluate` and `terms`: how well articles are read, and what each term of the code book does."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from analysis.cli.common import RAW, Verbs, add_words, count, lexicon
from analysis.evaluate import BY, KINDS, RESAMPLES, answer
from analysis.evaluate.terms import report_terms

GOLD = """\
GOLD.jsonl holds an annotated article a line: doc_id, text, speakers[name, aliases, country], sentences[s, start,
stop, speaker, form, nested, countries, topics, positions]. Only the article itself is extracted; its labels are
used for nothing but the comparison. docs/quality.md says what the figures mean.
"""
TERMS = """\
The least useful terms of each topic come first. In an annotated GOLD.jsonl (see evaluate --help), counted in sentences
that somebody speaks:
  found          where the term counts
  right, wrong   of these, where its topic is coded rightly, wrongly
  missed         where annotators have the topic and the program has not
  decides_right  right codes that would be lost without the term; decides_wrong: wrong ones that would go
In articles without annotations: found, coded (where its topic is coded), decides (where it would not be without it).
"""


def register(verbs: Verbs) -> None:
    """Add the verbs of this module to the command line."""
    judge = verbs.add_parser("evaluate", help="compare with annotated articles", epilog=GOLD, formatter_class=RAW)
    _add_evaluate(judge)
    terms = verbs.add_parser("terms", help="what each term of the code book does", epilog=TERMS, formatter_class=RAW)
    terms.add_argument("inputs", nargs="+", type=Path, metavar="INPUT", help="GOLD.jsonl, or any articles")
    terms.add_argument("--topic", default="", metavar="ID", help="this one topic of topics.csv")
    terms.add_argument("--json", action="store_true", help="every term, one JSON object a line")
    terms.set_defaults(run=_terms)
    for verb in (judge, terms):
        add_words(verb)


def _add_evaluate(judge: argparse.ArgumentParser) -> None:
    add = judge.add_argument
    add("gold", nargs="+", type=Path, metavar="GOLD.jsonl", help="annotated articles; several files count as one")
    add("--against", nargs="+", type=Path, default=[], metavar="FILE", help="other articles: how far apart the two are")
    add("--only", metavar="ID", help="this one article")
    add("--by", nargs="*", choices=BY, default=BY, help="what to split the figures by (default: all; none: no split)")
    add("--calibration", action="store_true", help="whether confidences hold, for statements and positions")
    add("--errors", type=count, default=5, metavar="N", help="show the first N disagreements of a kind (default: 5)")
    add("--kinds", nargs="+", choices=KINDS, default=(), help="kinds of disagreement to show (default: all)")
    resamples = "how often articles are drawn anew for the intervals; 0: no intervals"
    add("--resamples", type=count, default=RESAMPLES, metavar="N", help=f"{resamples} (default: {RESAMPLES})")
    add("--json", action="store_true", help="the figures alone, as one JSON object")
    judge.set_defaults(run=_evaluate)


def _evaluate(options: argparse.Namespace) -> None:
    given = {name: getattr(options, name) for name in ("against", "only", "by", "calibration", "resamples")}
    found = answer(options.gold, **given, lexicon=lexicon(options))
    if options.json:
        print(json.dumps(found.values(), ensure_ascii=False))
    else:
        print(found.text(errors=options.errors, kinds=options.kinds))


def _terms(options: argparse.Namespace) -> None:
    frame = report_terms(options.inputs, topic=options.topic, lexicon=lexicon(options))
    if options.json:
        print(frame.to_json(orient="records", lines=True, force_ascii=False), end="")
        return
    found = frame[frame["found"] > 0]
    names = [*frame.columns[3:], "weight"]
    for topic, terms in found.groupby("topic_id", sort=False):
        print(f"\n{topic}\n{' '.join(names)}")
        for term in terms.to_dict("records"):  # Numbers first: Persian beside them would turn their order round.
            print(" ".join(f"{term[name]:>{len(name)}}" for name in names), "", term["term"])
    print(f"\n{len(found)} terms found, {len(frame) - len(found)} never")

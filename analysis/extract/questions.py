"""Questions: they assert nothing, whoever asks them."""

from __future__ import annotations

from analysis.extract.document import Document
from analysis.extract.lines import Line
from analysis.extract.report import Report

_REPORTER = "reporter"
"""The title of those who only ask."""


def is_question(document: Document, line: Line, report: Report) -> bool:
    """A reporter's question asserts nothing («خبرنگار: آیا …؟»)."""
    asks = report.rule == "colon" or _ends_asking(document, line)
    return asks and any(phrase.title_id == _REPORTER for phrase in report.subjects)


def is_asked(document: Document, line: Line) -> bool:
    """A question in a paragraph of its own is the interviewer's; who answers goes on after it."""
    bullet = bool(line.items) and line.items[0].kind == "mark"
    return _ends_asking(document, line) and line.sentence.alone and not (bullet or line.open_before)


def asks_about(document: Document, line: Line, report: Report) -> bool:
    """Whether a question asks if somebody said or did something («آیا X نامه‌ای نوشته است؟»): nobody says it there."""
    last = line.items[-1] if line.items else None
    ends = report.cue is not None and last is not None and report.cue.stop >= last.start
    return ends and report.rule == "verb" and _ends_asking(document, line)


def _ends_asking(document: Document, line: Line) -> bool:
    return document.text.endswith(("؟", "?"), line.sentence.start, line.sentence.stop)

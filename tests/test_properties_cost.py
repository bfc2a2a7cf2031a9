"""Reading ten times as much takes ten times as much work, whatever the text is made of.

Nothing is timed: the steps of `analysis` (calls, resumed generators, turns of loops) are counted.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType

import pandas as pd
import pytest
from extraction import DAY, demo_lexicon

import analysis
from analysis import extract
from analysis.config import SEEDS

CODE = str(Path(analysis.__file__).parent)
EVENTS = sys.monitoring.events.PY_START, sys.monitoring.events.PY_RESUME, sys.monitoring.events.JUMP
TOOL = sys.monitoring.PROFILER_ID
TIMES, MOST = 10, 12
LONG_ENOUGH = 5000
"""Characters of the shorter text: twice what the longest sentence has, within which a rule may compare all words."""

DISPATCHES = "\n".join(path.read_text("utf-8") for path in sorted((SEEDS / "demo").glob("*.txt"))[:2])
REPEATED = {
    "lines": DISPATCHES + "\n",
    "one line": DISPATCHES.replace("\n", " ") + " ",
    "one sentence": "و یلاگین گفت که آمریکا باید به جنگ علیه سوریه پایان دهد ",
    "one headline": "یلاگین: روسیه از توافق حمایت می‌کند\n",
    "open quotations": "یلاگین گفت: «",
    "open quotations, a line each": "یلاگین گفت: «روسیه می‌آید\n",
    "straight quotation marks": 'یلاگین افزود: "روسیه ',
    "names that need a hint": "دولت وزیر سفیر مالی و چک ",
    "names that are none": "دریای عمان ",
    "tags": "#.#وین ",
    "dots": "؟!.",
    "bullets": "🔹 وی ادامه داد که کار دشوار است ",
    "calls": "یلاگین گفت که خواستار توقف جنگ و لغو تحریم‌ها علیه سوریه است. ",
}


def steps(text: str) -> int:
    """How many steps `analysis` takes to read a text."""
    counted = 0

    def count(code: CodeType, *_: object) -> object:
        nonlocal counted
        if not code.co_filename.startswith(CODE):
            return sys.monitoring.DISABLE
        counted += 1
        return None

    frame = pd.DataFrame([{"id": "x", "text": text, "published": DAY}])
    sys.monitoring.use_tool_id(TOOL, "steps")
    try:
        for event in EVENTS:
            sys.monitoring.register_callback(TOOL, event, count)
        sys.monitoring.set_events(TOOL, EVENTS[0] | EVENTS[1] | EVENTS[2])
        extract(frame, demo_lexicon())
    finally:
        sys.monitoring.set_events(TOOL, 0)
        sys.monitoring.free_tool_id(TOOL)
        sys.monitoring.restart_events()
    return counted


@pytest.fixture(autouse=True, scope="module")
def warm() -> None:
    """Words and forms that are looked up for the first time."""
    steps(DISPATCHES)


@pytest.mark.parametrize("piece", REPEATED.values(), ids=REPEATED)
def test_repeated_text(piece: str) -> None:
    text = piece * (LONG_ENOUGH // len(piece) + 1)
    assert steps(text * TIMES) < MOST * steps(text)


def _headings(count: int) -> str:
    said = "\n".join(f"یلاگین گفت که روسیه از پیمان بزرگ {i} پشتیبانی می‌کند." for i in range(count))
    return "\n".join(f"پشتیبانی روسیه از پیمان بزرگ {i}" for i in range(count)) + "\n" + said


def _people(count: int, gap: str = "\n") -> str:
    letters = "بتجدرسشفقکگلمن"
    names = (f"{letters[i % 14]}{letters[i // 14 % 14]}و{letters[i // 196 % 14]}یان" for i in range(count))
    return gap.join(f"مازیار {name}، کارشناس انرژی گفت: کار دشوار است." for name in names)


def _people_in_one_line(count: int) -> str:
    return _people(count, " ")


@pytest.mark.parametrize("make", [_headings, _people, _people_in_one_line])
def test_many_different(make: Callable[[int], str]) -> None:
    assert steps(make(100 * TIMES)) < MOST * steps(make(100))

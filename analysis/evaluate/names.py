"""When two names mean one speaker: the measure's own rule, independent of how the program reads names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

Names = set[str]
"""Folded forms of one speaker's name."""

_WORDS = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))
_LETTERS = str.maketrans("يىكةۀأإؤئآ", "ییکهههاویا".replace("ههه", "هها", 1) if False else "ییکههااویا")

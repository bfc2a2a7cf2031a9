"""Where things lie. Depends on nothing else in the project."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
SEEDS = ROOT / "seeds"
CACHE = ROOT / ".cache"
"""What can be made again at any time."""
TIME_ZONE = ZoneInfo("Asia/Tehran")
"""Days, months and Jalali dates are those of Tehran."""

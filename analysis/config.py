"""Where things lie. Depends on nothing else in the project."""

from __future__ import annotations

import os
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
SEEDS = ROOT / "seeds"
CACHE = ROOT / ".cache"
"""What can be made again at any time."""
TIME_ZONE = ZoneInfo("Asia/Tehran")
"""Days, months and Jalali dates are those of Tehran."""


def store_place() -> str | None:
    """Where the store lies, a folder or an object store's URL: MAVAZE_STORE, None where it is not set."""
    return os.environ.get("MAVAZE_STORE") or None

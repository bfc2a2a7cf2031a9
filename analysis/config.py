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
STORE = ROOT / "store"
"""Where a store is made when no other place is named."""
TIME_ZONE = ZoneInfo("Asia/Tehran")
"""Days, months and Jalali dates are those of Tehran."""


def cache_place() -> Path:
    """The folder of what can be made again at any time: MAVAZE_CACHE, else `.cache` in the program's folder."""
    return Path(os.environ.get("MAVAZE_CACHE") or CACHE)


def store_place() -> str | None:
    """Where the store lies, a folder or an object store's URL.

    It is MAVAZE_STORE, else the folder `store` of the program where there is one, else None.
    """
    return os.environ.get("MAVAZE_STORE") or (str(STORE) if STORE.is_dir() else None)

"""A corpus that lasts: articles and what was read from them, kept in Delta Lake tables, every version openable."""

from analysis.store.check import Problem, check
from analysis.store.commit import Batch, commit
from analysis.store.inventory import Stats, history, stats
from analysis.store.store import Store
from analysis.store.upkeep import compact, remove, restore

__all__ = ["Batch", "Problem", "Stats", "Store", "check", "commit", "compact", "history", "remove", "restore", "stats"]

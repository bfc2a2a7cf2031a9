"""A corpus that lasts: articles and what was read from them, kept in Delta Lake tables, every version openable."""

from analysis.store.commit import Batch, commit
from analysis.store.store import Store

__all__ = ["Batch", "Store", "commit"]

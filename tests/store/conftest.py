"""A store in a folder of its own."""

from pathlib import Path

import pytest

from analysis.store import Store, commit
from tools.invented import batch_of


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store.open(tmp_path / "store", create=True)


@pytest.fixture
def filled(store: Store) -> Store:
    """A store of three batches with two articles each: a1 a2, b1 b2, c1 c2."""
    for letter in "abc":
        store = commit(store, batch_of([f"{letter}1", f"{letter}2"]))
    return store

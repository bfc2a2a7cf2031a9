"""A short run of the trial that kills writers; `python tools/crash_store.py --kills 200` is the long one."""

from tools.crash_store import trial


def test_killed_writers_lose_nothing_that_was_acknowledged(tmp_path):
    found = trial(tmp_path, kills=2, seed=1)
    assert found["problems"] == []
    assert found["polls"]

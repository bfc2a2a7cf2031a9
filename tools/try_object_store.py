"""Try the store on an object store: moto's imitation of S3, in a process of its own (pip install 'moto[server]').

Usage: python tools/try_object_store.py [PORT]

moto is not among the requirements, because it brings 40 packages along; so this is not one of the tests.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from analysis.errors import StoreError
from analysis.store import Store, check, commit, compact, remove
from tools.invented import batch_of


def main(port: int) -> None:
    """Add from two writers, read an old version, purge, compact, check."""
    address = f"http://127.0.0.1:{port}"
    settings = {"ENDPOINT_URL": address, "REGION": "us-east-1", "ALLOW_HTTP": "true"}
    settings |= {"ACCESS_KEY_ID": "x", "SECRET_ACCESS_KEY": "x"}
    os.environ.update({f"AWS_{name}": value for name, value in settings.items()})
    # Not a thread of this process: `deltalake` holds the interpreter while it waits for an answer.
    server = subprocess.Popen([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)])
    try:
        make_bucket(f"{address}/bucket")
        one = Store.open("s3://bucket/store", create=True)
        other = Store.open("s3://bucket/store")
        commit(one, batch_of(["a1", "a2"]))
        other = commit(other, batch_of(["b1"]))  # It was opened before: its compare-and-swap fails once.
        assert other.version == 2 and len(other.tables().articles) == 3
        assert len(Store.open("s3://bucket/store", version=1).tables().articles) == 2
        after = compact(remove(other, articles=["a1"], purge=True))
        assert len(after.tables().articles) == 2 and check(after) == []
        try:
            Store.open("s3://bucket/none")
        except StoreError as error:
            print(error)
        print("all well")
    finally:
        server.kill()
        server.wait()


def make_bucket(url: str) -> None:
    """Make the bucket as soon as the server answers."""
    for _ in range(300):
        try:
            urllib.request.urlopen(urllib.request.Request(url, method="PUT"))
        except OSError:
            time.sleep(0.2)
        else:
            return


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 45670)

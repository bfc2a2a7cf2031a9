"""The command line: `python -m analysis VERB …`.

Exit codes: 0 all went well, 1 done, but something was rejected or found wrong, 2 something that the user can mend (one
line on stderr says what), 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from analysis.errors import MavazeError

GROUPS = {
    "extracting": ("extract", "names"),
    "adding": ("add",),
    "taking": ("export", "verify"),
    "briefing": ("brief",),
    "upkeep": ("stats", "history", "check", "refresh", "compact", "remove", "restore"),
    "correcting": ("corrections",),
    "judging": ("evaluate", "terms"),
}
"""Modules of `analysis.cli` and the verbs that they register, in the order in which `--help` lists them.

Only the module of the verb that is asked for is loaded: all of them take seconds.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    options = _parser(given[0] if given else "").parse_args(given)
    try:
        code: int = options.run(options) or 0
        sys.stdout.flush()
    except MavazeError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        print("interrupted; nothing was written", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Who read our output has closed it (as `head` does); Python would complain once more when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as error:
        return _fail(f"{error.filename or 'the disk'}: {error.strerror}. Check space and permissions.")
    return code


def _fail(message: str) -> int:
    print("error:", " ".join(message.split()), file=sys.stderr)
    return 2


def _parser(verb: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis", description="Who said what in Persian diplomatic news: articles in, tidy tables out."
    )
    verbs = parser.add_subparsers(title="verbs", required=True, metavar="VERB")
    asked = [group for group, names in GROUPS.items() if verb in names]
    for group in asked or GROUPS:
        import_module(f"analysis.cli.{group}").register(verbs)
    return parser


if __name__ == "__main__":
    sys.exit(main())

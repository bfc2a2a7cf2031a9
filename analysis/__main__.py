"""The command line: `python -m analysis VERB …`.

Exit codes: 0 all went well, 1 done, but something was rejected or found wrong, 2 something that the user can mend (one
line on stderr says what), 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from analysis.cli import adding, briefing, correcting, extracting, judging, taking, upkeep
from analysis.errors import MavazeError

GROUPS = (extracting, adding, taking, briefing, upkeep, correcting, judging)
"""Modules that register verbs, in the order in which `--help` lists them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    options = _parser().parse_args(arguments)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis", description="Who said what in Persian diplomatic news: articles in, tidy tables out."
    )
    verbs = parser.add_subparsers(title="verbs", required=True, metavar="VERB")
    for group in GROUPS:
        group.register(verbs)
    return parser


if __name__ == "__main__":
    sys.exit(main())

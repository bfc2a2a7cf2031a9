"""The errors that Mavaze raises on purpose.

Each message says what is wrong, where, and what to do; the command line prints it alone and exits with code 2.
"""

from __future__ import annotations

from pathlib import Path


class MavazeError(Exception):
    """Base of all errors that a user can mend."""


class InputError(MavazeError):
    """An input (a path, a file, a row of articles) cannot be read as articles."""


class DataError(MavazeError):
    """A lexicon or code-book file in `data/` breaks its rules.

    Args:
        path: the file.
        line: its line, 1-based, the header being line 1; 0 where the whole file is meant.
        problem: what is wrong.
        remedy: what to do about it.
    """

    def __init__(self, path: Path, line: int, problem: str, remedy: str) -> None:
        where = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{where}: {problem}. {remedy}.")
        self.path, self.line, self.problem, self.remedy = path, line, problem, remedy


class ContractError(MavazeError):
    """Tables break the contract of `analysis.schema` (a missing column, a span that is not verbatim, a lost key)."""


class StoreError(MavazeError):
    """A store cannot be opened, read or written as asked; what it holds is whole."""


class DamagedStore(StoreError):
    """Files of a store are missing or broken; the message names them and says what stays readable."""


class SnapshotError(MavazeError):
    """A snapshot cannot be read, or is no longer what was written."""


class QueryError(MavazeError):
    """A search query cannot be understood.

    Args:
        code: what is wrong with it, one of `analysis.search.query.PROBLEMS`.
        message: the same in words, with what to do.
        word: the part of the query that is meant; "" where it is the whole.
    """

    def __init__(self, code: str, message: str, word: str = "") -> None:
        super().__init__(message)
        self.code, self.word = code, word


class ViewsError(MavazeError):
    """A saved view cannot be read, found or kept."""


class RejectedInput(InputError):
    """One input, or one record of it, that is turned away; the others go on where the caller wants that.

    Args:
        code: one of `analysis.read.items.REASONS`.
        message: what is wrong, where, and what to do.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

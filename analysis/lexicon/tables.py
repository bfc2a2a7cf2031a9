"""Read the lexicon's CSV files, checking every line."""

from __future__ import annotations

import csv
from pathlib import Path

from analysis.errors import DataError


class Row(dict[str, str]):
    """A line of a lexicon file: column to cell, and where it stands."""

    path: Path
    line: int

    def many(self, column: str) -> list[str]:
        """The values of a cell that joins several by `|`."""
        return [value.strip() for value in self[column].split("|") if value.strip()]

    def error(self, problem: str, remedy: str) -> DataError:
        """An error that points to this line."""
        return DataError(self.path, self.line, problem, remedy)


def read_rows(path: Path, columns: tuple[str, ...], required: tuple[str, ...] = ()) -> list[Row]:
    """The lines of a CSV file that must have exactly the given columns.

    Raises:
        DataError: where the file is missing, is not UTF-8, has other columns, a line with too few or too many cells,
            or an empty cell in a required column.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = tuple(next(reader, []))
            if header != columns:
                raise DataError(
                    path, 1, f"the columns are {', '.join(header)}", f"Make them exactly: {', '.join(columns)}"
                )
            return [_row(path, reader.line_num, columns, cells, required) for cells in reader if any(cells)]
    except FileNotFoundError as error:
        raise DataError(path, 0, "the file is missing", "Restore it from the repository") from error
    except UnicodeDecodeError as error:
        raise DataError(path, 0, "the file is not UTF-8", "Save it as UTF-8 («CSV UTF-8» in Excel)") from error
    except csv.Error as error:
        raise DataError(
            path, reader.line_num, f"not a CSV line ({error})", "Look for a stray quotation mark"
        ) from error


def _row(path: Path, line: int, columns: tuple[str, ...], cells: list[str], required: tuple[str, ...]) -> Row:
    row = Row(zip(columns, (cell.strip() for cell in cells), strict=False))
    row.path, row.line = path, line
    if len(cells) != len(columns):
        raise row.error(f"{len(cells)} cells, {len(columns)} expected", "Quote cells that hold a comma")
    for column in required:
        if not row[column]:
            raise row.error(f"the cell `{column}` is empty", f"Fill in `{column}` or delete the line")
    return row


def check_unique(rows: list[Row], *columns: str) -> None:
    """Check that no two lines share these columns' values.

    Raises:
        DataError: naming the second line.
    """
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(row[c] for c in columns)
        if key in seen:
            raise row.error(f"{' / '.join(key)} stands in line {seen[key]} already", "Merge the two lines")
        seen[key] = row.line


def check_allowed(rows: list[Row], column: str, allowed: tuple[str, ...], *, empty: bool = False) -> None:
    """Check that a column holds only allowed values.

    Raises:
        DataError: naming the line and the values that are allowed.
    """
    for row in rows:
        if row[column] not in allowed and not (empty and not row[column]):
            raise row.error(f"`{column}` is {row[column]!r}", f"Use one of: {', '.join(allowed)}")

"""Lines for people.csv, offices.csv and organisations.csv, to be filled in by an analyst."""

from __future__ import annotations

import csv
import io

import pandas as pd

from analysis.lexicon.people import OFFICE_COLUMNS, PEOPLE_COLUMNS

_BODY_COLUMNS = ("organisation_id", "name_fa", "name_en", "names", "kind", "country")
_FILES = {
    "person": ("people.csv", PEOPLE_COLUMNS),
    "office": ("offices.csv", OFFICE_COLUMNS),
    "body": ("organisations.csv", _BODY_COLUMNS),
}
_NOTE = "# {file}: ستون‌های خالی را پر کنید، بررسی کنید و سپس بیفزایید · fill in the empty columns, check, then add"


def candidate_line(speaker: pd.Series) -> str:
    """A speaker of `analysis.measure.unknown` as a line of the file where its kind stands; what is not known is empty.

    Ids are the analyst's (`person:surname-firstname`): one made of a hash would not outlive a better spelling.
    """
    _, columns = _FILES[speaker["kind"]]
    others = "|".join(name for name in speaker["names"] if name != speaker["name"])
    known = {
        "name_fa": speaker["name"],
        "office_fa": speaker["name"],
        "names": others,
        "role": speaker["role"],
        "kind": "person" if speaker["kind"] == "person" else "",
        "country": speaker["country"],
        "source": "corpus",
        "checked": "no",
    }
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([known.get(column, "") for column in columns])
    return line.getvalue()


def candidates_csv(speakers: pd.DataFrame) -> str:
    """All of them as text, a part for each file with its header; lines that begin with `#` are notes."""
    parts = []
    for kind, (file, columns) in _FILES.items():
        rows = speakers[speakers["kind"] == kind]
        if len(rows):
            lines = [candidate_line(row) for _, row in rows.iterrows()]
            parts.append("\n".join([_NOTE.format(file=file), ",".join(columns), *lines]))
    return "\n\n".join(parts) + "\n"


def candidates_report(speakers: pd.DataFrame) -> str:
    """All of them for reading, with Persian and English headings, sentences and the line to add."""
    if speakers.empty:
        return "همهٔ گویندگان در فهرست هستند · every speaker is in the lexicon"
    parts = ["گویندگانی که فهرست نمی‌شناسد · speakers that the lexicon does not know"]
    for number, (_, row) in enumerate(speakers.iterrows(), 1):
        facts = f"نوع kind {row['kind']} · سمت role {row['role']} · کشور country {row['country'] or '—'}"
        counts = f"مقاله articles {row['articles']} · گفته statements {row['statements']}"
        head = f"{number}. {row['name']}  [{row['speaker_id']}]\n   {facts} · {counts}"
        sentences = [f"   – {' '.join(text.split())}" for text in row["sentences"]]
        parts.append("\n".join([head, *sentences, f"   {_FILES[row['kind']][0]}: {candidate_line(row)}"]))
    return "\n\n".join(parts)

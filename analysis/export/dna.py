"""Statements for Discourse Network Analyzer (DNA 3): who agrees with which concept.

`statements.csv` has the columns of DNA's own event list (`Exporter.eventCSV`: semicolons, UTF-8, `yyyy-MM-dd
HH:mm:ss`) with the variables of its usual statement type (person, organization, concept, agreement), and behind them
what an import needs. DNA reads no coded statements from a file; its R package adds them (`dna_addDocuments`,
`dna_addStatement`), which is what `import.R` does.

A row is a position. Agreement is yes or no in DNA, so a mixed position is two rows, one of each: DNA's own networks
then give 3 ("mixed") for the qualifier aggregation "combine" and 0 for "subtract".
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pandas as pd

from analysis.config import TIME_ZONE
from analysis.export.archive import Archive, target_file
from analysis.export.wording import names_in
from analysis.schema import Tables
from analysis.text.words import Lang

DOCUMENTS = ("document ID", "time", "document title", "author", "source", "section", "type", "notes", "text")
STATEMENTS = (
    *("statement ID", "time", "document ID", "document title", "author", "source", "section", "type", "text"),
    *("person", "organization", "concept", "agreement", "start", "stop", "coder", "confidence", "statement_id"),
)
README = """\
Statements for Discourse Network Analyzer 3 (https://github.com/leifeld/dna).
{words}

documents.csv    {documents} dated articles. {undated} undated ones are left out, because DNA needs a time of each.
statements.csv   {rows} rows of DNA's event list, one a position: person, organization (the body that speaks, or the
                 state that the person speaks for), concept (what the position is about), agreement (1 for, 0 against).
                 A mixed position stands twice, with 1 and with 0. Statements without a position and anonymous sources
                 have no row.
import.R         puts both into a DNA database through the R package rDNA.

Times are those of Tehran. start and stop count UTF-16 units in documents.csv, with line ends of one character, as
Java does. Codes are made by a machine unless `coder` names a person, and are wrong at times.
"""


@dataclass(frozen=True, slots=True)
class Written:
    """How much went into the file, and how many articles without a date did not."""

    documents: int
    statements: int
    undated: int


def documents(tables: Tables) -> pd.DataFrame:
    """The dated articles as DNA's documents, in order of time.

    Returns:
        columns of `DOCUMENTS`, article_id.
    """
    dated = tables.articles[tables.articles["published"].notna()].sort_values(["published", "article_id"])
    empty = pd.Series("", index=dated.index, dtype="str")
    return pd.DataFrame(
        {
            "document ID": range(1, len(dated) + 1),
            "time": dated["published"].dt.tz_convert(TIME_ZONE).dt.strftime("%Y-%m-%d %H:%M:%S").astype("str"),
            "document title": dated["title"],
            "author": empty,
            "source": dated["source"],
            "section": dated["collection"],
            "type": empty,
            "notes": (dated["article_id"] + " " + dated["url"]).str.strip(),
            "text": dated["text"].map(_lines),
            "article_id": dated["article_id"],
        }
    ).reset_index(drop=True)


def statements(tables: Tables, lang: Lang = "fa") -> pd.DataFrame:
    """The positions as DNA's statements, in order of document and place.

    Returns:
        columns of `STATEMENTS`.
    """
    names = names_in(lang, tables.speakers)
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    kinds = tables.speakers.set_index("speaker_id")["kind"]
    countries = tables.attributions.drop_duplicates(["statement_id", "speaker_id"])
    rows = tables.positions.drop(columns=["start", "stop", "confidence", "coder"])
    rows = rows.merge(tables.statements, on="statement_id").merge(
        countries[["statement_id", "speaker_id", "country"]], on=["statement_id", "speaker_id"], how="left"
    )
    rows = rows.merge(documents(tables).drop(columns="text"), on="article_id")
    rows = rows[rows["speaker_id"].map(kinds) != "anonymous"]
    rows = rows.sort_values(["document ID", "start", "statement_id", "speaker_id", "target"])
    signs = rows["stance"].map({"for": (1,), "against": (0,), "mixed": (1, 0)})
    rows = rows.assign(agreement=signs).explode("agreement", ignore_index=True)
    body = rows["speaker_id"].map(kinds) == "body"
    called = rows["speaker_id"].map(names.speaker).astype("str")
    states = rows["country"].fillna("").map(lambda state: names.country(state) if state else "").astype("str")
    spans = zip(rows["article_id"], rows["start"], rows["stop"], strict=True)
    places = [(_units(texts[article], start), _units(texts[article], stop)) for article, start, stop in spans]
    return rows.assign(
        **{"statement ID": range(1, len(rows) + 1)},
        text=rows["text"].map(_lines).astype("str"),
        person=called.where(~body, ""),
        organization=called.where(body, states),
        concept=rows["target"].map(names.target),
        start=[start for start, _ in places],
        stop=[stop for _, stop in places],
    )[list(STATEMENTS)]


def write_dna(
    target: Path | BinaryIO, tables: Tables, words: str, lang: Lang = "fa", *, replace: bool = False
) -> Written:
    """Write documents, statements, the R script and a README into a zip.

    Args:
        target: a file to make, or an open binary file.
        tables: what is in view.
        words: the filters in words.
        lang: the language of names and concepts.
        replace: whether a file that stands there gives way.
    """
    papers, rows = documents(tables), statements(tables, lang)
    written = Written(len(papers), len(rows), len(tables.articles) - len(papers))
    with target_file(target, replace=replace) as sink, Archive(sink) as archive:
        archive.put("statements.csv", _csv(rows))
        archive.put("documents.csv", _csv(papers[list(DOCUMENTS)]))
        archive.put("import.R", Path(__file__).with_name("dna.R").read_bytes())
        about = {"documents": written.documents, "rows": written.statements, "undated": written.undated}
        archive.put("README.txt", README.format(words=words, **about).encode())
    return written


def _csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False, sep=";", lineterminator="\n").encode()


def _lines(text: str) -> str:
    """The text with line ends as Java's text fields have them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _units(text: str, place: int) -> int:
    """A place in the text as Java counts it."""
    return len(_lines(text[:place]).encode("utf-16-le")) // 2

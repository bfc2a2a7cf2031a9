"""How often: statements by month, by speaker, by topic, each as a count and as a share of a stated n."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.measure.columns import among
from analysis.schema import Tables
from analysis.text.calendar import Calendar, local_days, month_keys, months_between


@dataclass(frozen=True, slots=True)
class Totals:
    """How much is in view. `speakers` leaves anonymous sources out: each of them has an id in one article only."""

    articles: int
    undated: int
    statements: int
    undated_statements: int
    speakers: int


def totals(tables: Tables) -> Totals:
    """The totals of the tables as they are given (filter them first)."""
    undated = tables.articles["published"].isna()
    without_date = tables.articles.loc[undated, "article_id"]
    return Totals(
        articles=len(tables.articles),
        undated=int(undated.sum()),
        statements=len(tables.statements),
        undated_statements=int(among(tables.statements["article_id"], without_date).sum()),
        speakers=int(named(tables)["speaker_id"].nunique()),
    )


def named(tables: Tables) -> pd.DataFrame:
    """The attributions to speakers themselves, without what is relayed and without anonymous sources."""
    attributions = tables.attributions
    anonymous = tables.speakers.loc[tables.speakers["kind"] == "anonymous", "speaker_id"]
    return attributions[(attributions["part"] == "speaker") & ~among(attributions["speaker_id"], anonymous)]


def dated(tables: Tables) -> pd.DataFrame:
    """Statements with the day of their article.

    Returns:
        columns statement_id, article_id, start, day (`datetime.date`, None where unknown), in the statements' order.
    """
    days = pd.Series(local_days(tables.articles["published"]).to_numpy(), index=tables.articles["article_id"])
    statements = tables.statements[["statement_id", "article_id", "start"]]
    return statements.assign(day=statements["article_id"].map(days).astype(object).to_numpy())


def by_month(tables: Tables, calendar: Calendar) -> pd.DataFrame:
    """Statements by month of their article, months without any included; undated statements are not in it.

    Returns:
        columns month (`1403-05` or `2024-08`), n; sorted by month, no gap between the first and the last.
    """
    months = month_keys(dated(tables)["day"], calendar)
    return _fill(months[months != ""].value_counts().rename("n"), calendar)


def in_month(tables: Tables, month: str, calendar: Calendar) -> pd.Series:
    """The ids of the statements of a month."""
    rows = dated(tables)
    return rows.loc[month_keys(rows["day"], calendar) == month, "statement_id"]


def _fill(counts: pd.Series, calendar: Calendar) -> pd.DataFrame:
    if counts.empty:
        return pd.DataFrame({"month": pd.Series(dtype="str"), "n": pd.Series(dtype="int64")})
    months = months_between(min(counts.index), max(counts.index), calendar)
    filled = counts.reindex(months, fill_value=0)
    return pd.DataFrame({"month": pd.Series(months, dtype="str"), "n": filled.to_numpy()})


def by_speaker(tables: Tables) -> pd.DataFrame:
    """Statements by speaker, most first; a joint statement counts for each of its speakers.

    Returns:
        columns speaker_id, n, share (n / statements in view), role and country (those most often held), articles.
    """
    rows = named(tables).merge(tables.statements[["statement_id", "article_id"]], on="statement_id")
    rows = rows.drop_duplicates(["statement_id", "speaker_id"])
    grouped = rows.groupby("speaker_id", sort=True)
    counts = grouped.agg(n=("statement_id", "size"), articles=("article_id", "nunique"))
    for column in ("role", "country"):
        counts[column] = _most_frequent(rows, column)
    counts["share"] = counts["n"] / max(len(tables.statements), 1)
    ordered = counts.reset_index().sort_values(["n", "speaker_id"], ascending=[False, True], ignore_index=True)
    return ordered[["speaker_id", "n", "share", "role", "country", "articles"]]


def _most_frequent(rows: pd.DataFrame, column: str) -> pd.Series:
    counts = rows.groupby(["speaker_id", column]).size().rename("n").reset_index()
    first = counts.sort_values(["n", column], ascending=[False, True]).drop_duplicates("speaker_id")
    return first.set_index("speaker_id")[column]


def by_topic(tables: Tables) -> pd.DataFrame:
    """Statements by topic, most first. A statement may have several topics, so shares do not add up to 1.

    Returns:
        columns topic_id, n, share (n / statements in view).
    """
    counts = tables.statement_topics.drop_duplicates(["statement_id", "topic_id"]).groupby("topic_id").size()
    frame = counts.rename("n").reset_index()
    frame["share"] = frame["n"] / max(len(tables.statements), 1)
    return frame.sort_values(["n", "topic_id"], ascending=[False, True], ignore_index=True)


def topics_by_month(tables: Tables, calendar: Calendar) -> pd.DataFrame:
    """Statements by topic and month.

    Returns:
        columns topic_id, month, n, of (dated statements of that month), share (n / of; missing where there are none);
        every topic has every month between the first and the last, sorted by topic_id, month.
    """
    days = dated(tables)
    months = pd.Series(month_keys(days["day"], calendar).to_numpy(), index=days["statement_id"])
    known = by_month(tables, calendar)
    rows = tables.statement_topics[["statement_id", "topic_id"]].drop_duplicates()
    rows = rows.assign(month=rows["statement_id"].map(months).to_numpy())
    counts = rows[rows["month"] != ""].groupby(["topic_id", "month"]).size()
    topics = sorted(rows["topic_id"].unique())
    grid = pd.MultiIndex.from_product([topics, known["month"]], names=["topic_id", "month"])
    frame = counts.reindex(grid, fill_value=0).rename("n").reset_index()
    frame["of"] = frame["month"].map(known.set_index("month")["n"]).astype("int64")
    frame["share"] = frame["n"] / frame["of"].where(frame["of"] > 0)
    return frame

"""Who a speaker is: names, kind, offices by date, and the roles that articles give them."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from analysis.measure import frequency, profile
from analysis.measure.facts import NO_DAY, as_date
from pages.ui import bidi, page, tables
from pages.ui.speaker.person import Person

WIKIDATA = "https://www.wikidata.org/wiki/"


def show(person: Person) -> None:
    """The head of the page."""
    page.heading(person.name)
    lines = [line for line in (_names(person), _said(person)) if line]
    st.html("".join(f'<p class="mv-note">{line}</p>' for line in lines))
    with st.container(key="mv_two_who"):
        left, right = st.columns([3, 2], gap="large")
    with left:
        _offices(person)
    with right:
        _roles(person)


def _names(person: Person) -> str:
    """Kind, name in the other language, state, aliases, Wikidata."""
    labels, row = person.view.labels, person.row
    parts = [labels(f"speaker.kind_{row['kind']}")]
    found = frequency.by_speaker(person.view.facts)
    country = next((one.country for one in found.itertuples() if one.speaker == person.speaker), "")
    if country:
        parts.append(person.view.names.country(country))
    shown = [bidi.inline(part) for part in parts]
    other = row["name_en"] if labels.rtl else row["name_fa"]
    if other and other != person.name:
        name = bidi.code(other) if labels.rtl else f'<span lang="fa">{bidi.escape(other)}</span>'
        shown.append(labels("speaker.in_other") + labels("app.colon") + name)
    aliases = [alias for alias in row["aliases"].split("|") if alias and alias not in (row["name_fa"], row["name_en"])]
    if aliases:
        listed = labels("app.comma").join(f'<span lang="fa">{bidi.escape(alias)}</span>' for alias in aliases)
        shown.append(f"{labels('speaker.also')}{labels('app.colon')}{listed}")
    if row["wikidata"]:
        address = bidi.link(WIKIDATA + row["wikidata"])
        words = f"{labels('speaker.wikidata')} {row['wikidata']}"
        shown.append(f'<a href="{address}" target="_blank" rel="noopener noreferrer">{bidi.escape(words)} ↗</a>')
    return " · ".join(shown)


def _said(person: Person) -> str:
    """How much they said in view, and when."""
    view, labels = person.view, person.view.labels
    statements = view.facts.statements
    days = statements["day"].to_numpy()
    dated = days[days != NO_DAY]
    n = page.figure(view, "speaker.n", len(statements))
    articles = page.figure(view, "speaker.articles", int(statements["article"].nunique()))
    parts = [labels("speaker.said", n=n, articles=articles)]
    if len(dated):
        first, last = (labels.date(as_date(int(day)), view.calendar) for day in (dated.min(), dated.max()))
        parts.append(labels("speaker.first_last", first=first, last=last))
    if len(dated) < len(days):
        parts.append(labels("speaker.undated", n=len(days) - len(dated)))
    return bidi.inline(" · ".join(parts))


def _offices(person: Person) -> None:
    labels, names = person.view.labels, person.view.names
    rows = person.view.content.offices(person.speaker)
    page.heading(labels("speaker.offices"), labels("speaker.offices_note") if len(rows) else "")
    if rows.empty:
        st.html(f'<p class="mv-note">{labels("speaker.offices_none")}</p>')
        return
    rows = rows.sort_values(["from", "to", "role"], ascending=[False, False, True], kind="stable")
    office = rows["office_fa" if labels.rtl else "office_en"]
    shown = pd.DataFrame(
        {
            "office": [
                (text or names.role(role)) + (f"{labels('app.comma')}{names.country(country)}" if country else "")
                for text, role, country in zip(office, rows["role"], rows["country"], strict=True)
            ],
            "since": [_when(person, text) for text in rows["from"]],
            "until": [_when(person, text) for text in rows["to"]],
            "origin": [labels.get(f"speaker.source_{text.replace(' ', '_')}", text) or "—" for text in rows["source"]],
            "checked": [labels(f"speaker.{text or 'no'}") for text in rows["checked"]],
        }
    )
    _table(person, shown, labels("speaker.offices"))


def _when(person: Person, text: str) -> str:
    """A day, a month or a year as people.csv has it; only a day can be said in the other calendar."""
    labels = person.view.labels
    if not text:
        return labels("speaker.not_known")
    try:
        if len(text) == 10:
            return labels.date(dt.date.fromisoformat(text), person.view.calendar)
        if len(text) == 7:
            return labels.month(text, "gregorian")
    except (ValueError, IndexError):
        pass
    return labels.digits(text)


def _roles(person: Person) -> None:
    """The roles that articles give, with their days."""
    view, labels = person.view, person.view.labels
    found = page.figure(view, "speaker.roles", profile.roles(view.facts, person.speaker))
    page.heading(labels("speaker.roles"), labels("speaker.roles_note"))
    if found.empty:
        page.empty(view)
        return
    shown = tables.readable(view, found)
    shown["country"] = [text or "—" for text in shown["country"]]
    _table(person, shown, labels("speaker.roles"))


def _table(person: Person, shown: pd.DataFrame, title: str) -> None:
    name = bidi.inline(f"{title}{person.view.labels('app.colon')}{person.name}")
    body = tables.html(shown, person.view.labels)
    st.html(f'<div class="mv-scroll" tabindex="0" role="region" aria-label="{name}">{body}</div>')

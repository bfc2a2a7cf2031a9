"""One sentence to code: its context, and what the coder says of it. Nobody else's codes are shown here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import streamlit as st

from analysis.lexicon import labels as lexicon
from analysis.measure.facts import as_date
from analysis.store.coding import MOST_TOPICS, NO, SETS, UNKNOWN, YES, Codes, Item, keep_codes
from analysis.text.segment import sentences
from pages.ui import bidi, cards, page, state
from pages.ui.coding import at
from pages.ui.coding.at import At
from pages.ui.palette import MARKS

BEFORE, AFTER = 3, 2
"""Sentences around the one to code."""
_ANSWERS = (YES, NO, UNKNOWN)


def show(here: At) -> None:
    """The item that the address asks for, else the first one that this coder has not coded."""
    view, labels, sample = here.view, here.view.labels, here.sample
    if not here.coder:
        st.html(f'<p class="mv-note">{labels("coding.name_first")}</p>')
        return
    done = here.done(here.coder)
    words = labels("coding.progress", n=len(done), of=len(sample.items))
    st.progress(len(done) / max(len(sample.items), 1), text=words)
    item = _asked(here) or here.next()
    if item is None:
        st.html(f'<p class="mv-sentence" role="status">{labels("coding.all_done")}</p>')
        return
    place = view.content.article_position(item.article_id)
    with st.container(key="mv_two_coding"):
        text, questions = st.columns([3, 2], gap="large")
    with text:
        if place is None:
            st.html(f'<div class="mv-empty">{labels("coding.gone")}</div>')
        else:
            _context(here, item, place)
    with questions:
        if place is not None:
            _questions(here, item, place)
        _ways(here, item, place is not None)


def _asked(here: At) -> Item | None:
    asked = state.param("n")
    return next((item for item in here.sample.items if str(item.number) == asked), None)


def _context(here: At, item: Item, place: int) -> None:
    view, labels = here.view, here.view.labels
    article = view.content.articles([place]).iloc[0].to_dict()
    day = as_date(view.all.articles["day"].to_numpy()[place])
    facts = (article["source"], labels.both_dates(day, view.calendar))
    said = "".join(f"<span>{bidi.escape(fact)}</span>" for fact in facts if fact)
    number = labels("coding.item", n=item.number, of=len(here.sample.items))
    page.heading(f"{number}{labels('app.colon')}{cards.title(article)}")
    st.html(f'<div class="mv-legend">{said}</div>')
    text: str = article["text"]
    start = item.start if text[item.start : item.stop] == item.exact else text.find(item.exact)
    if start < 0:
        st.html(f'<div class="mv-empty">{labels("coding.changed")}</div>')
        return
    stop, cut = start + len(item.exact), sentences(text)
    before = [one.start for one in cut if one.stop <= start][-BEFORE:]
    after = [one.stop for one in cut if one.start >= stop][:AFTER]
    first, last = before[0] if before else start, after[-1] if after else stop
    st.html(f'<div class="mv-article mv-coded">{_marked(text, first, start, stop, last)}</div>')
    with st.expander(labels("coding.whole"), key=f"coding_whole_{item.number}"):
        st.html(f'<div class="mv-article">{_marked(text, 0, start, stop, len(text))}</div>')


def _marked(text: str, first: int, start: int, stop: int, last: int) -> str:
    """A stretch of the article with the sentence marked, a paragraph a line."""
    parts = (text[first:start], text[start:stop], text[stop:last])
    before, here, after = (bidi.inline(part).replace("\n", "<br>") for part in parts)
    return f'<p dir="rtl" lang="fa">{before}<mark class="s here">{here}</mark>{after}</p>'


def _questions(here: At, item: Item, place: int) -> None:
    """The fields; each begins with what this coder said before."""
    labels = here.view.labels
    before = here.coded.get((here.coder, item.number))
    known = before or Codes()
    _first(here, item, "statement", known.statement if before else None)
    answer = st.segmented_control(
        labels("coding.is_statement"),
        _ANSWERS,
        format_func=lambda value: labels(f"coding.answer_{value or 'unknown'}"),
        key=_key(here, item, "statement"),
        required=True,
        help=labels("coding.is_statement_help"),
    )
    if answer != YES:
        return
    _speakers(here, item, place, known)
    names = here.view.names
    topics = names.order(lexicon.ids_of("topic"), "topic")
    _many(here, item, "topics", topics, names.topic, known.topics, most=MOST_TOPICS)
    countries = names.order(lexicon.ids_of("country"), "country")
    _many(here, item, "countries", countries, names.country, known.countries)
    _sides(here, item, known)
    _first(here, item, "unsure", list(known.unsure))
    st.pills(
        labels("coding.unsure"),
        SETS,
        selection_mode="multi",
        format_func=lambda name: labels(f"coding.field_{name}"),
        key=_key(here, item, "unsure"),
        help=labels("coding.unsure_help"),
    )


def _speakers(here: At, item: Item, place: int, known: Codes) -> None:
    """Whom the article names, in alphabetical order, whatever the program made of them; others can be typed."""
    view = here.view
    tables = view.content.tables([place])
    named = tables.mentions.loc[tables.mentions["kind"] == "person", "entity_id"]
    ids = {*tables.attributions["speaker_id"], *named, *known.speakers}
    options = view.names.order(ids, "speaker")
    _many(here, item, "speakers", options, lambda value: called(here, value), known.speakers, typed=True)


def _sides(here: At, item: Item, known: Codes) -> None:
    """The targets that the speaker is for, against, and both."""
    labels, names = here.view.labels, here.view.names
    kinds = (("topic", "topic"), ("country", "state"), ("org", "org"))
    targets = [f"{prefix}:{value}" for kind, prefix in kinds for value in lexicon.ids_of(kind)]
    st.html(f'<p class="mv-note">{labels("coding.sides_note")}</p>')
    for stance, mark in MARKS.items():
        held = tuple(target for target, one in known.positions.items() if one == stance)
        _many(here, item, stance, targets, names.target, held, words=f"{mark} {labels(f'stance.{stance}')}")


def _many(  # type: ignore[no-untyped-def]
    here: At,
    item: Item,
    name: str,
    options: Iterable[str],
    called_by,
    before: Iterable[str],
    *,
    most: int | None = None,
    typed: bool = False,
    words: str = "",
) -> None:
    labels = here.view.labels
    _first(here, item, name, list(before))
    more = {"accept_new_options": True} if typed else {}
    st.multiselect(
        words or labels(f"coding.field_{name}"),
        list(options),
        format_func=called_by,
        key=_key(here, item, name),
        max_selections=most,
        placeholder=labels("coding.type_name" if typed else "coding.choose"),
        help=None if words else labels(f"coding.help_{name}"),
        **more,
    )


def called(here: At, speaker: str) -> str:
    """A speaker's name, or the words that a coder typed."""
    return speaker.removeprefix(at.NAME) if speaker.startswith(at.NAME) else here.view.names.speaker(speaker)


def _key(here: At, item: Item, name: str) -> str:
    return f"coding_{here.sample.sample_id}_{item.number}_{here.coder}_{name}"


def _first(here: At, item: Item, name: str, value: object) -> None:
    st.session_state.setdefault(_key(here, item, name), value)


def _given(here: At, item: Item) -> Codes | None:
    """What the fields say; None where the first question is not answered."""

    def of(name: str) -> list[str]:
        return st.session_state.get(_key(here, item, name)) or []

    answer = st.session_state.get(_key(here, item, "statement"))
    if answer is None:
        return None
    if answer != YES:
        return Codes(str(answer))
    return Codes(
        YES,
        speakers=tuple(dict.fromkeys(at.speaker_id(here.view, one) for one in of("speakers"))),
        topics=tuple(of("topics")),
        countries=tuple(of("countries")),
        positions={target: stance for stance in MARKS for target in of(stance)},
        unsure=tuple(of("unsure")),
    )


def _ways(here: At, item: Item, can_code: bool) -> None:
    """Keep and go on, say no and go on, skip, go back: each with a key of its own."""
    labels = here.view.labels
    given = _given(here, item)
    closed = not can_code or at.closed()
    with st.container(horizontal=True, gap="small", key="mv_coding_ways"):
        st.button(
            labels("coding.keep"),
            type="primary",
            key="coding_keep",
            shortcut="Alt+K",
            disabled=closed or given is None,
            on_click=lambda: _keep(here, item, given),
        )
        st.button(
            labels("coding.no"),
            key="coding_no",
            shortcut="Alt+N",
            disabled=closed,
            on_click=lambda: _keep(here, item, Codes(NO)),
        )
        ahead = next((one for one in here.sample.items if one.number > item.number), None)
        back = next((one for one in reversed(here.sample.items) if one.number < item.number), None)
        for name, key, other in (("skip", "Alt+S", ahead), ("back", "Alt+B", back)):
            st.button(
                labels(f"coding.{name}"),
                key=f"coding_{name}",
                shortcut=key,
                disabled=other is None,
                on_click=lambda other=other: state.set_params(n=str(other.number)),
            )
    if at.closed():
        st.html(f'<p class="mv-note">{labels("coding.read_only")}</p>')


def _keep(here: At, item: Item, codes: Codes | None) -> None:
    if codes is None or not at.write(lambda store: keep_codes(store, here.sample.sample_id, item, codes, here.coder)):
        return
    st.session_state[_key(here, item, "statement")] = codes.statement
    after = replace(here, coded={**here.coded, (here.coder, item.number): codes})
    following = after.next(item.number)
    state.set_params(n=str(following.number) if following else "")

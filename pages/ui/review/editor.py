"""The editor of one statement: every code of it, what changes in words, and keeping it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import streamlit as st

from analysis.lexicon.labels import ids_of
from analysis.schema import FORMS, ROLES, SPEAKER_KINDS, STANCES, Tables
from pages.ui import bidi, collation, options, state
from pages.ui.labels import Lang
from pages.ui.palette import MARKS
from pages.ui.review import keeping, saying, who
from pages.ui.review.codes import MOST_TOPICS, Codes, Place, Row, Said, carried, corrections, new_person
from pages.ui.view import View

_DRAFT = "mv_draft"
"""What a reader changed and did not keep yet; it outlives a new version of the store."""
Stances = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class _Draft:
    """Unkept changes: of which stretch, made over which codes, and what they come to."""

    place: tuple[str, int, int]
    token: str
    codes: Codes
    people: dict[str, Row]


@st.fragment
def editor(view: View, place: Place, old: Codes | None, tables: Tables) -> None:
    """The editor; a fragment, so that a change draws nothing else again.

    Args:
        view: what is in view.
        place: the statement, or the words that shall be one.
        old: its codes; None where it is added.
        tables: all of its article.
    """
    labels = view.labels
    first = old or _guess(tables, place)
    token = f"{place.start}_{place.stop}_{old.print if old else 'new'}_{st.session_state.get('mv_edits', 0)}"
    before = _unkept(place)
    begin = before.codes if before else first
    if before and before.token != token:
        st.html(f'<p class="mv-warn mv-trouble" role="alert"><b>!</b> {labels("review.changed_meanwhile")}</p>')
    ask = _Asker(view, token, tables, {} if before is None else dict(before.people))
    with st.container(key="mv_editor", border=True, gap="small"):
        new = ask.codes(first, begin, old is not None)
        rows = corrections(place, old, new, ask.people, _state_names())
        changed = new != first
        st.session_state[_DRAFT] = _Draft(_where(place), token, new, ask.people) if changed else None
        _summary(view, rows)
        _keep(view, place, old, rows, token=token, changed=changed)
    who.remember()


def _where(place: Place) -> tuple[str, int, int]:
    return place.article_id, place.start, place.stop


def _unkept(place: Place) -> _Draft | None:
    found = st.session_state.get(_DRAFT)
    return found if found is not None and found.place == _where(place) else None


def _guess(tables: Tables, place: Place) -> Codes:
    """What a statement that the program missed begins with: nobody, and the states that its words name."""
    mentions = tables.mentions
    inside = mentions[(mentions["kind"] == "country") & mentions["start"].between(place.start, place.stop - 1)]
    quoted = any(mark in place.exact for mark in '«"“')
    return Codes(form="direct" if quoted else "indirect", countries=tuple(dict.fromkeys(inside["entity_id"])))


def _state_names() -> dict[str, str]:
    return {key: names[0] for key, names in ids_of("country").items()}


def _summary(view: View, rows: list[Row]) -> None:
    labels = view.labels
    if not rows:
        st.html(f'<p class="mv-note">{labels("review.no_change")}</p>')
        return
    shown = "".join(f"<li>{saying.say(view, row)}</li>" for row in rows)
    st.html(f'<p class="mv-subhead">{labels("review.will_change")}</p><ul class="mv-changes">{shown}</ul>')


def _keep(view: View, place: Place, old: Codes | None, rows: list[Row], *, token: str, changed: bool) -> None:
    labels = view.labels
    why = st.text_input(
        labels("review.why"), key=f"ed_why_{place.start}_{place.stop}", max_chars=300, help=labels("review.why_help")
    )
    named = who.ask(labels)
    with st.container(horizontal=True, gap="small"):
        if st.button(labels("review.keep"), key=f"ed_keep_{token}", type="primary", disabled=not (rows and named)):
            _kept(view, place, old, rows, why)
        if st.button(labels("review.discard"), key=f"ed_discard_{token}", disabled=not changed):
            _begin_anew()
            st.rerun(scope="app")
    if rows and not named:
        st.html(f'<p class="mv-note">{labels("review.no_name")}</p>')


def _kept(view: View, place: Place, old: Codes | None, rows: list[Row], why: str) -> None:
    store = keeping.keep(view.labels, rows, why, check=keeping.unchanged(view.labels, place, old))
    if store is not None:
        _begin_anew()
        statements = store.tables(articles=[place.article_id]).statements
        same = (statements["start"] == place.start) & (statements["stop"] == place.stop)
        now = statements.loc[same, "statement_id"]
        # A form that changes gives a statement another id; words that were added have theirs from now on.
        state.set_params(s=now.iloc[0] if len(now) else "", edit="correct" if len(now) else "", at="")
    st.rerun(scope="app")


def _begin_anew() -> None:
    st.session_state[_DRAFT] = None
    st.session_state["mv_edits"] = st.session_state.get("mv_edits", 0) + 1


class _Asker:
    """The fields of the editor. Their keys hold the statement and its codes: other codes have other fields.

    Attributes:
        people: what is known of speakers that no row names yet.
    """

    def __init__(self, view: View, token: str, tables: Tables, people: dict[str, Row]) -> None:
        self.view, self.labels, self.token, self.tables = view, view.labels, token, tables
        self.people = people

    def key(self, name: str, value: object) -> str:
        """A field's key, whose value is `value` until the reader changes it."""
        key = f"ed_{name}_{self.token}"
        if key not in st.session_state:
            st.session_state[key] = value
        return key

    def codes(self, first: Codes, begin: Codes, known: bool) -> Codes:
        """What the reader says is right.

        Args:
            first: the codes as they are.
            begin: what the fields begin with.
            known: whether it is a statement already.
        """
        if known and not self._is_statement(begin):
            return replace(first, is_statement=False)
        form = self._form(begin)
        said = (*self._said(first, begin, "speaker"), *self._said(first, begin, "relayed"))
        topics = self._several("topics", list(begin.topics), self._topics(), self.view.names.topic, MOST_TOPICS)
        countries = self._several("countries", list(begin.countries), self._states(), self.view.names.country)
        stances = self._stances(first, begin, said, topics, countries)
        return Codes(True, form, said, tuple(topics), tuple(countries), stances)

    def _is_statement(self, begin: Codes) -> bool:
        said = st.segmented_control(
            self.labels("field.is_statement"),
            ["statement", "none"],
            format_func=lambda one: self.labels(f"review.is_{one}"),
            key=self.key("is", "statement" if begin.is_statement else "none"),
            required=True,
        )
        return said != "none"

    def _form(self, begin: Codes) -> str:
        forms = [form for form in FORMS if form != "headline" or begin.form == "headline"]
        chosen = st.segmented_control(
            self.labels("field.form"),
            forms,
            format_func=lambda form: self.labels(f"form.{form}"),
            key=self.key("form", begin.form),
            required=True,
        )
        return chosen or begin.form

    def _several(self, name: str, begin: list[str], offered: list[str], shown, most: int | None = None) -> list[str]:
        key = self.key(name, begin)
        return st.multiselect(
            self.labels(f"field.{name}"),
            [*dict.fromkeys([*st.session_state[key], *offered])],
            format_func=lambda value: bidi.plain(shown(value)),
            key=key,
            max_selections=most,
            placeholder=self.labels("review.nothing"),
            select_all=False,
            wrap=True,
            help=self.labels("review.topics_help") if most else None,
        )

    def _topics(self) -> list[str]:
        return list(_ordered("topic", self.labels.lang))

    def _states(self) -> list[str]:
        here = self.tables.mentions
        near = list(dict.fromkeys(here.loc[here["kind"] == "country", "entity_id"]))
        return list(dict.fromkeys([*near, *_ordered("country", self.labels.lang)]))

    def _said(self, first: Codes, begin: Codes, part: str) -> list[Said]:
        """The speakers of a part: chosen among the article's, among all, or written as a new name."""
        labels = self.labels
        if part == "relayed" and not begin.ids(part):
            with st.expander(labels("field.relayed"), key=f"ed_more_{self.token}"):
                return self._speakers(first, begin, part)
        return self._speakers(first, begin, part)

    def _speakers(self, first: Codes, begin: Codes, part: str) -> list[Said]:
        labels, key = self.labels, self.key(part, begin.ids(part))
        near = list(dict.fromkeys(self.tables.attributions["speaker_id"]))
        found: list[str] = []
        if options.is_cut("speakers"):
            typed = st.text_input(
                labels("filter.find_speaker"),
                key=f"ed_find_{part}_{self.token}",
                type="search",
                placeholder=labels("filter.find_part"),
            )
            found = options.find(self.view, "speakers", typed) if typed else []
        now = [one for one in st.session_state[key] if self._is_known(one)]
        known = [*dict.fromkeys([*now, *found, *near, *options.offered(self.view, "speakers")])]
        chosen = st.multiselect(
            labels(f"field.{part}"),
            known,
            format_func=self._name,
            key=key,
            placeholder=labels("review.nobody"),
            accept_new_options=True,
            select_all=False,
            wrap=True,
            help=labels(f"review.{part}_help"),
        )
        ids = list(dict.fromkeys(self._identity(one) for one in chosen))
        roles = {one.speaker_id: one for one in (*first.said, *begin.said) if one.part == part}
        return [self._role(one, part, roles.get(one)) for one in ids if one]

    def _name(self, value: str) -> str:
        given = self.people.get(value)
        name = str(given["name_fa"] or given["name_en"]) if given else self.view.names.speaker(value)
        return bidi.plain(name) or value

    def _is_known(self, value: str) -> bool:
        """Whether it is the id of somebody, not a name that was typed."""
        return value in self.people or value in self.view.names.speakers

    def _identity(self, chosen: str) -> str:
        """The id of what was chosen; a name that was typed gets that of a new person."""
        if self._is_known(chosen):
            return chosen
        name = " ".join(bidi.plain(chosen).split())
        if not name:
            return ""
        found = new_person(name, self.tables.articles["article_id"].iloc[0])
        if not self._is_known(found):
            persian = any("\u0600" <= letter <= "\u06ff" for letter in name)
            self.people[found] = {
                "name_fa": name if persian else "",
                "name_en": "" if persian else name,
                "kind": "person",
            }
        return found

    def _role(self, speaker: str, part: str, before: Said | None) -> Said:
        """Role and state of a speaker at the article's date: asked of those who are new here, folded away else."""
        labels = self.labels
        usual = before or _usual(self.tables, speaker, part)
        name = f"{part}_{speaker}"
        heading = labels("review.role_of", name=bidi.markdown(self._name(speaker)))
        with st.expander(heading, expanded=before is None, key=f"ed_open_{name}_{self.token}"):
            left, right = st.columns(2)
            with left:
                role = st.selectbox(
                    labels("field.role"),
                    ROLES,
                    format_func=lambda value: labels(f"role.{value}"),
                    key=self.key(f"role_{name}", usual.role),
                )
            states = ["", *self._states()]
            with right:
                country = st.selectbox(
                    labels("field.state"),
                    states if usual.country in states else [*states, usual.country],
                    format_func=lambda value: self.view.names.country(value) if value else labels("review.no_state"),
                    key=self.key(f"state_{name}", usual.country),
                )
            if speaker in self.people:
                kind = st.selectbox(
                    labels("field.kind"),
                    [one for one in SPEAKER_KINDS if one != "anonymous"],
                    format_func=lambda value: labels(f"kind.{value}"),
                    key=self.key(f"kind_{name}", self.people[speaker]["kind"]),
                )
                self.people[speaker] = {**self.people[speaker], "kind": kind}
        return Said(speaker, part, role, country)

    def _stances(
        self, first: Codes, begin: Codes, said: tuple[Said, ...], topics: list[str], countries: list[str]
    ) -> tuple[tuple[str, str, str], ...]:
        """The side of each speaker on each target: those that there are, and targets that the reader adds."""
        labels = self.labels
        held = carried(first, said)
        drafted = {(one, target): stance for one, target, stance in begin.stances}
        speakers = [one.speaker_id for one in said]
        added_before = sorted({target for _, target in drafted} - {target for _, target in held})
        near = [f"topic:{one}" for one in topics] + [f"state:{one}" for one in countries]
        every = [*(f"topic:{one}" for one in self._topics()), *(f"state:{one}" for one in self._states())]
        every += [f"org:{one}" for one in ids_of("org")]
        key = self.key("targets", added_before)
        targets = [one for one in dict.fromkeys([*st.session_state[key], *near, *every])]
        st.html(f'<p class="mv-subhead">{labels("field.stance")}</p>')
        place = st.container(gap="small")
        added = st.multiselect(
            labels("review.targets"),
            [one for one in targets if one not in {target for _, target in held}],
            format_func=lambda value: bidi.plain(self.view.names.target(value)),
            key=key,
            placeholder=labels("review.nothing"),
            select_all=False,
            wrap=True,
        )
        pairs = [*held, *((one, target) for target in added for one in speakers if (one, target) not in held)]
        with place:
            stances = {pair: self._stance(*pair, drafted.get(pair, held.get(pair, ""))) for pair in pairs}
            if not pairs:
                st.html(f'<p class="mv-note">{labels("review.no_stances")}</p>')
        return tuple((one, target, stance) for (one, target), stance in sorted(stances.items()) if stance)

    def _stance(self, speaker: str, target: str, begin: str) -> str:
        labels = self.labels
        holder, name = bidi.markdown(self._name(speaker)), bidi.markdown(self.view.names.target(target))
        chosen = st.segmented_control(
            labels("review.stance_of", name=holder, target=name),
            [*STANCES, ""],
            format_func=lambda value: (
                f"{MARKS[value]} {labels(f'stance.{value}')}" if value else labels("said.no_stance")
            ),
            key=self.key(f"stance_{speaker}_{target}", begin),
            required=True,
        )
        return begin if chosen is None else chosen


@cache
def _ordered(kind: str, lang: Lang) -> tuple[str, ...]:
    """All ids of a kind in the alphabetical order of their names."""
    names = {key: both[0 if lang == "fa" else 1] for key, both in ids_of(kind).items()}
    return tuple(sorted(names, key=lambda one: collation.key(names[one])))


def _usual(tables: Tables, speaker: str, part: str) -> Said:
    """Role and state that a speaker has elsewhere in the article; unknown ones otherwise."""
    rows = tables.attributions
    mine = rows[rows["speaker_id"] == speaker]
    if mine.empty:
        return Said(speaker, part)
    return Said(speaker, part, mine["role"].iloc[0], mine["country"].iloc[0])

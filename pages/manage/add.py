"""Add articles to the store: files, a pasted text, a page or a feed; what happens to each is said."""

import json
import shutil
from html import escape
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from analysis import config
from analysis.export import flat
from analysis.measure.filters import SEPARATOR
from pages.ui import bidi, data, jobs, options, page, state
from pages.ui.labels import Labels
from pages.ui.view import View, current

KINDS = ["txt", "html", "htm", "mhtml", "jsonl", "json", "csv", "parquet", "docx", "pdf", "zip", "toml", "xml"]
WAYS = ("files", "paste", "address")
OUTCOMES = ("added", "new_version", "duplicate", "near_duplicate", "unchanged", "rejected")
REPORT = ("where", "title", "outcome", "code", "reason", "article_id", "other", "similarity")
SHOWN = 100
"""Rows of a report on the page; its CSV has all that are kept."""


@st.cache_resource(show_spinner=False)
def _jobs() -> jobs.Jobs:
    return jobs.Jobs()


def show() -> None:
    """The page."""
    view = current()
    labels = view.labels
    page.title(labels, "add")
    here = data.edition()
    if here.kind == "folder":
        st.html(f'<div class="mv-empty">{labels("add.no_store")}</div>')
        return
    if here.is_old:
        st.html(f'<div class="mv-empty">{labels("add.old_version")}</div>')
        return
    _where(view, here)
    job = _jobs().get(state.param("job"))
    if job is not None and job.ended is None:
        _progress(labels, job.key)
        return
    if job is not None:
        _report(view, job)
    _form(view)


def _where(view: View, here: data.Edition) -> None:
    labels = view.labels
    if here.kind == "seeds":
        words = labels("add.new_store", place=bidi.code(config.STORE))
    else:
        words = labels("add.store", place=bidi.code(here.place), n=len(view.all.articles), version=here.version)
    st.html(f'<p class="mv-sentence">{words}</p>')


def _form(view: View) -> None:
    labels = view.labels
    way = page.choose(view, "add.way", WAYS, lambda name: labels(f"add.{name}"), param="way", job="")
    with st.form("mv_add", border=True):
        given = {"files": _files, "paste": _paste, "address": _address}[way](labels)
        left, right = st.columns(2)
        known = options.offered(view, "collections")
        collection = left.selectbox(
            labels("add.collection"),
            known,
            index=None,
            accept_new_options=True,
            placeholder=labels("add.collection_none"),
            help=labels("add.collection_help"),
            format_func=view.names.collection,
        )
        who = right.text_input(
            labels("add.who"), value=st.session_state.get("mv_who", ""), max_chars=80, help=labels("add.who_help")
        )
        if not st.form_submit_button(labels("add.start"), type="primary"):
            return
    st.session_state["mv_who"] = who.strip()
    folder = jobs.new_folder()
    inputs = given(folder)
    if not inputs:
        shutil.rmtree(folder)
        st.html(f'<p class="mv-warn"><b>!</b> {labels(f"add.missing_{way}")}</p>')
        return
    place = config.store_place() or str(config.STORE)
    job = _jobs().start(inputs, store=place, collection=(collection or "").strip(), who=who.strip(), folder=folder)
    state.set_params(job=job.key)
    st.rerun()


def _files(labels: Labels):
    chosen = st.file_uploader(
        labels("add.files"), type=KINDS, accept_multiple_files=True, help=labels("add.files_help")
    )

    def keep(folder):
        kept = [jobs.save(folder, file.name, file.getbuffer()) for file in chosen]
        # One by one, so that a snapshot is taken for what it is; a .toml speaks for the file that it stands beside.
        return [str(path) for path in kept if path.suffix != ".toml"]

    return keep


def _paste(labels: Labels):
    text = st.text_area(labels("add.text"), height=260, help=labels("add.text_help"))
    left, right = st.columns(2)
    fields = {
        "title": left.text_input(labels("add.title")),
        "source": right.text_input(labels("add.source")),
        "url": left.text_input(labels("add.url")),
        "published": right.text_input(labels("add.published"), help=labels("add.published_help")),
    }

    def keep(folder):
        if not text.strip():
            return []
        filled = {name: value.strip() for name, value in fields.items() if value.strip()}
        line = json.dumps({**filled, "text": text}, ensure_ascii=False)
        return [str(jobs.save(folder, f"{labels('add.paste')}.jsonl", line.encode()))]

    return keep


def _address(labels: Labels):
    lines = st.text_area(labels("add.addresses"), height=110, help=labels("add.addresses_help"))

    def keep(folder):
        return [line.strip() for line in lines.splitlines() if line.strip().startswith(("http://", "https://"))]

    return keep


@st.fragment(run_every=1.0)
def _progress(labels: Labels, key: str) -> None:
    job = _jobs().get(key)
    if job is None or job.ended is not None:
        data.forget()
        st.rerun()
        return
    progress = job.progress
    done, total = int(progress.get("done") or 0), int(progress.get("total") or 0)
    words = labels("add.done_of", done=done, total=total) if total else labels("add.done", done=done)
    if progress.get("rate"):
        words += labels("app.comma") + labels("add.rate", rate=labels.digits(f"{float(progress['rate']):.1f}"))
    if total and progress.get("remaining") is not None:
        words += labels("app.comma") + labels("add.remaining", time=_time(labels, float(progress["remaining"])))
    if not progress:
        words = labels("add.starting")
    st.progress(min(done / total, 1.0) if total else 0.0, text=bidi.markdown(words))
    st.html(f'<p class="mv-note">{_counts(labels, job)}</p>')
    st.button(
        labels("add.stopping" if job.stopped else "add.stop"), key="mv_stop", disabled=job.stopped, on_click=job.stop
    )


def _time(labels: Labels, seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return labels.digits(f"{minutes}:{rest:02d}")


def _counts(labels: Labels, job: jobs.Job) -> str:
    shown = [labels(f"outcome.n_{name}", n=job.counts[name]) for name in OUTCOMES if job.counts.get(name)]
    return bidi.inline(labels("app.comma").join(shown))


def _report(view: View, job: jobs.Job) -> None:
    labels = view.labels
    page.heading(labels("add.stopped" if job.stopped else "add.failed" if job.error else "add.finished"))
    if job.error:
        st.html(f'<p class="mv-warn"><b>!</b> {bidi.escape(job.error)}</p>')
    st.html(f'<p class="mv-sentence">{_counts(labels, job) or labels("add.nothing")}</p>')
    with st.container(horizontal=True, vertical_alignment="center"):
        if job.versions:
            link = state.query() | {"batch": SEPARATOR.join(_batches(job)), "view": "articles", "repeats": "1"}
            st.page_link(page.STATEMENTS, label=page.forward(labels, "add.see"), icon="", query_params=link)
        if job.items:
            rows = pd.DataFrame(job.items).reindex(columns=list(REPORT)).fillna("")
            st.download_button(
                labels("add.report"),
                data=lambda: flat.to_csv(rows.astype("str")),
                file_name="mavaze-add.csv",
                mime="text/csv",
                on_click="ignore",
            )
    found = [name for name in OUTCOMES if job.counts.get(name)]
    chosen = found[0] if len(found) == 1 else ""
    if len(found) > 1:
        chosen = page.choose(
            view, "add.outcome", ("", *found), lambda name: labels(f"outcome.{name or 'all'}"), param="outcome"
        )
    lines = [line for line in job.items if not chosen or line["outcome"] == chosen]
    if len(lines) > SHOWN:
        st.html(f'<p class="mv-note">{labels("app.table_cut", shown=SHOWN, n=len(lines))}</p>')
    if lines:
        st.html(f'<div class="mv-scroll" tabindex="0">{_table(view, lines[:SHOWN])}</div>')


def _batches(job: jobs.Job) -> list[str]:
    rows = data.versions()
    return list(rows.loc[rows["version"].isin(job.versions), "batch_id"])


def _table(view: View, lines: list[dict]) -> str:
    labels = view.labels
    head = "".join(f'<th scope="col">{labels(f"column.{name}")}</th>' for name in ("input", "outcome", "reason"))
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in _cells(view, line))}</tr>" for line in lines)
    return f'<table class="mv-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _cells(view: View, line: dict) -> tuple[str, str, str]:
    """What became of one input: what it is, the outcome, and why."""
    labels = view.labels
    name = bidi.escape(line.get("title") or line.get("where", ""))
    if line.get("article_id"):
        name = _link(view, line["article_id"], name)
    why = bidi.code(line["reason"]) if line.get("reason") else ""
    if line.get("code"):
        why = f"{labels.get(f'reason.{line["code"]}', '')}<br><small>{why}</small>"
    elif line.get("other"):
        share = labels.share(float(line.get("similarity") or 1))
        why = f"{_link(view, line['other'], labels('add.original'))} ({labels('add.similar', share=share)})"
    return name, labels.get(f"outcome.{line['outcome']}", str(line["outcome"])), why


def _link(view: View, article_id: str, words: str) -> str:
    query = urlencode(state.query() | {"id": article_id})
    return f'<a href="article?{escape(query)}" target="_self">{words}</a>'


show()

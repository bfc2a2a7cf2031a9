"""Invented tables for the tests of measures, exports and pages: invented people, natural Persian, known answers.

The lines are written with marks, `[kind:value|words]`, which may be nested: s = speaker, c = cue, t = topic,
k = country, p = position (`target=stance`, `@holder` behind it where relayed), r = the one relayed. The marks become spans; the words become the article's text.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from pathlib import Path

from analysis import schema
from analysis.schema import Tables

PEOPLE = {
    "demo:nikravesh-bahram": ("بهرام نیک‌روش", "Bahram Nikravesh", "foreign_minister", "IR"),
    "demo:orlov-pavel": ("پاول اورلوف", "Pavel Orlov", "foreign_minister", "RU"),
    "demo:whitmore-daniel": ("دنیل ویتمور", "Daniel Whitmore", "spokesperson", "US"),
    "demo:al-sabti-salem": ("سالم السبتی", "Salem Al-Sabti", "minister", "OM"),
    "demo:pourmand-laleh": ("لاله پورمند", "Laleh Pourmand", "ambassador", "IR"),
    "demo:cagan-cem": ("جم چاگان", "Cem Çağan", "foreign_minister", "TR"),
}
KINDS = {person: "person" for person in PEOPLE} | {"body:qa-mfa": "body", "anonymous:a1": "anonymous"}
LINES = (
    (
        "demo:nikravesh-bahram",
        "indirect",
        "[s|بهرام نیک‌روش] [c|تاکید کرد] که [p:topic:sanctions=against|[t:sanctions|تحریم‌های] یک‌جانبهٔ [k:US|آمریکا]"
        " غیرقانونی است] و [k:IR|ایران] آن را نمی‌پذیرد.",
    ),
    (
        "demo:nikravesh-bahram",
        "direct",
        "[s|وی] [c|افزود]: «ما [p:topic:negotiation=for|از [t:negotiation|گفت‌وگو] با [k:SA|عربستان سعودی]"
        " استقبال می‌کنیم] و راه [t:bilateral_ties|روابط همسایگی] باز است.»",
    ),
    (
        "demo:orlov-pavel",
        "indirect",
        "[s|وزیر خارجه روسیه] [c|اظهار داشت] [p:topic:nuclear_deal=for|[k:RU|مسکو] از احیای"
        " [t:nuclear_deal|توافق هسته‌ای] حمایت می‌کند]، هرچند [k:US|واشنگتن] هنوز پاسخ نداده است.",
    ),
    (
        "demo:whitmore-daniel",
        "direct",
        "[s|دنیل ویتمور] [c|گفت]: «[p:topic:sanctions=for|[t:sanctions|تحریم‌ها] بر [k:IR|ایران] باقی می‌ماند]"
        " تا زمانی که دربارهٔ [t:nuclear_programme|غنی‌سازی] به نتیجه برسیم.»",
    ),
    (
        "demo:al-sabti-salem",
        "indirect",
        "[s|سالم السبتی] [c|خبر داد] [k:OM|عمان] آماده است [t:negotiation|میانجی‌گری] میان [k:IR|تهران] و"
        " [k:US|واشنگتن] را ادامه دهد.",
    ),
    (
        "demo:pourmand-laleh",
        "indirect",
        "[s|سفیر ایران] [c|با اشاره به] رشد [t:trade_energy|تجارت] با [k:TR|ترکیه]،"
        " [p:state:TR=mixed|خواستار گسترش همکاری به شرط رفع موانع بانکی شد].",
    ),
    (
        "demo:cagan-cem",
        "direct",
        "[s|جم چاگان] در دیدار با همتای ایرانی خود [c|گفت]: [p:topic:bilateral_ties=for|برای"
        " [t:bilateral_ties|همکاری‌های دوجانبه] با [k:IR|ایران] هیچ مانعی نمی‌بینیم].",
    ),
    (
        "body:qa-mfa",
        "indirect",
        "[s|وزارت خارجه قطر] در بیانیه‌ای [p:topic:use_of_force=against|هرگونه [t:use_of_force|حملهٔ نظامی] را"
        " [c|محکوم کرد]] و [k:QA|دوحه] را میزبان گفت‌وگو خواند.",
    ),
    (
        "anonymous:a1",
        "indirect",
        "[s|یک منبع آگاه] [c|به خبرنگار ما گفت] که [t:detainees|تبادل زندانیان] میان [k:IR|ایران] و [k:US|آمریکا] نزدیک است.",
    ),
)
EXTRA = (
    (
        "demo:orlov-pavel",
        "indirect",
        "[s|پاول اورلوف] پیام [r:demo:cagan-cem|همتای ترکیه‌ای خود] را [c|منعکس کرد] که"
        " [p:topic:use_of_force=against@demo:cagan-cem|خواستار پایان [t:use_of_force|جنگ] شده است].",
    ),
    (
        "demo:nikravesh-bahram",
        "indirect",
        "[s|بهرام نیک‌روش] و [s:demo:al-sabti-salem|سالم السبتی] در بیانیه‌ای مشترک [c|اعلام کردند] که"
        " [p:topic:bilateral_ties=for|[t:bilateral_ties|روابط دو کشور] گسترش می‌یابد].",
    ),
)
HEADLINE = "ایران تحریم‌های یک‌جانبه را نمی‌پذیرد"
PLAIN = "در این دیدار دو طرف دربارهٔ تحولات منطقه نیز گفت‌وگو کردند."
SURE = {"demo:cagan-cem": 0.7, "anonymous:a1": 0.45, "demo:orlov-pavel": 0.8}
"""How sure what somebody says is; 0.9 for the others. Positions on states are less sure than on topics."""
NASTY = "<script>window.stolen=1</script> =cmd|' /C calc'!A1 \u202eمتن"


def build(articles: int = 36, until: dt.date = dt.date(2025, 9, 20)) -> Tables:
    """`articles` articles, one each fortnight back from `until`; every ninth is undated, every third is of the press.

    The last article has a title and an address that try to do harm.
    """
    rows: dict[str, list[dict[str, object]]] = {table.name: [] for table in schema.TABLES}
    for number in range(articles):
        _article(rows, number, until - dt.timedelta(days=14 * number), last=number == articles - 1)
    _speakers(rows)
    return Tables(**{table.name: table.frame(rows[table.name]) for table in schema.TABLES})


def write(tables: Tables, folder: Path) -> Path:
    """The tables as CSV files, which is what `MAVAZE_TABLES` names."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, frame in tables:
        frame.to_csv(folder / f"{table.name}.csv", index=False)
    return folder


def _article(rows: dict[str, list[dict[str, object]]], number: int, day: dt.date, *, last: bool) -> None:
    article = f"a{number:03d}"
    undated = number % 9 == 8
    chosen = [LINES[(number * 2 + step * 3 + number // 9) % len(LINES)] for step in range(4)]
    if number % 6 == 1:
        chosen.append(EXTRA[number // 6 % 2])
    text, repeated = "", ""
    if chosen[0][0] == "demo:nikravesh-bahram":
        text = f"{HEADLINE}\n"
    for speaker, form, marked in chosen:
        identity = _statement(rows, article, len(text), speaker, form, marked)
        if identity is None:
            continue
        repeated = repeated or identity
        text += str(rows["statements"][-1]["text"]) + "\n"
    if text.startswith(HEADLINE):
        _headline(rows, article, repeated)
    text += PLAIN
    rows["articles"].append(
        {
            "article_id": article,
            "url": "javascript:alert(1)" if last else f"https://example.org/news/{number}",
            "source": "خبرگزاری نمونه" if number % 3 else "روزنامهٔ آزمون",
            "title": NASTY if last else f"دیدار {number + 1} در تهران: گفت‌وگو دربارهٔ تحریم‌ها و روابط",
            "published": None if undated else dt.datetime.combine(day, dt.time(20, 45), dt.UTC),
            "published_precision": "none" if undated else "time",
            "text": text,
            "collection": "press" if number % 3 == 0 else "demo",
            "content_hash": hashlib.sha256(text.encode()).hexdigest(),
        }
    )


def _statement(
    rows: dict[str, list[dict[str, object]]], article: str, at: int, speaker: str, form: str, marked: str
) -> str | None:
    text, spans = parse(marked)
    identity = f"{article}:{at}"
    if any(row["statement_id"] == identity for row in rows["statements"]):
        return None
    key: dict[str, object] = {"statement_id": identity, "coder": "machine"}
    cue = next((start, stop) for kind, _, start, stop in spans if kind == "c")
    rows["statements"].append(
        key
        | {"article_id": article, "start": at, "stop": at + len(text), "text": text, "form": form}
        | {"confidence": SURE.get(speaker, 0.9)}
        | {"cue": text[slice(*cue)], "cue_start": at + cue[0], "cue_stop": at + cue[1]}
    )
    rank = 0
    for kind, value, start, stop in spans:
        span = key | {"start": at + start, "stop": at + stop}
        words = text[start:stop]
        if kind == "s":
            rows["attributions"].append(span | _said(value or speaker, words, "speaker"))
        elif kind == "r":
            rows["attributions"].append(span | _said(value, words, "relayed"))
        elif kind == "t":
            rank += 1
            rows["statement_topics"].append(span | {"topic_id": value, "rank": rank})
        elif kind == "k":
            rows["mentions"].append(
                span | {"article_id": article, "text": words, "kind": "country", "entity_id": value}
            )
        elif kind == "p":
            target, _, stance = value.partition("=")
            stance, _, holder = stance.partition("@")
            held = {"speaker_id": holder or speaker, "target": target, "stance": stance, "relayed": bool(holder)}
            rows["positions"].append(span | held | {"rule": "sample", "confidence": 0.8 if target[0] == "t" else 0.6})
    return identity


def _said(speaker: str, words: str, part: str) -> dict[str, object]:
    _, _, role, country = PEOPLE.get(speaker, ("", "", "other", ""))
    basis = "pronoun" if words == "وی" else "name"
    return {"speaker_id": speaker, "part": part, "mention": words, "role": role, "country": country, "basis": basis}


def _headline(rows: dict[str, list[dict[str, object]]], article: str, repeats: str) -> None:
    identity = f"{article}:h"
    key: dict[str, object] = {"statement_id": identity, "coder": "machine", "start": 0, "stop": len(HEADLINE)}
    rows["statements"].append(
        key
        | {"article_id": article, "text": HEADLINE, "form": "headline", "repeats": repeats}
        | {"confidence": 0.8, "cue_start": 0, "cue_stop": 0}
    )
    body = next(row for row in rows["attributions"] if row["statement_id"] == repeats)
    rows["attributions"].append(body | {"statement_id": identity, "basis": "continuation"})
    rows["statement_topics"].append(key | {"topic_id": "sanctions", "rank": 1, "start": 6, "stop": 15})


def _speakers(rows: dict[str, list[dict[str, object]]]) -> None:
    named = {person: facts[:2] for person, facts in PEOPLE.items()}
    named |= {
        "body:qa-mfa": ("وزارت خارجه قطر", "Qatar's foreign ministry"),
        "anonymous:a1": ("یک منبع آگاه", "An informed source"),
    }
    for speaker, (name_fa, name_en) in named.items():
        rows["speakers"].append({"speaker_id": speaker, "name_fa": name_fa, "name_en": name_en, "kind": KINDS[speaker]})


def parse(marked: str) -> tuple[str, list[tuple[str, str, int, int]]]:
    """Marked words as plain text and spans (kind, value, start, stop), outermost last, in order of their end."""
    text: list[str] = []
    spans: list[tuple[str, str, int, int]] = []
    open_marks: list[tuple[str, str, int]] = []
    at = length = 0
    while at < len(marked):
        if marked[at] == "[":
            bar = marked.index("|", at)
            kind, _, value = marked[at + 1 : bar].partition(":")
            open_marks.append((kind, value, length))
            at = bar + 1
        elif marked[at] == "]":
            kind, value, start = open_marks.pop()
            spans.append((kind, value, start, length))
            at += 1
        else:
            text.append(marked[at])
            at, length = at + 1, length + 1
    return "".join(text), spans


def partly_corrected(tables: Tables) -> Tables:
    """The tables as if people had coded every seventh statement and every fifth position."""
    frames = {}
    for name, step in (("statements", 7), ("positions", 5)):
        frame = getattr(tables, name)
        frames[name] = frame.assign(coder=["مینا" if i % step == 0 else "machine" for i in range(len(frame))])
    return replace(tables, **frames)

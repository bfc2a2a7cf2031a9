"""An edition in which everything that somebody else writes tries to do harm: texts, names, addresses, notes."""

from __future__ import annotations

import dataclasses

import pandas as pd

from analysis import schema
from analysis.schema import Tables
from tests.export.nasty import tables_of

ELSEWHERE = "pwned.example"
"""No page may ask this host for anything."""
SCRIPT = "window.__pwned=1"
PAYLOADS = (
    f"<script>{SCRIPT}</script>وزیر",
    f'<img src="https://{ELSEWHERE}/a.png" onerror="{SCRIPT}" class="pwned">',
    f"<svg/onload={SCRIPT} class=pwned><a href='javascript:{SCRIPT}'>گفت</a></svg>",
    f"\"><iframe srcdoc='<script>parent.{SCRIPT}</script>' class=pwned></iframe>",
    f"' onmouseover='{SCRIPT}' onfocus={SCRIPT} autofocus class='pwned",
    f"</p></style></textarea></title><b class=pwned onclick={SCRIPT}>درشت</b>",
    f"&lt;img class=pwned src=x onerror={SCRIPT}&gt;&#60;b class=pwned&#62;",
    f"[نام](javascript:{SCRIPT}) ![عکس](https://{ELSEWHERE}/b.png) <https://{ELSEWHERE}/c>",
    "**pwnedbold** _pwned_ `pwned` # pwned :red[pwned] :material/home: $\\frac{1}{2}$ ~~pwned~~",
    f"<a href='https://{ELSEWHERE}/d' class=pwned>x</a><br><span style='font-size:90px'>%{{customdata}} $\\alpha$</span>",
    f"{{a|pwned}} {{b}} {{@name}} <img src=x onerror={SCRIPT} class=pwned>",
    f'=HYPERLINK("https://{ELSEWHERE}/e";"نام")',
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "\t=1+1 زبانه",
    "\u202egnp.تسا هنوراو \u2066\u2066 \u2069\u2069\u2069 \u200f\u200e",
    "صفر\0میان \x1b[31m\x07\x7f \ufffe\uffff \u2028\u2029",
    "ب" * 400,
    "W" * 400,
    f"../../etc/passwd\r\nSet-Cookie: a=b\r\n\r\n<script>{SCRIPT}</script>",
    "نام~نام&topic=sanctions#x?lang=en",
)
ADDRESSES = (
    f"javascript:{SCRIPT}",
    f"JaVaScRiPt:{SCRIPT}//https://example.org",
    f"data:text/html,<script>{SCRIPT}</script>",
    f'https://example.org/"onmouseover="{SCRIPT}"class="pwned',
    "https://example.org/\u202egnp.x",
    f"//{ELSEWHERE}/f",
    f"https://{ELSEWHERE}\\@example.org/",
)


def speaker(number: int) -> str:
    """The id of the speaker of a payload: ids are made of names, so they are no safer."""
    return f"demo:{number}-{PAYLOADS[number]}".replace("~", "")


def build() -> Tables:
    """One article of each payload, which is its title, its text, its outlet, its speaker, its rule and its coder."""
    tables = tables_of(PAYLOADS, times=("2025-03-01T10:30:00Z", "2025-05-01T10:30:00Z", None))
    some = pd.Series(range(len(PAYLOADS)))
    said = pd.Series(PAYLOADS, dtype="str")
    ids = some.map(speaker)
    frames = {
        "articles": {
            "title": said,
            "source": said.where(some % 3 > 0, said[0]),
            "url": some.map(lambda number: ADDRESSES[number % len(ADDRESSES)]),
            "collection": said.where(some % 2 > 0, "demo"),
        },
        "attributions": {"speaker_id": ids, "role": "minister"},
        "positions": {"speaker_id": ids, "rule": said, "coder": said.where(some % 2 > 0, schema.MACHINE)},
        "statements": {"coder": said.where(some % 2 > 0, schema.MACHINE)},
    }
    changed = {name: _with(getattr(tables, name), columns) for name, columns in frames.items()}
    changed["speakers"] = schema.SPEAKERS.frame(
        [
            {"speaker_id": key, "name_fa": text, "name_en": text, "kind": "person", "aliases": text}
            for key, text in zip(ids, PAYLOADS, strict=True)
        ]
    )
    others = _with(tables.mentions, {"entity_id": "IR"})
    people = _with(tables.mentions, {"entity_id": ids, "kind": "person"})
    changed["mentions"] = pd.concat([tables.mentions, others, people], ignore_index=True)
    return dataclasses.replace(tables, **changed)


def _with(frame: pd.DataFrame, columns: dict[str, object]) -> pd.DataFrame:
    return frame.assign(**columns).astype(frame.dtypes.to_dict())

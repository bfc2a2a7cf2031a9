"""Briefs: what stands in them, and that HTML and Word hold it whole, harmless and in the right direction."""

import dataclasses
import datetime as dt
import io
import json
import re
import zipfile
from functools import cache

import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import html as parser

from analysis.__main__ import main
from analysis.errors import MavazeError
from analysis.export import brief, brief_fit, brief_html, brief_pictures, brief_word, word_text
from analysis.export.brief_asked import Asked, Choices
from analysis.export.wording import names_in
from analysis.measure import decisive
from analysis.measure.facts import Facts
from analysis.measure.filters import Filters
from analysis.schema import Tables
from analysis.serve.content import Content
from analysis.text.words import LANGS, Lang
from tests.pages import hostile, sample

DAY = dt.date(2025, 10, 1)
TABLES = sample.build()


@cache
def content() -> Content:
    return Content.of(TABLES)


def asked(lang: Lang = "fa", filters: Filters | None = None, of: Content | None = None) -> Asked:
    edition = of or content()
    return Asked(
        content=edition,
        filters=filters or Filters(),
        narrow=lambda wanted: wanted.narrow(edition.facts),
        names=names_in(lang, edition.speakers()),
        calendar="jalali" if lang == "fa" else "gregorian",
        made=DAY,
        version=7,
        link="http://127.0.0.1:8501/statements?lang=fa&v=7",
    )


@cache
def whole(lang: Lang) -> brief.Brief:
    """The brief of everything."""
    return brief.build(asked(lang))


@cache
def word_of(lang: Lang) -> bytes:
    """That brief as Word holds it."""
    return brief_word.docx(whole(lang))


def test_what_stands_in_it() -> None:
    # Of the 36 articles every ninth is undated; of the nine lines four are taken by each, and every sixth article has
    # a joint or a relayed one besides (tests/pages/sample.py). Headlines are not counted.
    made = whole("en")
    said = int((TABLES.statements["form"] != "headline").sum())
    assert dict(made.tiles)["Statements"] == str(said)
    assert (dict(made.tiles)["Articles"], dict(made.tiles)["Undated articles"]) == ("36", "4")
    assert made.sentence == "All statements."
    # The newest dated article is of 20 September 2025 at 20:45 UTC, which is the next day in Tehran.
    assert made.findings[0].endswith("to 21 September 2025 (30 Shahrivar 1404).")
    assert [picture.name for picture in made.pictures] == ["topics", "sides", "time"]
    assert [table.name for table in made.tables] == ["speakers", "positions"]
    assert ("Made", "1 October 2025 (9 Mehr 1404)") in made.about
    assert any("version 7 of the store" in text for _, text in made.about)
    assert len(made.quotations) == 6


def test_caveats_say_what_is_not_counted() -> None:
    made = brief.build(asked("en", Filters(start=dt.date(2025, 1, 1))))
    words = " ".join(made.caveats)
    demo = TABLES.articles[TABLES.articles["collection"] == "demo"]["article_id"]
    assert len(demo) and "are of the demonstration" in words
    for part in (
        "undated statements are left out",
        "Not counted:",
        "The program alone coded",
        "not all that was said",
        "The program errs",
    ):
        assert part in words, part


def test_little_says_so_and_fits_one_page() -> None:
    # Qatar's foreign ministry alone, in one month: a handful of statements.
    made = brief.build(
        asked(filters=Filters(speakers=("body:qa-mfa",), start=dt.date(2025, 7, 1), stop=dt.date(2025, 7, 31)))
    )
    assert not made.pictures
    assert "دست‌کم ۱۰ لازم است" in " ".join(made.findings)
    assert any("پوشش کم است" in text for text in made.caveats)
    labels = {row[2] for table in made.tables if table.name == "positions" for row in table.rows}
    assert labels <= {"شواهد کافی نیست"}


def test_nothing_in_view_is_an_error_in_one_line() -> None:
    with pytest.raises(MavazeError, match="Nothing is in view"):
        brief.build(asked("en", Filters(start=dt.date(1990, 1, 1), stop=dt.date(1990, 1, 2))))


def ranked(rows: list[tuple], targets: tuple[str, ...] = ()) -> list[int]:
    """The order of statements given as (speaker, source, day, target or "", stance, confidence, coder)."""
    frames = {}
    base = sample.build(articles=1)
    number = range(len(rows))
    frames["articles"] = pd.concat([base.articles] * len(rows), ignore_index=True).assign(
        article_id=[f"a{i}" for i in number],
        source=[row[1] for row in rows],
        published=pd.to_datetime([f"{row[2]}T10:00:00Z" for row in rows]),
    )
    frames["statements"] = pd.concat(
        [base.statements[base.statements["form"] != "headline"].head(1)] * len(rows), ignore_index=True
    ).assign(
        statement_id=[f"s{i}" for i in number],
        article_id=[f"a{i}" for i in number],
        confidence=[row[5] for row in rows],
        coder=[row[6] for row in rows],
    )
    frames["attributions"] = pd.concat([base.attributions.head(1)] * len(rows), ignore_index=True).assign(
        statement_id=[f"s{i}" for i in number], speaker_id=[row[0] for row in rows], part="speaker"
    )
    held = [(i, row) for i, row in enumerate(rows) if row[3]]
    frames["positions"] = pd.concat([TABLES.positions.head(1)] * len(held), ignore_index=True).assign(
        statement_id=[f"s{i}" for i, _ in held], speaker_id=[row[0] for _, row in held], target=[row[3] for _, row in held],
        stance=[row[4] for _, row in held], confidence=0.9, coder="machine", relayed=False,
    )  # fmt: skip
    tables = Tables(**frames, speakers=TABLES.speakers)
    return [int(place) for place in decisive.ranked(Facts.of(tables), targets)]


A, B = "demo:orlov-pavel", "demo:cagan-cem"


def test_the_rule_of_quotations_step_by_step() -> None:
    rows = [
        (A, "x", "2025-05-01", "", "", 0.99, "machine"),  # 0: takes no side: last.
        (A, "x", "2025-05-02", "topic:sanctions", "for", 0.85, "machine"),  # 1: surest of A on what is asked.
        (A, "y", "2025-06-02", "topic:sanctions", "against", 0.84, "machine"),  # 2: A again, so after B.
        (B, "x", "2025-05-03", "topic:sanctions", "for", 0.70, "machine"),  # 3: B has not been quoted yet.
        (B, "x", "2025-05-04", "topic:nuclear_deal", "for", 0.99, "machine"),  # 4: a side, but not on what is asked.
        (A, "x", "2025-01-01", "", "", 0.50, "مینا"),  # 5: coded by a person: first.
    ]
    # After 5 (A) comes B's 3 and not A's surer 1; then 2, of another source and month than 1; 4 and 0 as ranked.
    assert ranked(rows, ("topic:sanctions",)) == [5, 3, 2, 1, 4, 0]


def test_equally_sure_ones_go_by_the_newest_and_copies_never() -> None:
    rows = [(A, "x", day, "state:US", "for", 0.804, "machine") for day in ("2025-05-01", "2025-05-09", "2025-05-05")]
    assert ranked(rows) == [1, 2, 0]


def test_anonymous_repeated_and_relayed_words_are_never_quoted() -> None:
    made = brief.build(asked("en", Filters(repeats=True, relayed=True)), Choices(quotations=12))
    text = " ".join(one.text for one in made.quotations)
    assert "یک منبع آگاه" not in text
    assert sample.HEADLINE not in {one.text for one in made.quotations}
    assert len({one.text for one in made.quotations}) == len(made.quotations)


def test_a_reader_ticks_and_leaves_out() -> None:
    ids = ("a003:0", "a001:0", "unknown")
    made = brief.build(asked(), Choices(title="تحریم‌ها", question="که چه گفت؟", off=frozenset({"time"}), chosen=ids))
    assert [one.statement for one in made.quotations] == ["a003:0", "a001:0"]
    assert made.rule == "برگزیدهٔ کاربر. عین متن."
    assert (made.title, made.question) == ("تحریم‌ها", "که چه گفت؟")
    assert "time" not in {picture.name for picture in made.pictures}
    assert not brief.build(asked(), Choices(off=frozenset({"quotations"}))).rule


def test_quotations_are_cut_to_two_pages_and_that_is_said() -> None:
    long = TABLES.statements.assign(text=TABLES.statements["text"].map(lambda text: f"{text} " * 12))
    edition = Content.of(dataclasses.replace(TABLES, statements=long))
    ids = tuple(long.loc[long["form"] != "headline", "statement_id"].head(12))
    made = brief.build(asked("fa", of=edition), Choices(chosen=ids))
    assert 0 < len(made.quotations) < 12
    assert f"{12 - len(made.quotations)}".translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")) in made.rule
    assert brief_fit.quotations(made) == len(made.quotations)


@pytest.mark.parametrize("lang", LANGS)
def test_html_is_one_file_that_asks_for_nothing(lang: Lang) -> None:
    made = whole(lang)
    text = brief_html.html(made)
    tree = parser.document_fromstring(text)
    assert tree.get("lang") == lang and tree.get("dir") == ("rtl" if lang == "fa" else "ltr")
    assert not tree.xpath("//script|//iframe|//link|//img|//object|//@onload|//@onerror")
    # Links lead on only where a reader follows them: nothing else names a host.
    loads = [
        value for value in tree.xpath("//@src|//@xlink:href", namespaces={"xlink": "http://www.w3.org/1999/xlink"})
    ]
    assert not loads and "@import" not in text
    assert not re.findall(r"url\((?!data:)", text)
    assert "default-src 'none'" in text
    quotes = [quote.text_content() for quote in tree.xpath("//blockquote")]
    for one, shown in zip(made.quotations, quotes, strict=True):
        assert shown.startswith(one.text)
        assert one.text in set(TABLES.statements["text"])
    assert all(quote.get("lang") == "fa" and quote.get("dir") == "rtl" for quote in tree.xpath("//blockquote"))
    assert [element.tag for element in tree.xpath("//h1|//h2|//h3")].index("h1") == 0
    assert len(tree.xpath("//h1")) == 1
    assert len(tree.xpath("//figure//*[name()='svg']")) == 3


def test_citations_stand_in_both_calendars() -> None:
    made = brief.build(asked("en"), Choices(chosen=("a001:0",)))
    # a001 is of 6 September 2025, 20:45 UTC: 15 minutes past midnight of the 7th in Tehran, 16 Shahrivar.
    assert made.quotations[0].said.endswith("7 September 2025 (16 Shahrivar 1404)")
    assert "7 September 2025 (16 Shahrivar 1404)" in made.sources[0].text
    assert made.sources[0].url == "https://example.org/news/1"
    persian = brief.build(asked("fa"), Choices(chosen=("a001:0",)))
    assert "۱۶ شهریور ۱۴۰۴ (۷ سپتامبر ۲۰۲۵)" in persian.sources[0].text


@pytest.mark.parametrize("lang", LANGS)
def test_word_opens_again_with_headings_quotations_and_directions(lang: Lang) -> None:
    made = whole(lang)
    document = Document(io.BytesIO(word_of(lang)))
    paragraphs = list(document.paragraphs)
    assert paragraphs[0].style.name == "Title" and paragraphs[0].text == made.title
    headings = [one.text for one in paragraphs if one.style.name == "Heading 1"]
    assert made.pictures[0].title in _all_text(document) and len(headings) >= 4
    quotes = [one for one in paragraphs if one.style.name == "Quote"]
    for one, quote in zip(made.quotations, quotes, strict=True):
        assert quote.text.startswith(one.text)
        assert quote._p.pPr.find(qn("w:bidi")) is not None
        run = next(run for run in quote.runs if "ی" in run.text)
        assert run._r.rPr.find(qn("w:rtl")) is not None
        assert run._r.rPr.find(qn("w:lang")).get(qn("w:bidi")) == "fa-IR"
    assert all(source.text in _all_text(document) for source in made.sources)
    turned = document.element.body.findall(f".//{qn('w:bidiVisual')}")
    assert bool(turned) == (lang == "fa")
    plain = [one for one in paragraphs if one.style.name == "List Bullet"]
    assert all((one._p.pPr.find(qn("w:bidi")) is not None) == (lang == "fa") for one in plain)
    pictures = document.element.body.findall(f".//{qn('wp:docPr')}")
    assert [one.get("descr") for one in pictures] == [
        one.alt for name in ("topics", "sides", "time") for one in made.pictures if one.name == name
    ]
    assert document.core_properties.created.date() == DAY


def _all_text(document: object) -> str:
    return "".join(node.text or "" for node in document.element.body.iter(qn("w:t")))  # type: ignore[attr-defined]


def test_runs_are_cut_where_the_script_changes() -> None:
    given = "«خبر»، Fars News (Telegram)، ۳ خرداد"
    assert list(word_text.runs(given, rtl=True)) == [
        ("«خبر»، ", True),
        ("Fars News (Telegram)", False),
        ("، ۳ خرداد", True),
    ]
    assert list(word_text.runs("“خبر تازه” [in Persian]", rtl=False)) == [
        ("“", False),
        ("خبر تازه", True),
        ("” [in Persian]", False),
    ]


def test_the_same_view_version_and_day_give_the_same_bytes() -> None:
    one, other = whole("fa"), brief.build(asked(of=Content.of(TABLES)))
    assert brief_html.html(one) == brief_html.html(other)
    word = word_of("fa")
    assert word == brief_word.docx(other)
    times = {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(word)).infolist()}
    assert times == {(1980, 1, 1, 0, 0, 0)}


def test_pictures_hold_text_numbers_and_no_more_than_what_is_counted() -> None:
    made = whole("fa")
    topics, sides, time = made.pictures
    drawn = brief_pictures.svg(topics)
    assert "Vazirmatn" in drawn and "٪" in drawn and "http" not in drawn.replace("http://www.w3.org", "")
    assert brief_pictures.png(sides).startswith(b"\x89PNG")
    counted = json.loads(time.spec)["data"]["values"]
    dated = TABLES.articles[TABLES.articles["published"].notna()]["article_id"]
    said = TABLES.statements[TABLES.statements["article_id"].isin(dated) & (TABLES.statements["form"] != "headline")]
    assert sum(row["n"] for row in counted) == len(said)


def test_what_others_wrote_does_no_harm() -> None:
    edition = Content.of(hostile.build())
    made = brief.build(
        asked("fa", of=edition), Choices(title=hostile.PAYLOADS[0], question=hostile.PAYLOADS[2], quotations=12)
    )
    tree = parser.document_fromstring(brief_html.html(made))
    assert not tree.xpath("//*[contains(@class, 'pwned')]|//script|//iframe|//img|//b[@onclick]")
    assert not [name for element in tree.iter() for name in getattr(element, "attrib", {}) if name.startswith("on")]
    links = [link for link in tree.xpath("//@href") if not link.startswith("#")]
    assert all(link.startswith(("http://", "https://")) for link in links)
    assert "\u202e" not in brief_html.html(made)
    document = Document(io.BytesIO(brief_word.docx(made)))
    targets = [part.target_ref for part in document.part.rels.values() if part.is_external]
    assert all(target.startswith(("http://", "https://")) for target in targets)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory):
    return sample.write(TABLES, tmp_path_factory.mktemp("tables"))


def run(*arguments: object) -> int:
    return main([str(one) for one in arguments])


def test_the_command_line_writes_both_files(folder, tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ("--topic", "detainees", "--title", "زندانیان", "--lang", "en", "--quotations", 1, "--without", "time")
    for name in ("a.html", "a.docx"):
        out = tmp_path / name
        assert run("brief", "--tables", folder, "--out", out, "--created", "2025-10-01", *given) == 0
        assert f"quoted, written to {out}" in capsys.readouterr().out
    text = (tmp_path / "a.html").read_text("utf-8")
    assert "All statements about Detainees." in text and "1 October 2025" in text
    assert Document(tmp_path / "a.docx").paragraphs[0].text == "زندانیان"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("--out", "a.pdf"), "a brief is .html or .docx"),
        (("--out", "a.html", "--quote", "nothing"), "no such statement is in view"),
        (("--out", "a.html", "--topic", "sanction"), "Did you mean sanctions"),
        (("--out", "a.html", "--at", "3"), "--at needs a store"),
        (("--out", "a.html", "--quotations", "40"), "at most 12 fit"),
        (("--out", "a.html", "--from", "1990-01-01", "--to", "1990-01-02"), "چیزی در این نما نیست"),
        (
            (
                "--out",
                "there.html",
            ),
            "stands there already",
        ),
    ],
)
def test_wrong_inputs_are_one_line_and_leave_nothing(
    folder, tmp_path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], given: tuple, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.html").write_text("mine")
    assert run("brief", "--tables", folder, *given) == 2
    error = capsys.readouterr().err
    assert words in error and len(error.strip().splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["there.html"]
    assert (tmp_path / "there.html").read_text() == "mine"

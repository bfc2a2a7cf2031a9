"""Every kind of file gives its articles word for word, with the bytes that they came from."""

from __future__ import annotations

import datetime as dt
import json
from email.message import EmailMessage
from pathlib import Path

import pytest
from reading import OTHER, TEXT, found, only, packed, parquet, refused, telegram, word, write

from analysis.errors import InputError
from analysis.read.files import read_articles

RECORDS = [{"id": "a1", "text": TEXT, "published": "2024-05-01"}, {"id": "a2", "text": OTHER}]
FEED = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>خبرگزاری آزمون</title>
<item><title>نشست</title><link>https://news.example/1</link><guid>n1</guid>
<pubDate>Wed, 01 May 2024 10:30:00 +0330</pubDate><description>&lt;p&gt;{TEXT[:60]}&lt;/p&gt;&lt;p&gt;{OTHER} &lt;b&gt;پایان&lt;/b&gt;&lt;/p&gt;</description></item>
<item><title>تهی</title><description></description></item></channel></rss>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256"])
def test_text_in_every_encoding(encoding: str, tmp_path: Path) -> None:
    text = TEXT.replace("ی", "ي").replace("۲۵", "25") if encoding == "cp1256" else TEXT
    item = only(write(tmp_path / "a.txt", text.encode(encoding)))
    assert item.article["text"] == text
    assert item.original.data == text.encode(encoding)
    names = {"utf-8-sig": "UTF-8", "cp1256": "Windows-1256"}
    assert item.original.reader == f"text {names.get(encoding, encoding.upper()[:6].rstrip('-'))}"
    assert item.original.media_type == "text/plain" and item.article["article_id"] == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_records_in_every_encoding(encoding: str, tmp_path: Path) -> None:
    text = OTHER.replace("ی", "ي").replace("‌", "")
    lines = [json.dumps({"text": f"{text} {number}"}, ensure_ascii=False) for number in range(2)]
    for name, content in (("a.jsonl", "\r\n".join(lines)), ("a.csv", f"text\n{text} 0\n{text} 1\n")):
        items, rejected = found(write(tmp_path / name, content.encode(encoding)))
        assert [item.article["text"] for item in items] == [f"{text} 0", f"{text} 1"] and not rejected
        plain = encoding.removesuffix("-sig")
        assert (lines if name == "a.jsonl" else [f"{text} 0", f"{text} 1"])[1] == items[1].original.data.decode(plain)


@pytest.mark.parametrize(
    "bytes_",
    [
        "министр иностранных дел заявил, что переговоры будут продолжены".encode("cp1251"),
        "Ο υπουργός εξωτερικών δήλωσε ότι οι συνομιλίες θα συνεχιστούν".encode("cp1253"),
        "le ministre a déclaré que la réunion à Genève était reportée".encode("cp1252"),
        "外交部长表示，谈判将在日内瓦继续进行。会议将于下周举行。".encode("gbk"),
        "خبر تازه".encode("cp1256"),
        TEXT[:-1].encode()[:-1],
        TEXT.encode("utf-16")[:-1],
        bytes(range(256)) * 9,
    ],
)
def test_a_doubtful_encoding_is_refused(bytes_: bytes, tmp_path: Path) -> None:
    assert refused(write(tmp_path / "a.txt", bytes_)).code == "not_text"


def test_json_keeps_the_very_characters_of_each_object(tmp_path: Path) -> None:
    written = [json.dumps(RECORDS[0]), '{ "id":"a2",\n"text" : "' + OTHER + '"}', '{"text": 7}', "[1]"]
    items, rejected = found(write(tmp_path / "a.json", f" [{' ,\n'.join(written)}] "))
    assert [item.original.data.decode() for item in items] == written[:2]
    assert [item.article["article_id"] for item in items] == ["a1", "a2"]
    assert items[0].original.published_from == "field published" and items[1].original.published_from == ""
    assert [(one.where.rpartition(", ")[2], one.code) for one in rejected] == [
        ("article 3", "bad_record"),
        ("article 4", "bad_record"),
    ]


@pytest.mark.parametrize("tail", ["", "]]", "] 1", ",]", ' {"text": "x"}]', "}"])
def test_json_that_ends_badly_gives_what_was_whole(tail: str, tmp_path: Path) -> None:
    items, rejected = found(write(tmp_path / "a.json", f"[{json.dumps(RECORDS[0])}{tail}"))
    assert len(items) == 1 and [one.code for one in rejected] == ["damaged"]


def test_a_bad_line_stops_no_other(tmp_path: Path) -> None:
    lines = [
        json.dumps(RECORDS[0], ensure_ascii=False).encode(),
        b"{",
        b'{"text": "\xff"}',
        b'{"text": ""}',
        b"[" * 9999,
        b"",
        b'{"text": "x"}',
    ]
    items, rejected = found(write(tmp_path / "a.jsonl", b"\n".join(lines)))
    assert [item.where.rpartition(" ")[2] for item in items] == ["1", "7"]
    assert [(one.where.rpartition(" ")[2], one.code) for one in rejected] == [
        ("2", "bad_record"),
        ("3", "not_text"),
        ("4", "empty"),
        ("5", "bad_record"),
    ]


def test_csv_keeps_the_lines_of_each_row(tmp_path: Path) -> None:
    items, rejected = found(
        write(tmp_path / "a.csv", f'id;text;published\n1;"{TEXT}";۱۴۰۳/۰۲/۱۲\n2;;\n3;a;b;c\n4;{OTHER};\n')
    )
    assert [item.article["text"] for item in items] == [TEXT, OTHER]
    assert items[0].original.data.decode() == f'1;"{TEXT}";۱۴۰۳/۰۲/۱۲'
    assert items[0].article["published"] == "2024-05-01" and items[0].original.published_from == "column published"
    assert [one.code for one in rejected] == ["empty", "bad_record"]


def test_parquet(tmp_path: Path) -> None:
    rows = [
        {"ID": 7, "Text": TEXT, "published": dt.datetime(2024, 5, 1, 10, 30), "note": [1]},
        {"ID": None, "Text": None, "published": None, "note": None},
    ]
    items, rejected = found(write(tmp_path / "a.parquet", parquet(rows)))
    assert items[0].article["text"] == TEXT and items[0].article["article_id"] == "7"
    assert items[0].article["published"] == "2024-05-01T10:30:00" and items[0].where.endswith("row 1")
    assert json.loads(items[0].original.data)["text"] == TEXT
    assert [one.code for one in rejected] == ["empty"]


def test_word_gives_all_its_paragraphs(tmp_path: Path) -> None:
    item = only(write(tmp_path / "a.docx", word("۱۲ مهر ۱۴۰۲", *TEXT.split("\n"), "", heading="نشست تازه")))
    assert item.article["text"] == f"۱۲ مهر ۱۴۰۲\n{TEXT}\n" and item.article["title"] == "نشست تازه"
    assert item.article["published"] == "2023-10-04" and item.original.published_from == "line 1: ۱۲ مهر ۱۴۰۲"
    assert item.original.reader.startswith("docx python-docx ")


def test_a_toml_describes_any_single_article(tmp_path: Path) -> None:
    write(tmp_path / "a.toml", 'id = "d7"\ntitle = "عنوان"\npublished = 2024-05-02\ntext = "نه"')
    item = only(write(tmp_path / "a.docx", word("۱۲ مهر ۱۴۰۲", TEXT)))
    assert item.article["title"] == "عنوان" and item.article["article_id"] == "d7"
    assert item.article["published"] == "2024-05-02" and item.original.published_from == "a.toml"
    assert item.article["text"].endswith(TEXT)


def test_a_saved_page(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in [*TEXT.split("\n"), OTHER])
    page = f"<html lang=fa><head><meta charset=utf-8><title>نشست</title></head><body><article>{paragraphs}</article></body></html>"
    item = only(write(tmp_path / "a.html", page))
    assert item.article["text"] == f"{TEXT}\n{OTHER}" and item.original.data == page.encode()
    assert item.original.media_type == "text/html"


def test_a_page_saved_in_one_file(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in [*TEXT.split("\n"), OTHER])
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://news.example/7"
    message.set_content(f"<html><body><article>{paragraphs}</article></body></html>", subtype="html", cte="base64")
    message.add_related(b"x", "image", "png")
    item = only(write(tmp_path / "a.mhtml", message.as_bytes()))
    assert item.article["text"] == f"{TEXT}\n{OTHER}" and item.article["url"] == "https://news.example/7"
    assert refused(write(tmp_path / "b.mhtml", b"From: x\n\ny")).code == "damaged"


def test_a_saved_feed(tmp_path: Path) -> None:
    items, rejected = found(write(tmp_path / "a.xml", FEED))
    assert items[0].article == {
        "article_id": "n1",
        "external_id": "",
        "url": "https://news.example/1",
        "source": "خبرگزاری آزمون",
        "title": "نشست",
        "published": "2024-05-01T10:30:00+03:30",
        "text": f"{TEXT[:60].strip()}\n{OTHER} پایان",
        "collection": "",
    }
    assert [one.code for one in rejected] == ["no_article"]
    assert refused(write(tmp_path / "b.xml", "<map><a/></map>")).code == "unknown_kind"


def test_telegram(tmp_path: Path) -> None:
    bold = [{"type": "bold", "text": "نشست تازه"}, "\n", TEXT, {"type": "mention", "text": " @azmun"}]
    messages: list[object] = [
        {"id": 1, "type": "service", "action": "create_channel", "text": ""},
        {"id": 2, "type": "message", "date": "2024-05-01T07:00:00", "date_unixtime": "1714546800", "text": bold},
        {"id": 3, "type": "message", "photo": "x.jpg", "text": ""},
        {"id": 4, "type": "message", "text": "؟", "poll": {"question": "؟"}},
        {"id": 5, "type": "message", "date": "2024-05-01T07:00:00", "text": OTHER},
        {"id": 6, "type": "message", "date_unixtime": "soon", "text": OTHER},
        7,
    ]
    path = write(tmp_path / "result.json", telegram(messages))
    items, rejected = found(path)
    assert [item.article["text"] for item in items] == [f"نشست تازه\n{TEXT} @azmun", OTHER]
    first = items[0].article
    assert (first["article_id"], first["source"], first["title"]) == ("12/2", "خبرگزاری آزمون", "نشست تازه")
    assert first["published"] == "2024-05-01T07:00:00+00:00" and first["url"] == ""
    assert items[1].article["published"] == "2024-05-01T07:00:00" and items[1].article["title"] == ""
    assert [item.original.published_from.split(",")[0] for item in items] == ["telegram date_unixtime", "telegram date"]
    assert json.loads(items[0].original.data) == messages[1]
    assert [one.code for one in rejected] == ["bad_record", "bad_record", "left_out"]
    assert all(word in rejected[-1].reason for word in ("1 service", "1 polls", "1 messages without text"))
    write(tmp_path / "result.toml", 'url = "https://t.me/azmun/"\nsource = "آزمون"')
    known = found(path)[0][0].article
    assert (known["url"], known["source"]) == ("https://t.me/azmun/2", "آزمون")


def test_telegram_of_a_whole_account(tmp_path: Path) -> None:
    chats = [
        json.loads(telegram([{"id": 1, "type": "message", "text": text}], id=number))
        for number, text in enumerate((TEXT, OTHER))
    ]
    account = {"about": "x", "chats": {"about": "y", "list": [*chats, 3]}, "left_chats": {"list": []}}
    items, rejected = found(write(tmp_path / "result.json", json.dumps(account)))
    assert [item.article["article_id"] for item in items] == ["0/1", "1/1"] and not rejected


def test_an_archive_gives_what_its_files_give(tmp_path: Path) -> None:
    inner = packed({"deep.txt": OTHER, "notes.odt": "x"})
    members: dict[str, str | bytes] = {
        "خبرها/a.txt": TEXT,
        "خبرها/a.toml": 'title = "نشست"',
        "b.jsonl": json.dumps(RECORDS[0]) + "\n{\n",
        "c.docx": word(OTHER),
        "d.parquet": parquet([{"text": OTHER}]),
        "e.zip": inner,
        "__MACOSX/._a.txt": "x",
        ".hidden.txt": "x",
        "README.txt": "x",
    }
    items, rejected = found(write(tmp_path / "a.zip", packed(members)))
    where = f"{tmp_path}/a.zip, "
    assert [item.where.removeprefix(where) for item in items] == [
        "b.jsonl, line 1",
        "c.docx",
        "d.parquet, row 1",
        "e.zip, deep.txt",
        "خبرها/a.txt",
    ]
    assert items[-1].article["title"] == "نشست"
    assert [(one.where.removeprefix(where), one.code) for one in rejected] == [
        ("README.txt", "left_out"),
        ("b.jsonl, line 2", "bad_record"),
        ("e.zip, notes.odt", "unknown_kind"),
    ]
    strict = read_articles([write(tmp_path / "b.zip", packed({"x.txt": TEXT, "y.odt": "x"}))])
    assert strict["article_id"].tolist() == ["x"]
    with pytest.raises(InputError, match="line 2"):
        read_articles([tmp_path / "a.zip"])


def test_a_folder_says_what_it_leaves_out(tmp_path: Path) -> None:
    for name in ("a.txt", "b.odt", "people.csv", "sub/c.txt", ".hidden.txt", "README.md"):
        write(tmp_path / "in" / name, TEXT)
    items, rejected = found(
        [tmp_path / "in", str(tmp_path / "in/a.txt"), tmp_path / "nowhere.txt", "ftp://x/y", tmp_path / "in/b.odt"]
    )
    assert [Path(item.where).name for item in items] == ["a.txt", "c.txt"]
    assert [(Path(one.where).name, one.code) for one in rejected] == [
        ("README.md", "left_out"),
        ("b.odt", "unknown_kind"),
        ("people.csv", "left_out"),
        ("nowhere.txt", "missing"),
        ("y", "bad_address"),
        ("b.odt", "unknown_kind"),
    ]
    (tmp_path / "bare").mkdir()
    assert refused(tmp_path / "bare").code == "empty"

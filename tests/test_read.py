"""Articles from files and folders: what is taken, verbatim, and what is not."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from wrong_inputs import TEXT, WRONG, Wrong

from analysis.errors import InputError
from analysis.extract.pipeline import prepare_articles
from analysis.read.dates import iso_time
from analysis.read.files import FIELDS, iter_articles, list_files, read_articles


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def one(path: Path) -> dict[str, str]:
    frame = read_articles([path])
    assert list(frame.columns) == list(FIELDS)
    assert len(frame) == 1
    return frame.iloc[0].to_dict()


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.name)
def test_wrong_input_is_refused_with_one_clear_message(wrong: Wrong, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_articles([wrong.make(tmp_path)])
    message = str(caught.value)
    assert "\n" not in message and message.endswith(".")
    for words in wrong.says:
        assert words in message


@pytest.mark.parametrize("text", [TEXT, f"{TEXT}\r\n\r\n", "\u202bخبر\u202c\u200c 🔹\rدوم\tسوم ", "‏۱۲"])
def test_text_is_kept_as_it_is(text: str, tmp_path: Path) -> None:
    assert one(write(tmp_path / "a.txt", text))["text"] == text
    assert one(write(tmp_path / "b.txt", text.encode("utf-8-sig")))["text"] == text
    assert one(write(tmp_path / "a.jsonl", json.dumps({"text": text}, ensure_ascii=False)))["text"] == text
    assert one(write(tmp_path / "a.json", json.dumps([{"text": text}])))["text"] == text
    assert one(write(tmp_path / "a.csv", f'text\r\n"{text}"\r\n'.encode("utf-8-sig")))["text"] == text


def test_txt_alone_is_called_by_its_file(tmp_path: Path) -> None:
    article = one(write(tmp_path / "خبر ۱.txt", TEXT))
    assert article == dict.fromkeys(FIELDS, "") | {"article_id": "خبر ۱", "text": TEXT}


def test_toml_beside_a_txt_describes_it(tmp_path: Path) -> None:
    toml = 'article_id = 7\ntitle = "نشست"\nsource = "آزمون"\npublished = 2024-05-01\ncollection = "t"\nmood = "x"\ntext = "نه"\n'
    write(tmp_path / "a.toml", toml)
    article = one(write(tmp_path / "a.txt", TEXT))
    assert article == dict.fromkeys(FIELDS, "") | {
        "article_id": "7",
        "title": "نشست",
        "source": "آزمون",
        "published": "2024-05-01",
        "collection": "t",
        "text": TEXT,
    }


def test_empty_toml_says_nothing(tmp_path: Path) -> None:
    write(tmp_path / "a.toml", "")
    assert one(write(tmp_path / "a.txt", TEXT))["article_id"] == "a"


@pytest.mark.parametrize("name", ["article_id", "doc_id", "id"])
def test_id_may_have_three_names(name: str, tmp_path: Path) -> None:
    assert one(write(tmp_path / "a.json", json.dumps({name: 12, "text": TEXT})))["article_id"] == "12"
    assert one(write(tmp_path / "a.csv", f"{name},text\n12,خبر\n"))["article_id"] == "12"


def test_labels_and_unknown_fields_never_get_in(tmp_path: Path) -> None:
    gold = {"doc_id": "a", "text": TEXT, "title": None, "speakers": [{"name": "کاوه"}], "sentences": [{"s": 0}]}
    assert one(write(tmp_path / "a.jsonl", json.dumps(gold))) == dict.fromkeys(FIELDS, "") | {
        "article_id": "a",
        "text": TEXT,
    }


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_of_any_common_separator(separator: str, tmp_path: Path) -> None:
    rows = [
        ["ID", " Text ", "published", "other"],
        ["1", '"خبر, ;\nدوم ""نقل"""', "2024-05-01", "x"],
        ["2", "سوم"],
        ["", ""],
    ]
    frame = read_articles([write(tmp_path / "a.csv", "\n".join(separator.join(row) for row in rows))])
    assert frame["text"].tolist() == ['خبر, ;\nدوم "نقل"', "سوم"]
    assert frame["article_id"].tolist() == ["1", "2"]
    assert frame["published"].tolist() == ["2024-05-01", ""]


def test_long_csv_cells_are_read(tmp_path: Path) -> None:
    assert len(one(write(tmp_path / "a.csv", "text\n" + "خبر " * 50_000))["text"]) == 200_000


def test_articles_without_an_id_get_a_stable_one(tmp_path: Path) -> None:
    first = read_articles([write(tmp_path / "a.jsonl", '{"text": "یک"}\n{"text": "دو"}\n')])["article_id"]
    again = read_articles([write(tmp_path / "b.csv", "text\nدو\nیک\n")])["article_id"]
    assert first.tolist() == again.tolist()[::-1]
    assert (
        first.tolist()
        == prepare_articles(read_articles([tmp_path / "b.csv"]).drop(columns="article_id"))["article_id"].tolist()[::-1]
    )


def test_folder_gives_its_articles_and_nothing_else(tmp_path: Path) -> None:
    taken = ["a.txt", "b/c.jsonl", "b/d.JSON", "b/e/articles.csv", "z.txt"]
    for name in taken:
        content = {"t": TEXT, "v": "text\nخبر"}.get(name[-1], json.dumps({"text": name}))
        write(tmp_path / name, content)
    left = [
        "README.md",
        "people.csv",
        "b/offices.csv",
        "b/statements.csv",
        "expected.jsonl",
        "photo.jpg",
        "orphan.toml",
    ]
    hidden = [".git/config.txt", ".notes.txt", "a.toml", "expected/seed.jsonl"]
    for name in [*left, *hidden]:
        write(tmp_path / name, "")
    listing = list_files([tmp_path])
    assert [str(path.relative_to(tmp_path)) for path in listing.files] == ["a.txt", "z.txt", *taken[1:4]]
    assert {str(path.relative_to(tmp_path)) for path in listing.left_out} == {*left, "expected"}
    assert len(read_articles([tmp_path])) == 5


def test_a_named_file_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    assert one(write(tmp_path / "expected.jsonl", json.dumps({"text": TEXT})))["text"] == TEXT


def test_a_file_that_several_paths_lead_to_is_read_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        write(tmp_path / name, name)
    frame = read_articles([tmp_path / "b.txt", tmp_path, tmp_path / "." / "a.txt"])
    assert frame["article_id"].tolist() == ["b", "a"]


def test_batches_hold_what_was_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", "\n".join(json.dumps({"id": i, "text": f"خبر {i}"}) for i in range(5)))
    frames = list(iter_articles([path], batch=2))
    assert [frame["article_id"].tolist() for frame in frames] == [["0", "1"], ["2", "3"], ["4"]]


def test_batches_come_before_the_file_is_read_to_its_end(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"text": "یک"}\n{"text": "دو"}\nنه\n')
    frames = iter_articles([path], batch=2)
    assert len(next(frames)) == 2
    with pytest.raises(InputError, match="line 3"):
        next(frames)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, ""),
        ("", ""),
        (float("nan"), ""),
        (dt.date(2024, 5, 1), "2024-05-01"),
        (dt.datetime(2024, 5, 1, 10, 30), "2024-05-01T10:30:00"),
        (" 2024-05-01 ", "2024-05-01"),
        ("2024/5/1", "2024-05-01"),
        ("2024-05", "2024-05"),
        ("2024-05-01 10:30", "2024-05-01T10:30:00"),
        ("2024-05-01T07:00:00Z", "2024-05-01T07:00:00+00:00"),
        ("2024-05-01T10:30:00+03:30", "2024-05-01T10:30:00+03:30"),
        ("1403-02-12", "2024-05-01"),
        ("۱۴۰۳/۰۲/۱۲", "2024-05-01"),
        ("۱۴۰۳/۲/۱۲ ۱۰:۳۰", "2024-05-01T10:30:00"),
    ],
)
def test_dates_in_both_calendars(given: object, expected: str) -> None:
    assert iso_time(given) == expected


@pytest.mark.parametrize(
    "given",
    ["now", "2024", "1403-02", "2024-13-01", "2024-05/01", "0001-01-01", "9999-12-31", "2024-05-01T25:00", 2024, True],
)
def test_no_dates(given: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        iso_time(given)


@pytest.mark.parametrize(("given", "precision"), [("1403-02-12", "day"), ("2024-05-01T10:30", "time"), ("", "none")])
def test_precision_survives_the_reading(given: str, precision: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", json.dumps({"text": TEXT, "published": given}))
    assert prepare_articles(read_articles([path]))["published_precision"].tolist() == [precision]

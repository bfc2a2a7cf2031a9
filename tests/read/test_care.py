"""What may harm is turned away with its reason, whatever its headers say; nothing else is stopped by it."""

from __future__ import annotations

import io
import stat
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some
from reading import OTHER, TEXT, found, packed, parquet, pdf, refused, telegram, word, write

from analysis.read.items import Item, Rejected
from analysis.read.limits import KIB, LIMITS, MIB
from analysis.read.sources import KINDS, read

SMALL = replace(LIMITS, ratio_from=64 * KIB, ratio=50, unpacked_bytes=2 * MIB, members=60, depth=2, document_bytes=MIB)
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def test_a_bomb_is_stopped_and_the_rest_is_read(tmp_path: Path) -> None:
    bomb = packed({"a.txt": TEXT, "b.txt": "خ" * MIB, "c.txt": OTHER})
    items, rejected = found(write(tmp_path / "a.zip", bomb), SMALL)
    assert [item.article["text"] for item in items] == [TEXT, OTHER]
    assert [(one.code, one.where.rpartition(" ")[2]) for one in rejected] == [("too_large", "b.txt")]


def test_sizes_in_headers_are_not_believed(tmp_path: Path) -> None:
    made = bytearray(packed({"b.txt": b"a" * MIB}))
    central = made.index(b"PK\x01\x02")
    for place in (22, central + 24):  # Both say that ten bytes come out.
        made[place : place + 4] = (10).to_bytes(4, "little")
    assert refused(write(tmp_path / "a.zip", bytes(made)), SMALL).code in {"too_large", "damaged"}


def test_many_small_bombs_are_one(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {f"{number}.txt": f"{number}" + "a" * 60 * KIB for number in range(9)}
    _, rejected = found(write(tmp_path / "a.zip", packed(members)), replace(SMALL, unpacked_bytes=256 * KIB))
    assert [one.code for one in rejected] == ["too_large"] and "the archive unpacks" in rejected[0].reason


def test_archives_in_one_another(tmp_path: Path) -> None:
    one = packed({"a.txt": TEXT})
    two = packed({"one.zip": one, "b.txt": OTHER})
    assert len(found(write(tmp_path / "two.zip", two), SMALL)[0]) == 2
    items, rejected = found(write(tmp_path / "three.zip", packed({"two.zip": two})), SMALL)
    assert [item.article["text"] for item in items] == [OTHER]
    assert [(one.code, one.where.rpartition(" ")[2]) for one in rejected] == [("too_many", "one.zip")]
    nested = packed({"x.zip": packed({f"{number}.txt": TEXT for number in range(9)}), "a.txt": TEXT, "b.txt": TEXT})
    assert [one.code for one in found(write(tmp_path / "many.zip", nested), replace(SMALL, members=10))[1]] == [
        "too_many"
    ]


def test_a_snapshot_in_a_folder_is_not_read_as_articles(tmp_path: Path) -> None:
    write(tmp_path / "news.txt", TEXT)
    write(
        tmp_path / "taken.zip",
        packed({"statements.csv": "text", "datapackage.json": "{}", "tables/articles.csv": "text\nx"}),
    )
    found = list(read([tmp_path]))
    assert [item.article["text"] for item in found if isinstance(item, Item)] == [TEXT]
    (left,) = (item for item in found if isinstance(item, Rejected))
    assert left.code == "left_out" and "by itself" in left.reason and "taken.zip" in left.reason


def test_names_that_lead_astray(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("../up.txt", "/root.txt", "C:\\x.txt", "a/../../b.txt", "same.txt"):
            archive.writestr(name, TEXT)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("same.txt", OTHER)
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("خبر.txt", OTHER)
    data = bytearray(made.getvalue())
    for sign, place in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        # A name in UTF-8 that is not marked as such, as many programs write it.
        data[data.rindex(sign) + place] &= ~8
    items, rejected = found(write(tmp_path / "a.zip", bytes(data)))
    assert sorted(item.where.rpartition(", ")[2] for item in items) == ["same.txt", "خبر.txt"]
    assert sorted(one.code for one in rejected) == ["left_out", *["unsafe"] * 5]
    assert not (tmp_path.parent / "up.txt").exists()


def test_a_locked_archive(tmp_path: Path) -> None:
    made = bytearray(packed({"a.txt": TEXT}))
    made[6] |= 1
    made[made.index(b"PK\x01\x02") + 8] |= 1
    assert refused(write(tmp_path / "a.zip", bytes(made))).code == "encrypted"


@pytest.mark.parametrize("name", ["word/document.xml", "docProps/core.xml", "_rels/.rels"])
def test_word_with_entities_is_refused(name: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(word(TEXT))) as package:
        parts = {part: package.read(part) for part in package.namelist()}
    end = parts[name].index(b"?>") + 2
    parts[name] = parts[name][:end] + b"<!--" + b" " * 9000 + b"-->" + ENTITIES.encode() + parts[name][end:]
    assert refused(write(tmp_path / "a.docx", packed(parts))).code == "unsafe"


def test_word_documents_that_are_none(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(word(TEXT))) as package:
        parts: dict[str, str | bytes] = {part: package.read(part) for part in package.namelist()}
    codes = {}
    for name, data in {
        "bomb": packed({**parts, "word/media/a.png": b"a" * 3 * MIB}),
        "cut": word(TEXT)[:5000],
        "zip": packed({"a.txt": TEXT}),
        "blank": word(),
        "locked": b"\xd0\xcf\x11\xe0" + b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
        "old": b"\xd0\xcf\x11\xe0" + b"x" * 100,
        "empty": b"",
    }.items():
        codes[name] = refused(write(tmp_path / f"{name}.docx", data), SMALL).code
    assert codes == {
        "bomb": "too_large",
        "cut": "damaged",
        "zip": "damaged",
        "blank": "no_article",
        "locked": "encrypted",
        "old": "damaged",
        "empty": "empty",
    }


def test_feeds_with_entities_are_refused(tmp_path: Path) -> None:
    assert refused(write(tmp_path / "a.xml", f"{ENTITIES}<rss version='2.0'><channel/></rss>")).code == "unsafe"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.txt", TEXT * 99, "too_large"),
        ("a.jsonl", '{"text": "' + "خ" * 9000 + '"}', "too_large"),
        ("a.json", '[{"text": "' + "خ" * 9000 + '"}]', "too_large"),
        ("a.csv", 'text\n"' + "خ\n" * 9000, "too_large"),
        ("a.csv", "text," * 101 + "\nx", "too_many"),
        ("a.parquet", parquet([{"text": "خ" * 9000}]), "too_large"),
        ("a.parquet", parquet([{"body": TEXT}]), "bad_record"),
        ("a.parquet", parquet([{"text": TEXT}])[:-9], "damaged"),
        ("a.json", "[" * 100_000, "damaged"),
        ("a.jsonl", "9" * 4500, "bad_record"),
        ("a.zip", b"PK\x03\x04", "damaged"),
        ("a.zip", b"", "empty"),
    ],
)
def test_each_limit_has_its_reason(name: str, content: str | bytes, code: str, tmp_path: Path) -> None:
    limits = replace(LIMITS, file_bytes=16 * KIB, record_bytes=8 * KIB, cells=100)
    assert refused(write(tmp_path / name, content), limits).code == code


SEEDS = [
    TEXT.encode(),
    TEXT.encode("utf-16"),
    f'[{{"text": "{OTHER}"}}]'.encode(),
    telegram([{"id": 1, "type": "message", "text": OTHER}, {"type": "service"}]).encode(),
    f'id,text\n1,"{OTHER}"\n'.encode(),
    parquet([{"text": OTHER}]),
    word(OTHER),
    packed({"a.txt": OTHER, "b.json": "[]"}),
    pdf(),
]


@given(
    some.sampled_from(KINDS),
    some.one_of(some.binary(max_size=200), some.sampled_from(SEEDS)),
    some.lists(some.tuples(some.integers(0, 1 << 16), some.binary(min_size=1, max_size=4)), max_size=4),
    some.integers(0, 3),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(".json", b"{", [], 0)
@example(".zip", packed({"a.zip": packed({"a.zip": b"x"})}), [], 0)
def test_no_bytes_raise(tmp_path: Path, kind: str, data: bytes, changes: list[tuple[int, bytes]], cut: int) -> None:
    changed = bytearray(data)
    for place, new in changes:
        at = place % (len(changed) + 1)
        changed[at : at + len(new)] = new
    path = write(tmp_path / f"a{kind}", bytes(changed[: len(changed) - cut * len(changed) // 8]))
    items, rejected = found(path, SMALL)
    assert items or rejected

"""What the tests of reading share: invented articles, and files of every kind made of them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path

import docx
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.read.items import REASONS, Item, Rejected
from analysis.read.limits import LIMITS, Limits
from analysis.read.records import FIELDS
from analysis.read.sources import read

TEXT = (
    "کاوه مهرآیین، وزیر امور خارجه ایران، در نشست خبری گفت: «ما از گفت‌وگو با همسایگان استقبال می‌کنیم.»\n"
    "وی تأکید کرد که تحریم‌های آمریکا باید برداشته شود و ۲۵ کشور با این خواسته همراه‌اند."
)
OTHER = "سپیده نیک‌روز، نماینده مجلس، پیشنهاد کرد که گفت‌وگوها در بندر نیلوفر از سر گرفته شود."


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def packed(members: dict[str, str | bytes]) -> bytes:
    """A .zip of some members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def word(*lines: str, title: str = "", heading: str = "") -> bytes:
    """A .docx."""
    document, made = docx.Document(), io.BytesIO()
    document.core_properties.title = title
    if heading:
        document.add_heading(heading, 1)
    for line in lines:
        document.add_paragraph(line)
    document.save(made)
    return made.getvalue()


def parquet(rows: list[dict[str, object]]) -> bytes:
    """A .parquet."""
    made = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), made)
    return made.getvalue()


def pdf(content: str = "", trailer: str = "", pages: int = 1) -> bytes:
    """A PDF without letters."""
    kids = " ".join(f"{number + 3} 0 R" for number in range(pages))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {pages}>>"]
    objects += [f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]{content}>>"] * pages
    made, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj{one}endobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R{trailer}>>startxref\n{len(made)}\n%%EOF"
    return made + end.encode()


def telegram(messages: list[object], **chat: object) -> str:
    """What Telegram Desktop writes."""
    return json.dumps(
        {"name": "خبرگزاری آزمون", "type": "public_channel", "id": 12, **chat, "messages": messages},
        ensure_ascii=False,
        indent=1,
    )


def found(inputs: Iterable[str | Path] | Path, limits: Limits = LIMITS) -> tuple[list[Item], list[Rejected]]:
    """What was read and what was turned away, after a look at the shape of both."""
    items, rejected = [], []
    for one in read([inputs] if isinstance(inputs, Path) else inputs, limits=limits):
        if isinstance(one, Item):
            assert set(one.article) == set(FIELDS) and all(isinstance(value, str) for value in one.article.values())
            assert one.article["text"].strip() and one.original.data and one.original.reader
            items.append(one)
        else:
            assert one.code in REASONS and "\n" not in one.reason and one.reason.endswith("."), one
            rejected.append(one)
    return items, rejected


def only(path: Path, limits: Limits = LIMITS) -> Item:
    items, rejected = found(path, limits)
    assert len(items) == 1 and not rejected, rejected
    return items[0]


def refused(path: Path, limits: Limits = LIMITS) -> Rejected:
    items, rejected = found(path, limits)
    assert not items and len(rejected) == 1, (items, rejected)
    return rejected[0]

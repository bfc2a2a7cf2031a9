"""How sure a statement is: more where the text says plainly who speaks, less where that is carried on."""

from __future__ import annotations

import pandas as pd

from analysis.extract.confidence import Evidence, confidences, evidence
from analysis.extract.document import read_document
from analysis.extract.pipeline import extract, read_statements
from analysis.lexicon import load

TEXT = (
    "کاوه مهرآیین، سخنگوی وزارت خارجه ایران، گفت: «ما با تحریم‌ها مخالفیم.»\n"
    "وی افزود: ما برای گفت‌وگو آماده‌ایم.\n"
    "ما از همسایگان خود انتظار همکاری داریم.\n"
    "ما این راه را ادامه می‌دهیم.\n"
    "یک منبع آگاه در گفت‌وگو با خبرنگاران پس از دیدار کاوه مهرآیین با سفیران همسایه گفت که نشست بعدی در مسقط برگزار می‌شود."
)


def read(text: str) -> list[tuple[str, Evidence, float]]:
    """The statements of a text, what speaks for each, and how sure each is."""
    document = read_document(text, load())
    statements = read_statements(document, "a")
    texts = [text[s.start : s.stop] for s in statements]
    return list(zip(texts, evidence(document, statements), confidences(document, statements), strict=True))


def test_a_named_speaker_is_surer_than_one_who_is_carried_on() -> None:
    found = {text.split()[0]: sure for text, _, sure in read(TEXT)}
    assert found["کاوه"] > 0.85
    assert found["کاوه"] > found["ما"]


def test_the_evidence_is_what_the_rules_saw() -> None:
    first, second, third, fourth, last = (one for _, one, _ in read(TEXT))
    assert {"rule verb", "form direct", "basis name", "verb by name", "speaker person", "quotation marks"} <= set(first)
    assert "basis pronoun" in second and "quotation marks" not in second
    assert "sentences since the speaker was named" not in second
    assert third["sentences since the speaker was named"] < fourth["sentences since the speaker was named"]
    assert fourth["goes on in a new paragraph"] == 1
    assert "speaker anonymous" in last and "letters between speaker and cue" in last
    assert last["others between speaker and cue"] > 0  # the spokesperson
    assert "others between speaker and cue" not in first  # only the speaker's own title


def test_narration_between_is_told() -> None:
    text = "کاوه مهرآیین گفت: ما آماده‌ایم.\nدر این نشست سفیران سه کشور نیز حضور داشتند.\nمهرآیین: ما صبر می‌کنیم.\nما منتظریم."
    found = [one for _, one, _ in read(text)]
    assert all("goes on after narration" not in one for one in found[:2])


def test_no_text_is_without_a_probability() -> None:
    for text in ("او گفت:", "«", "گفت", "وی گفت: «", "کاوه مهرآیین: ", TEXT * 3):
        assert all(0 <= sure <= 1 for _, _, sure in read(text))


def test_an_article_is_as_sure_alone_as_among_others() -> None:
    alone = extract(pd.DataFrame({"article_id": ["a"], "text": [TEXT]})).statements
    among = extract(pd.DataFrame({"article_id": ["b", "a"], "text": [TEXT[:80], TEXT]})).statements
    assert among.loc[among["article_id"] == "a", "confidence"].tolist() == alone["confidence"].tolist()
    assert alone["confidence"].nunique() > 2

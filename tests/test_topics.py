"""The topic code book and what it makes of sentences of our own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from analysis import lexicon
from analysis.config import DATA
from analysis.errors import DataError
from analysis.extract.document import Document, read_document
from analysis.extract.mentions import Mention, find_mentions
from analysis.extract.topics import Score, TopicReader, code_topics
from analysis.lexicon import Lexicon, codebook
from analysis.lexicon.codebook import CodeBook
from analysis.lexicon.matcher import Matcher

TOPICS = """topic_id,label_fa,label_en,directed,for_fa,for_en,about_fa,about_en
sanctions,تحریم‌ها,Sanctions,yes,اعمال,imposing,تحریم,sanctions
use_of_force,زور,Force,yes,حمله,attack,جنگ,war
iraq,عراق,Iraq,no,,,عراق,Iraq
bilateral_ties,روابط,Ties,yes,نزدیکی,closer,روابط,relations
trade_energy,تجارت,Trade,yes,مبادله,exchange,نفت,oil
"""
TERMS = """topic_id,term,weight,with,unless,note
sanctions,تحریم,3,,تحریم انتخابات,
sanctions,فشار,1,,,
use_of_force,جنگ,3,,جنگ سرد|کنفرانس تاریخ,
use_of_force,حمله,2,,,
use_of_force,حمله نظامی,3,,,
use_of_force,ارتش,1,,,
use_of_force,سرباز,1,,,
iraq,country:IQ,1,,,
iraq,انفجار,2,country:IQ,,
bilateral_ties,روابط,2,,,
bilateral_ties,countries:2,1,روابط|سفر,,two states and a word for ties
trade_energy,نفت,3,,,
trade_energy,گاز,2,,,
"""
WEIGHTS = """[topic]
bias = -3.0
"term of weight 3" = 4.0
"term of weight 2" = 2.2
"term of weight 1" = 1.0
"more of weight 3" = 2.0
"more of weight 2" = 1.5
"more of weight 1" = 1.0
"others" = -0.5
"silent, others" = -1.0
"silent, share" = 1.0
"silent, shortly before" = 4.0
"share" = 1.0
"shortly before" = 4.0
"""
OFFICIAL = """nuclear_deal nuclear_programme sanctions bilateral_ties trade_energy use_of_force negotiation palestine
ukraine syria iraq yemen afghanistan lebanon caucasus persian_gulf caspian terrorism arms human_rights detainees
multilateral migration environment culture_health domestic_politics"""
UNDIRECTED = "ukraine syria iraq yemen afghanistan lebanon caucasus persian_gulf caspian domestic_politics"

type Reader = Callable[[str], Document]


def write(folder: Path, terms: str = TERMS, topics: str = TOPICS) -> Path:
    (folder / "topics.csv").write_text(topics, "utf-8")
    (folder / "terms.csv").write_text(terms, "utf-8")
    (folder / "weights.toml").write_text(WEIGHTS, "utf-8")
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Reads a text with the little code book above and nothing else."""
    book = codebook.load(write(tmp_path_factory.mktemp("codebook")))

    class Words:
        codebook = book
        matcher = Matcher(book.entries())

    return lambda text: read_document(text, cast(Lexicon, Words()))


@pytest.fixture(scope="module")
def book() -> CodeBook:
    return codebook.load(DATA / "codebook")


def codes(document: Document, start: int, stop: int, mentions: list[Mention] | None = None) -> list[str]:
    return [c.topic_id for c in code_topics(document, start, stop, mentions or [])]


def sole(document: Document, mentions: list[Mention] | None = None) -> list[str]:
    return codes(document, 0, len(document.text), mentions)


# What the small code book does with a statement's own words.


def candidates(text: str, read: Reader, mentions: list[Mention] | None = None) -> dict[str, Score]:
    return {s.topic_id: s for s in TopicReader(read(text), mentions or []).explain(0, len(text))}


def test_a_term_of_weight_three_decides_and_its_span_is_the_evidence(small: Reader) -> None:
    text = "آرمان نیک‌روش گفت تحریم‌ها باید برداشته شود."
    (code,) = code_topics(small(text), 0, len(text), [])
    assert (code.topic_id, code.rank, text[code.start : code.stop]) == ("sanctions", 1, "تحریم")


def test_a_stray_hint_is_no_topic(small: Reader) -> None:
    assert sole(small("بهرام سروش گفت زیر فشار کار نمی‌کنیم.")) == []
    assert sole(small("ارتش در خدمت مردم است.")) == []


def test_two_hints_suffice_where_nothing_else_tells_a_topic(small: Reader) -> None:
    assert sole(small("ارتش زیر فشار نیست.")) == []  # one hint each of two topics
    assert sole(small("ارتش به سرباز خود نیاز دارد.")) == ["use_of_force"]


def test_a_strong_term_suffices_alone_and_comes_after_one_that_decides(small: Reader) -> None:
    assert sole(small("کیوان مهرپور بهای گاز را منصفانه خواند.")) == ["trade_energy"]
    assert sole(small("کیوان مهرپور از گاز و تحریم گفت."))[0] == "sanctions"


def test_of_overlapping_terms_the_longest_counts_once(small: Reader) -> None:
    (evidence,) = candidates("حمله نظامی", small)["use_of_force"].evidence
    assert evidence.term.term == "حمله نظامی"


def test_a_repeated_term_is_one_piece_of_evidence(small: Reader) -> None:
    (evidence,) = candidates("نفت، نفت، نفت و باز هم نفت", small)["trade_energy"].evidence
    assert len(evidence.spans) == 4


def test_what_speaks_for_a_topic_is_named(small: Reader) -> None:
    score = candidates("ایران از تحریم نفت و گاز گفت.", small)
    assert (
        score["trade_energy"].features.items()
        >= {
            "term of weight 3": 1,
            "more of weight 2": 1,
            "others": 1,
            "trade_energy beside sanctions": 1,
        }.items()
    )
    assert score["sanctions"].probability < score["trade_energy"].probability


def test_a_term_may_be_left_out_to_see_what_it_does(small: Reader) -> None:
    document = small("او از تحریم گفت.")
    reader = TopicReader(document, [])
    (term,) = (one.term for one in reader.evidence(0, len(document.text)))
    assert reader.code(0, len(document.text), without=term) == []


def test_unless_hides_the_longer_phrase_only_where_it_stands(small: Reader) -> None:
    assert sole(small("او از تحریم انتخابات سخن گفت.")) == []
    assert sole(small("او از تحریم انتخابات و تحریم بانک‌ها سخن گفت.")) == ["sanctions"]
    assert sole(small("دوران جنگ سرد گذشته است.")) == []


def test_unless_without_the_term_silences_it_anywhere_in_the_statement(small: Reader) -> None:
    assert sole(small("در کنفرانس تاریخ دربارهٔ ریشه‌های جنگ بحث شد.")) == []


def test_company_is_needed(small: Reader) -> None:
    text = "انفجار در بغداد چند زخمی داشت."
    assert sole(small(text)) == []
    assert sole(small(text), [Mention("country", "IQ", 10, 15)]) == ["iraq"]


def test_a_reference_to_mentions_counts_only_inside_the_statement(small: Reader) -> None:
    text = "انفجار رخ داد. بغداد آرام است."
    mentions = [Mention("country", "IQ", 15, 20)]
    assert codes(small(text), 0, 14, mentions) == []


def test_two_states_are_ties_only_with_a_word_for_ties(small: Reader) -> None:
    states = [Mention("country", "IR", 0, 5), Mention("country", "OM", 8, 12)]
    found = candidates("ایران و عمان روابط خوبی دارند.", small, states)["bilateral_ties"].evidence
    assert [e.term.term for e in found] == ["روابط", "countries:2"]
    assert sole(small("ایران و عمان در یک گروه بازی می‌کنند."), states) == []


def test_the_foremost_topic_ranks_first_and_three_are_the_most(small: Reader) -> None:
    text = "جنگ و حمله نظامی ارتش، تحریم، نفت و روابط و سفر"
    ranked = code_topics(small(text), 0, len(text), [Mention("country", "IQ", 0, 3), Mention("country", "IR", 4, 5)])
    assert [c.rank for c in ranked] == [1, 2, 3]
    assert ranked[0].topic_id == "use_of_force"


def test_side_issues_come_last(small: Reader) -> None:
    text = "جنگ، حمله نظامی، حمله و ارتش؛ و نیز گاز"
    assert sole(small(text))[0] == "use_of_force"


# What the article adds.


def test_a_statement_without_terms_goes_on_with_its_article(small: Reader) -> None:
    text = "تحریم‌ها ظالمانه است. این روند پایان می‌یابد."
    start = text.index("این")
    (code,) = code_topics(small(text), start, len(text), [])
    assert (code.topic_id, code.start, code.stop) == ("sanctions", start, len(text))


def test_a_far_mention_in_a_long_article_is_not_enough(small: Reader) -> None:
    text = "نفت گران شد. " + "هوا خوب بود. " * 8 + "این روند پایان می‌یابد."
    assert codes(small(text), text.index("این روند"), len(text)) == []


def test_hints_are_heard_after_a_sentence_on_their_topic(small: Reader) -> None:
    text = "جنگ آغاز شد. ارتش آماده است."
    assert codes(small(text), text.index("ارتش"), len(text)) == ["use_of_force"]


def test_what_was_said_further_off_counts_less(small: Reader) -> None:
    text = "جنگ آغاز شد. هوا خوب بود. هوا بد بود."
    reader = TopicReader(small(text), [])
    places = (text.index("هوا"), len(text) - 12)
    near, far = (reader.explain(at, at + 12)[0].features["silent, shortly before"] for at in places)
    assert near > far > 0
    (itself,) = reader.explain(0, 12)
    assert not {"shortly before", "shortly after"} & set(itself.features)


def test_the_article_alone_puts_no_topic_beside_one_that_the_statement_names(small: Reader) -> None:
    text = "تحریم‌ها ظالمانه است. تحریم نتیجه ندارد. او از نفت گفت."
    assert codes(small(text), text.index("او از"), len(text)) == ["trade_energy"]


def test_own_words_outweigh_the_article(small: Reader) -> None:
    text = "تحریم‌ها ظالمانه است. تحریم نتیجه ندارد. او از نفت گفت که نفت و گاز ارزان شد."
    assert codes(small(text), text.index("او از"), len(text))[0] == "trade_energy"


# The files.


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("sport,فوتبال,3,,,", "sport"),
        ("sanctions,بلوکه,زیاد,,,", "weight"),
        ("sanctions,تحریم,2,,,", "line 2"),
        ("sanctions,تحريم,2,,,", "line 2"),
        ("sanctions,,2,,,", "term"),
        ("sanctions,«»,2,,,", "no letter"),
        ("sanctions,بلوکه|مسدود,2,,,", "several"),
        ("sanctions,state:IR,2,,,", "state:IR"),
        ("sanctions,بلوکه,2,,country:IR,", "unless"),
        ("sanctions,بلوکه,2", "cells"),
    ],
)
def test_a_bad_line_is_named_with_file_and_remedy(tmp_path: Path, line: str, problem: str) -> None:
    with pytest.raises(DataError) as caught:
        codebook.load(write(tmp_path, TERMS + line + "\n"))
    message = str(caught.value)
    assert "terms.csv" in message and str(TERMS.count("\n") + 1) in message and problem in message


def test_weights_without_the_model_are_named(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "weights.toml").write_text("[other]\nbias = 1\n", "utf-8")
    with pytest.raises(DataError, match=r"weights.toml.*\[topic\]"):
        codebook.load(tmp_path)


def test_a_directed_topic_must_say_what_for_means(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="directed"):
        codebook.load(write(tmp_path, topics=TOPICS + "arms,سلاح,Arms,yes,,,سلاح,arms\n"))


def test_the_code_book_holds_the_agreed_topics_in_their_order(book: CodeBook) -> None:
    assert list(book.topics) == OFFICIAL.split()
    assert {t for t, row in book.topics.items() if row["directed"] == "no"} == set(UNDIRECTED.split())


def test_every_topic_has_terms_that_decide(book: CodeBook) -> None:
    deciding = {t.topic_id for t in book.terms.values() if t.weight == 3}
    assert deciding == set(OFFICIAL.split())


def test_every_weight_is_one_that_the_reader_can_ask_for(book: CodeBook) -> None:
    text = "جنگ و تحریم نفت و برجام. گاز ارزان شد. تحریم سخت است، تحریم. تحریم و جنگ بد است. دیدار خوب بود."
    document = read_document(text, lexicon.load())
    reader = TopicReader(document, find_mentions(document))
    spans = [(s.start, s.stop) for s in document.sentences]
    known = {name for span in spans for score in reader.explain(*span) for name in score.features}
    apart = ("topic ", " beside ", ", weight ", ": ")  # of a topic or a term that this text does not hold
    asked = {name for name in book.weights.features if not any(part in name for part in apart)}
    assert asked - known <= {"more of weight 1", "more of weight 2", "more of weight 3"}


def test_references_name_known_entities(book: CodeBook) -> None:
    places = lexicon.places.load(DATA / "lexicon")
    known = {"country": places.countries, "region": places.regions, "organisation": places.organisations}
    for term in book.terms.values():
        for reference in filter(codebook.is_reference, (term.term, *term.company)):
            kind, _, what = reference.partition(":")
            assert what.isdigit() if kind == "countries" else what in known[kind], reference


# The delivered code book on sentences of our own; every speaker is invented.

GOOD = [
    ("آرمان نیک‌روش گفت: احیای برجام در گرو لغو همه تحریم‌هاست.", {"nuclear_deal", "sanctions"}),
    ("به گفته سارا فرهمند، بازرسان آژانس از تأسیسات غنی‌سازی بازدید کردند.", {"nuclear_programme"}),
    ("کیوان مهرپور خواستار آزادسازی دارایی‌های بلوکه‌شده در بانک‌های خارجی شد.", {"sanctions"}),
    ("سفیر جدید برزیل استوارنامه خود را تقدیم کرد و خواهان گسترش روابط دو کشور شد.", {"bilateral_ties"}),
    ("بهرام سروش صادرات گاز و حجم مبادلات تجاری را رو به رشد خواند.", {"trade_energy"}),
    ("نرگس کاویانی حمله هوایی به مناطق مسکونی را تجاوز آشکار دانست.", {"use_of_force"}),
    ("او از میانجی‌گری برای برقراری آتش‌بس و از سرگیری گفت‌وگوهای صلح استقبال کرد.", {"negotiation"}),
    ("نرگس کاویانی محاصره نوار غزه و شهرک‌سازی در کرانه باختری را محکوم کرد.", {"palestine"}),
    ("وی گفت امنیت کشتیرانی در تنگه هرمز بر عهده کشورهای ساحلی است.", {"persian_gulf"}),
    ("آرمان نیک‌روش گفت کریدور زنگزور نباید مرز ایران و ارمنستان را ببندد.", {"caucasus"}),
    ("سارا فرهمند گفت حقابه ایران از هیرمند باید پرداخت شود.", {"environment"}),
    ("بهرام سروش از تبادل زندانیان و آزادی شهروندان بازداشت‌شده خبر داد.", {"detainees"}),
    ("او عضویت کامل در سازمان همکاری شانگهای را گامی بزرگ نامید.", {"multilateral"}),
    ("نرگس کاویانی سرکوب معترضان و نقض حقوق بشر را نکوهش کرد.", {"human_rights"}),
    ("به گفته وی طالبان باید دولت فراگیر تشکیل دهد.", {"afghanistan"}),
    ("کیوان مهرپور گفت برنامه موشکی و توان دفاعی کشور قابل گفت‌وگو نیست.", {"arms"}),
    ("وی گفت داعش و دیگر گروه‌های تکفیری با بمب‌گذاری انتحاری مردم را می‌کشند.", {"terrorism"}),
    ("سارا فرهمند از اهدای یک میلیون دز واکسن کرونا قدردانی کرد.", {"culture_health"}),
    ("او گفت نامزدهای انتخابات ریاست جمهوری تا پایان هفته معرفی می‌شوند.", {"domestic_politics"}),
    ("بهرام سروش خواستار بازگشت داوطلبانه پناهندگان و صدور روادید شد.", {"migration"}),
    ("وی رژیم حقوقی دریای خزر را نیازمند توافق پنج کشور دانست.", {"caspian"}),
    ("به گفته او جنگ اوکراین بازار غلات جهان را بر هم زده است.", {"ukraine"}),
    ("کیوان مهرپور گفت حشد شعبی بخشی از نیروهای مسلح عراق است.", {"iraq"}),
    ("نرگس کاویانی گفت بازسازی سوریه و بازگشت آوارگان سوری نیازمند کمک جهانی است.", {"syria"}),
    ("آرمان نیک‌روش گفت محاصره یمن و بندر الحدیده باید برداشته شود.", {"yemen"}),
    ("وی گفت حزب‌الله لبنان بخشی از ملت لبنان است.", {"lebanon"}),
    ("کیوان مهرپور گفت دو دیپلمات خارجی فردا اخراج می‌شوند.", {"bilateral_ties"}),
    ("او گفت کشورش سفیر خود را برای مشورت فراخوانده است.", {"bilateral_ties"}),
    ("سارا فرهمند گفت به همکاری ایران و عمان باور دارد.", {"bilateral_ties"}),
    ("نرگس کاویانی خبر دیدار مقام‌های ایران و ژاپن را درست ندانست.", {"bilateral_ties"}),
    ("آرمان نیک‌روش از ادامه مذاکرات و لغو تحریم‌ها سخن گفت.", {"negotiation", "sanctions"}),
    ("او خواستار خویشتن‌داری دو طرف و حل مناقشه شد.", {"negotiation"}),
    ("بهرام سروش گفت ماهیگیران ایرانی از زندان آزاد شدند.", {"detainees"}),
    ("وی گفت تبادل چند تن از زندانیان دو کشور نزدیک است.", {"detainees"}),
    ("سارا فرهمند گفت بازگشت مهاجران به کشورشان باید داوطلبانه باشد.", {"migration"}),
    ("به گفته او روزنامه‌نگاران را بی‌دلیل بازداشت می‌کنند.", {"human_rights"}),
    ("نرگس کاویانی تصویب قطعنامه در مجمع عمومی را ستود.", {"multilateral"}),
    ("کیوان مهرپور گفت وضع سوریه و افغانستان نگران‌کننده است.", {"syria", "afghanistan"}),
    ("او گفت نبطیه و بعلبک هنوز ویران است.", {"lebanon"}),
]


@pytest.mark.parametrize(("text", "expected"), GOOD)
def test_sentences_of_our_own(text: str, expected: set[str]) -> None:
    document = read_document(text, lexicon.load())
    assert expected <= set(codes(document, 0, len(text), find_mentions(document)))


BAD = [
    ("تیم ملی کشتی آزاد امروز به میدان می‌رود.", "persian_gulf"),
    ("مسعود پزشکیان امروز سخنرانی کرد.", "culture_health"),
    ("این جایزه در یکم دسامبر میلادی اهدا شد.", "multilateral"),
    ("دبیر شورای عالی امنیت ملی امروز سخن گفت.", "multilateral"),
    ("او در گفت‌وگو با خبرنگاران از هوای خوب تهران گفت.", "negotiation"),
    ("حجم باران امسال کم بود.", "culture_health"),
    ("فرماندهان جنگ نرم گرد هم آمدند.", "use_of_force"),
    ("هواپیمای اوکراینی در راه بود که بوئینگ دیگری رسید.", "ukraine"),
    ("او در رابطه با برنامه فردا سخن گفت.", "bilateral_ties"),
    ("امیر ایروانی فردا سخنرانی می‌کند.", "caucasus"),
    ("رضا نجفی فردا سخنرانی می‌کند.", "iraq"),
    ("بهرام نصراللهی فردا سخنرانی می‌کند.", "lebanon"),
    ("مینا مهاجرانی گفت هوا سرد است.", "migration"),
    ("او رسیدگی به بقاع متبرکه را لازم دانست.", "lebanon"),
    ("رئیس دیوان محاسبات امروز گزارش داد.", "multilateral"),
    ("وی جنگ فرسایشی را بی‌سرانجام خواند.", "environment"),
    ("باشگاه خبرنگاران از او پرسید.", "culture_health"),
    ("او در گفت‌وگو با خبرگزاری از تورم گفت.", "negotiation"),
    ("وزیر جنگ امروز سخنرانی کرد.", "use_of_force"),
    ("یک نماینده مجلس گفت تحریم‌ها ظالمانه است.", "domestic_politics"),
    ("یک سناتور گفت پایان آتش‌بس نزدیک است.", "domestic_politics"),
]


@pytest.mark.parametrize(("text", "unwanted"), BAD)
def test_look_alikes(text: str, unwanted: str) -> None:
    document = read_document(text, lexicon.load())
    assert unwanted not in codes(document, 0, len(text), find_mentions(document))

"""Positions: each rule with sentences in which it must and must not fire. The speakers are invented."""

from pathlib import Path

import numpy as np
import pytest

from analysis.errors import DataError
from analysis.extract.candidates import CandidateReader
from analysis.extract.document import read_document
from analysis.extract.mentions import find_mentions
from analysis.extract.positions import Stand, find_positions
from analysis.lexicon import load, stance, weights
from tools import fit_positions
from tools.fit import write

BOTH_TIES = {"bilateral_ties": "for", "trade_energy": "for"}


def positions(text: str, topics: str = "", country: str = "", relay: str = "") -> list[Stand]:
    document = read_document(text, load())
    span = (text.index(relay), text.index(relay) + len(relay)) if relay else None
    mentions = find_mentions(document)
    return find_positions(document, 0, len(text), mentions, topics.split(), own=frozenset(country.split()), relay=span)


def coded(text: str, topics: str = "", country: str = "") -> dict[str, str]:
    return {stand.target.removeprefix("topic:"): stand.stance for stand in positions(text, topics, country)}


@pytest.mark.parametrize(
    ("text", "topics", "expected"),
    [
        # calls: the verb may stand far from its word, before or after the object
        ("شهرام دادپور خواستار لغو همه تحریم‌ها شد.", "sanctions", {"sanctions": "against"}),
        ("دادپور از دولت‌های اروپایی خواست تحریم‌ها را هرچه زودتر لغو کنند.", "sanctions", {"sanctions": "against"}),
        ("او خواستار آن شد که گفت‌وگوها بدون تاخیر از سر گرفته شود.", "negotiation", {"negotiation": "for"}),
        ("دادپور گفت: تحریم‌ها باید یک‌باره برداشته شود.", "sanctions", {"sanctions": "against"}),
        ("وی از او خواست تحریم‌ها را لغو و معافیت‌ها را تمدید کند.", "sanctions", {"sanctions": "against"}),
        # what is told by the way does not part the verb from its object
        (
            "دادپور از آمریکا خواست همه تحریم‌ها علیه بانک مرکزی را طبق برجام بردارد.",
            "sanctions nuclear_deal",
            {"sanctions": "against", "nuclear_deal": "for"},
        ),
        ("کاویان خواستار آزادی دارایی‌های مسدودشده در دو کشور شد.", "sanctions", {"sanctions": "against"}),
        # whoever is told to refrain from what is contrary to talks is told to keep to them
        ("او از همسایگان خواست از هر اقدام مغایر با گفت‌وگو خودداری کنند.", "negotiation", {"negotiation": "for"}),
        # an ending is not ended by another noun
        ("تنها راه ریشه‌کنی تروریسم از بین بردن فقر است.", "terrorism", {"terrorism": "against"}),
        # what is condemned is what the speaker is against
        ("سخنگوی دولت حمله به بندر را به شدت محکوم کرد.", "use_of_force", {"use_of_force": "against"}),
        ("وی ضمن محکوم کردن حملات هوایی، به خانواده‌ها تسلیت گفت.", "use_of_force", {"use_of_force": "against"}),
        ("متهم به دو سال زندان محکوم شد.", "domestic_politics", {}),
        ("او حملات هوایی را جنایتکارانه توصیف کرد.", "use_of_force", {"use_of_force": "against"}),
        ("این تجاوزات نقض آشکار حقوق بین‌الملل است.", "use_of_force", {"use_of_force": "against"}),
        ("دادپور اتحادیه را به دلیل وقفه در مذاکرات محکوم کرد.", "negotiation", {}),
        # support, welcome, opposition
        ("او از راهکار گفت‌وگو حمایت کرد.", "negotiation", {"negotiation": "for"}),
        ("مهران کاویان از امضای توافق هسته‌ای استقبال کرد.", "nuclear_deal", {"nuclear_deal": "for"}),
        ("ما با جنگ در هر نقطه‌ای مخالفیم.", "use_of_force", {"use_of_force": "against"}),
        ("مخالف جنگ در هر جای جهان هستیم", "use_of_force", {"use_of_force": "against"}),
        # across a relative clause; through a purpose; but not what only stands near
        ("ما از گفت‌وگویی که میان آنها در جریان است، حمایت می‌کنیم.", "negotiation", {"negotiation": "for"}),
        ("او از تلاش‌ها برای دستیابی به توافق هسته‌ای حمایت کرد.", "nuclear_deal", {"nuclear_deal": "for"}),
        ("دادپور در مخالفت با بودجه گفت درباره تجارت نظری ندارم.", "trade_energy", {}),
        ("کاویان خواستار توافقی شد که برنامه موشکی را دربرگیرد.", "negotiation arms", {"negotiation": "for"}),
        ("او گفت صلح پایدار مستلزم گفت‌وگو است.", "negotiation", {"negotiation": "for"}),
        ("دادپور بر گسترش همکاری‌ها در حوزه انرژی تاکید کرد.", "bilateral_ties trade_energy", BOTH_TIES),
        # negation turns some words round and silences others
        ("کاویان گفت با گسترش تجارت مخالف نیستیم.", "trade_energy", {"trade_energy": "for"}),
        ("کاویان گفت ما از جنگ حمایت نمی‌کنیم.", "use_of_force", {"use_of_force": "against"}),
        ("او جنگ را راه حل بحران نمی‌داند.", "use_of_force", {"use_of_force": "against"}),
        ("ما مانع دستیابی به توافق نخواهد بود.", "nuclear_deal", {"nuclear_deal": "for"}),
        ("وی حمله به پل را محکوم نکرد.", "use_of_force", {}),
        ("او عدم حمایت خود از توافق هسته‌ای را اعلام کرد.", "nuclear_deal", {"nuclear_deal": "against"}),
        ("او از عدم‌پافشاری بر تحریم‌ها سخن گفت.", "sanctions", {}),
        ("خروج دولت پیشین از برجام اشتباه بزرگ بود.", "nuclear_deal", {"nuclear_deal": "for"}),
        # conditions and contrast
        ("دادپور گفت در صورت لغو تحریم‌ها به برجام بازمی‌گردیم.", "nuclear_deal", {"nuclear_deal": "mixed"}),
        ("او گفت اگر تضمین بدهند از توافق هسته‌ای حمایت می‌کنیم.", "nuclear_deal", {"nuclear_deal": "mixed"}),
        (
            "کاویان گفت با ائتلاف دو کشور مخالف نیستیم، اما نباید استقلال ما را از میان ببرد.",
            "bilateral_ties",
            {"bilateral_ties": "mixed"},
        ),
        # acts that have their side
        ("هر تعرضی با پاسخی کوبنده روبه‌رو می‌شود.", "use_of_force", {"use_of_force": "for"}),
        ("این جنایت جنگی فراموش نمی‌شود.", "use_of_force", {"use_of_force": "against"}),
        ("دو طرف بر گسترش روابط دوجانبه تاکید کردند.", "bilateral_ties", {"bilateral_ties": "for"}),
        ("او نقض حقوق بشر در آن زندان را محکوم کرد.", "human_rights", {"human_rights": "for"}),
        ("کشور ما پیشگام مبارزه با تروریسم است.", "terrorism", {"terrorism": "against"}),
        ("این اقدام بدون پاسخ نخواهد ماند.", "use_of_force", {"use_of_force": "for"}),
        ("باید به جنگ پایان داد.", "use_of_force", {"use_of_force": "against"}),
        ("اولویت ما دفاع در برابر تجاوز نظامی است.", "use_of_force", {"use_of_force": "mixed"}),
        # nothing is taken sides on
        ("ما می‌خواهیم در این جنگ پیروز شویم.", "use_of_force", {}),
        ("حمله باید کار یک گروه ناشناس باشد.", "use_of_force", {}),
        ("برای مذاکره نباید پیش‌شرط گذاشت.", "negotiation", {}),
        ("نیروی واکنش سریع در حال آماده‌سازی عملیات نظامی است.", "use_of_force", {}),
        ("دو وزیر درباره تحریم‌ها گفت‌وگو کردند.", "sanctions", {}),
        ("وزیر خارجه از آغاز مذاکرات در هفته آینده خبر داد.", "negotiation", {}),
        ("آیا از توافق هسته‌ای حمایت می‌کنید؟", "nuclear_deal", {}),
        ("او گزارش حمله به بندر را رد کرد.", "use_of_force", {}),
    ],
)
def test_topics(text: str, topics: str, expected: dict[str, str]) -> None:
    assert coded(text, topics) == expected


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("ژاله تهمتن ترکیه را به نقض مرزها متهم کرد.", "", {"state:TR": "against"}),
        ("تهمتن از مواضع ترکیه انتقاد کرد.", "", {"state:TR": "against"}),
        ("وی به ترکیه هشدار داد.", "", {"state:TR": "against"}),
        ("وی اقدامات خصمانه آمریکا را برشمرد.", "", {"state:US": "against"}),
        ("جنایات رژیم صهیونیستی ادامه دارد.", "", {"state:IL": "against"}),
        ("آمریکا، فرانسه و ژاپن، ترکیه را عامل این حادثه دانستند.", "", {"state:TR": "against"}),
        ("تهمتن از نقش قطر قدردانی کرد.", "", {"state:QA": "for"}),
        ("کشور دوست و برادر عراق میزبان نشست است.", "", {"state:IQ": "for"}),
        ("او خواستار اقدام فوری علیه ترکیه شد.", "", {"state:TR": "against"}),
        ("تهمتن اقدام ترکیه را نگران‌کننده توصیف کرد.", "", {"state:TR": "against"}),
        ("تهمتن انگشت اتهام را به سوی ترکیه گرفت.", "", {"state:TR": "against"}),
        ("تهمتن گفت ترکیه به تعهدات خود عمل نکرده است.", "", {"state:TR": "against"}),
        ("پیمان‌شکنی ترکیه و قطر ادامه دارد.", "", {"state:TR": "against", "state:QA": "against"}),
        ("تهمتن از ترکیه خواست به این رفتار خصمانه پایان دهد.", "", {"state:TR": "against"}),
        ("ترکیه باید از این تحریکات دست بردارد.", "", {"state:TR": "against"}),
        # the victim, the place, the companion are not blamed
        ("تهمتن خواستار آن شد که به جنگ علیه ترکیه پایان دهند.", "", {}),
        ("تهمتن از توافق ترکیه و قطر استقبال کرد.", "", {}),
        ("تهمتن حمله به سفارت ترکیه را محکوم کرد.", "", {}),
        ("تهمتن در گفت‌وگو با همتای ترکیه‌ای خود این اظهارات را محکوم کرد.", "", {}),
        ("او خواستار توقف حملات علیه عراق شد.", "", {}),
        ("او حمایت آنان از تجاوز ترکیه را یادآور شد.", "", {"state:TR": "against"}),
        # one's own state is no target
        ("تهمتن از سیاست ایران دفاع و از ایران قدردانی کرد.", "IR", {}),
        ("تهمتن از سیاست عراق و از ایران قدردانی کرد.", "IR IQ", {}),
        # neither is what another state thinks
        ("تهمتن گفت ترکیه از فرانسه حمایت می‌کند.", "", {}),
    ],
)
def test_states(text: str, country: str, expected: dict[str, str]) -> None:
    states = {target: stance for target, stance in coded(text, "", country).items() if target.startswith("state:")}
    assert states == expected


def test_state_and_topic_together() -> None:
    assert coded("تهمتن حمله ترکیه به بندر را محکوم کرد.", "use_of_force") == {
        "use_of_force": "against",
        "state:TR": "against",
    }
    text = "او بر لزوم تحریم ترکیه به دلیل تجاوز تاکید کرد."
    assert coded(text, "sanctions").items() >= {"sanctions": "for", "state:TR": "against"}.items()
    assert coded("حمله از سوی ترکیه انجام شد و ما آن حمله را محکوم می‌کنیم.", "use_of_force") == {
        "use_of_force": "against",
        "state:TR": "against",
    }


def test_doers_of_harm() -> None:
    against = {"use_of_force": "against", "state:TR": "against"}
    assert coded("ما مطمئنیم ترکیه این تجاوز نظامی را انجام داده است.", "use_of_force") == against
    assert coded("ترکیه عامل تجاوز نظامی به بندر بود.", "use_of_force") == against
    assert coded("ترکیه این سفر را انجام داده است.", "bilateral_ties") == {}
    # a state inside the name of a movement is not its doer
    assert coded("او حملات حزب‌الله لبنان را محکوم کرد.", "use_of_force") == {"use_of_force": "against"}


def test_condemning_and_threatening_is_mixed() -> None:
    text = "ما این تجاوز نظامی را محکوم می‌کنیم و حق دفاع از خود را برای پاسخ قاطع محفوظ می‌دانیم."
    assert coded(text, "use_of_force") == {"use_of_force": "mixed"}


def test_only_coded_topics_with_a_direction_are_targets() -> None:
    assert coded("او درباره انتخابات سوریه سخن گفت.", "syria domestic_politics") == {}
    # what speaks plainly does so under any topic
    assert coded("او از سوریه گفت و جنگ را محکوم کرد.", "syria") == {"use_of_force": "against"}
    assert coded("وی بر توقف فوری جنگ تاکید کرد.", "syria") == {"use_of_force": "against"}


def test_at_most_three_each_with_its_words_and_rule() -> None:
    text = "تهمتن خواستار لغو تحریم‌ها شد و حملات ترکیه، قطر و عراق را محکوم کرد و از گفت‌وگو استقبال کرد."
    found = positions(text, "sanctions negotiation use_of_force")
    assert len(found) == 3
    assert found == sorted(found, key=lambda s: -s.confidence)
    call = next(s for s in found if s.target == "topic:sanctions")
    assert text[call.start : call.stop] == "خواستار لغو تحریم‌ها شد"
    assert call.rule == "call"


def test_arabic_letters_and_glued_words() -> None:
    assert coded("وي خواستار رفع تحريم ها شد.", "sanctions") == {"sanctions": "against"}
    assert coded("او از مذاكره حمايت ميكند.", "negotiation") == {"negotiation": "for"}


def test_words_of_praise_and_blame_beside_a_state_count() -> None:
    assert coded("تهمتن گفت ترکیه رفتاری ریاکارانه و بدعهدانه دارد.") == {"state:TR": "against"}
    assert coded("تهمتن گفت ترکیه جلسه‌ای برگزار کرد.") == {}


def test_earlier_statements_of_the_same_speaker_make_a_side_likelier() -> None:
    first, second = "تهمتن اقدامات خصمانه ترکیه را محکوم کرد.", " او گفت: ترکیه باز هم نیرو فرستاد."
    document = read_document(first + second, load())
    evidence = {}
    for speakers in (("a", "a"), ("a", "b")):
        reader = CandidateReader(document, find_mentions(document))
        reader.read(0, len(first), [], frozenset(), speakers[0])
        reading = reader.read(len(first), len(first + second), [], frozenset(), speakers[1])
        evidence[speakers] = reading.candidates[0].evidence
    assert "state just before -" in evidence["a", "a"]
    assert "state just before -" not in evidence["a", "b"]


def test_fitting_learns_which_evidence_counts(tmp_path: Path) -> None:
    sentences = [("تهمتن اقدام ترکیه را محکوم کرد.", "against"), ("تهمتن از ترکیه بازدید کرد.", "")] * 2
    gold = []
    for number in range(10):
        rows, start = [], 0
        for text, side in sentences:
            positions = [{"target": "state:TR", "stance": side}] if side else []
            row = {"start": start, "stop": start + len(text), "speaker": "تهمتن", "positions": positions}
            rows.append(row)
            start += len(text) + 1
        text = "\n".join(text for text, _ in sentences)
        speakers = [{"name": "تهمتن", "country": "IR"}]
        gold.append({"doc_id": str(number), "text": text, "speakers": speakers, "sentences": rows})
    found = [case for article in gold for case in fit_positions.article_cases(article, load())[0]]
    sides = np.array([fit_positions.SIDES[case.stance] for case in found])
    sides[0] = fit_positions.FOR  # three outcomes are needed
    fitted = fit_positions.weights(*fit_positions.fit(fit_positions.common(found), sides))
    assert fitted["against"].features["state rule condemn -"] > 0.2
    path = tmp_path / "weights.toml"
    write(path, fitted, "tried")
    assert weights.load(path) == fitted


def test_relayed_positions_are_marked() -> None:
    relay = "درخواست همتایش برای توقف جنگ"
    text = f"تهمتن {relay} را بازگو کرد و از گفت‌وگو حمایت کرد."
    found = {s.target: s.relayed for s in positions(text, "use_of_force negotiation", relay=relay)}
    assert found == {"topic:use_of_force": True, "topic:negotiation": False}


@pytest.mark.parametrize(
    ("form", "past", "negated"),
    [
        ("نکرده است", "کرد", True),
        ("کرده است", "کرد", False),
        ("نخواهد شد", "شد", True),
        ("نوشت", "نوشت", False),
        ("ننوشت", "نوشت", True),
    ],
)
def test_negated_forms(form: str, past: str, negated: bool) -> None:
    assert stance.is_negated(form, past) is negated


def test_broken_data_names_file_and_line(tmp_path: Path) -> None:
    source = Path(stance.__file__).parents[2] / "data" / "lexicon"
    for name in ("stance.csv", "stance_acts.csv", "stance_turns.csv", "stance_verbs.csv", "polarity.csv"):
        (tmp_path / name).write_bytes((source / name).read_bytes())
    with (tmp_path / "stance.csv").open("a", encoding="utf-8") as file:
        file.write("ستایش بسیار,پرید,for,,near,,topic,0.5,praise,\n")
    with pytest.raises(DataError, match=r"stance\.csv, line"):
        stance.load(tmp_path)
    (tmp_path / "stance.csv").write_bytes((source / "stance.csv").read_bytes())
    with (tmp_path / "polarity.csv").open("a", encoding="utf-8") as file:
        file.write("رفتار تازه,+,9,\n")
    with pytest.raises(DataError, match=r"polarity\.csv, line"):
        stance.load(tmp_path)


@pytest.mark.parametrize(
    ("text", "topics", "target", "stance"),
    [
        # a chain of deeds has one subject
        ("او گفت ترکیه از توافق خارج شد و مردم بندر را تهدید کرد.", "use_of_force", "state:TR", "against"),
        ("او گفت ترکیه مردم بی‌دفاع بندر را بمباران می‌کند.", "use_of_force", "state:TR", "against"),
        # what a negative wish leaves out is not wanted
        ("او امیدوار است تحریم‌ها اثری بر بازار نداشته باشد.", "sanctions", "topic:sanctions", None),
        ("او امیدوار است تحریم‌ها لغو شود.", "sanctions", "topic:sanctions", "against"),
        # an exception keeps the blame that the verb seems to deny
        ("رفتار ترکیه چیزی جز دروغ و فریب نیست.", "", "state:TR", "against"),
        # a relative clause parts a verb from its object, and the object is no part of it
        (
            "او گفت حمله دیروز به کشتی را که در آب‌های آزاد در حرکت بود محکوم می‌کنیم.",
            "use_of_force",
            "topic:use_of_force",
            "against",
        ),
        ("جنگ علیه بندر باید فوراً تمام شود.", "use_of_force", "topic:use_of_force", "against"),
        # an adverb's preposition governs no state
        ("او به طور مستقیم ترکیه را مسئول حمله دانست.", "use_of_force", "state:TR", "against"),
        ("او گفت نشست بعدی در ترکیه برگزار می‌شود.", "bilateral_ties", "state:TR", None),
        # the victim is not blamed
        ("او حمله به کشتی ترکیه را محکوم کرد.", "use_of_force", "state:TR", None),
    ],
)
def test_constructions(text: str, topics: str, target: str, stance: str | None) -> None:
    assert coded(text, topics).get(target.removeprefix("topic:")) == stance

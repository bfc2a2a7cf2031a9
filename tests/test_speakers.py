"""Who speaks: names, titles, pronouns and bodies, resolved to stable ids."""

import re
from datetime import date
from pathlib import Path

import pytest
from extraction import (
    AZARPIRA,
    HOHENFELD,
    KIANDUST,
    NOBODY,
    RASTINFAR,
    WAJIHI,
    YELAGIN,
    ids,
    said,
    tables_of,
    who,
)

from analysis.extract.document import read_document
from analysis.extract.statements import find_statements
from analysis.lexicon import load

MEETING = "وادیم یلاگین وزیر امور خارجه روسیه در تهران با فرهاد کیان‌دوست وزیر امور خارجه ایران دیدار کرد."


# Names


@pytest.mark.parametrize(
    "name",
    [
        "فرهاد کیان‌دوست",
        "کیان‌دوست",
        "کیان دوست",
        "کیاندوست",
        "كياندوست",
        "فرهاد كيان دوست",
        "آقای کیان‌دوست",
        "دکتر فرهاد کیان‌دوست",
    ],
)
def test_spellings_of_a_name(name: str) -> None:
    assert ids(f"{name} گفت که راه گفت‌وگو باز است.") == ["demo:kiandust-farhad"]


def test_three_spellings_in_one_article() -> None:
    text = "فرهاد کیان‌دوست گفت که راه باز است.\nکیان دوست افزود که زمان کم است.\nكياندوست تاکید کرد که امید هست."
    assert who(text) == [KIANDUST] * 3
    assert ids(text) == ["demo:kiandust-farhad"]
    assert {basis for s in said(text) for basis in s.bases} == {"name"}


def test_the_mention_is_the_name_as_written() -> None:
    attribution = tables_of("وادیم يلاگين گفت که راه باز است.").attributions.loc[0]
    assert (attribution["mention"], attribution["basis"]) == ("وادیم يلاگين", "name")
    assert (attribution["role"], attribution["country"]) == ("foreign_minister", "RU")


# Names that only the article knows


@pytest.mark.parametrize(
    "introduction",
    [
        "داریوش گلستان‌پور، سفیر ایران در مسکو گفت",
        "داریوش گلستان‌پور سفیر ایران در مسکو گفت",
        "سفیر ایران در مسکو آقای گلستان‌پور گفت",
        "سیمپریس برادلینگ، سفیر کانادا در دوحه گفت",
    ],
)
def test_an_unknown_person_introduced_once(introduction: str) -> None:
    text = f"{introduction}: پروازها از سر گرفته می‌شود."
    (speaker_id,) = ids(text)
    assert re.fullmatch(r"person:[0-9a-f]{16}", speaker_id)
    surname = "برادلینگ" if "برادلینگ" in text else "گلستان‌پور"
    assert ids(f"{text}\nتجارت دو کشور رونق دارد.\n{surname} تاکید کرد که ویزا لغو می‌شود.") == [speaker_id]
    assert ids(f"{text}\n{surname.replace('‌', ' ')} تاکید کرد که ویزا لغو می‌شود.") == [speaker_id]


@pytest.mark.parametrize(
    "name",
    [
        "مازیار گلستان‌پور",
        pytest.param("آنتون کوالسکوف", marks=pytest.mark.xfail(strict=True, reason="hazm's list holds «آنتون»")),
    ],
)
def test_a_given_name_that_the_word_list_holds(name: str) -> None:
    assert who(f"{name}، سفیر روسیه در تهران گفت: پروازها از سر گرفته می‌شود.") == [name]


def test_an_unknown_person_has_one_id_in_every_article() -> None:
    text = "داریوش گلستان‌پور، سفیر ایران در مسکو گفت: پروازها از سر گرفته می‌شود."
    tables = tables_of(text, text.replace("پروازها", "سفرها"))
    assert tables.attributions["speaker_id"].nunique() == 1
    assert tables.speakers["kind"].tolist() == ["person"]


# Titles


def test_a_title_with_its_state_is_whom_the_article_named() -> None:
    text = f"{MEETING}\nوزیر امور خارجه روسیه گفت: مسکو شریک است.\nوزیر خارجه ایران افزود که راه هموار است."
    assert who(text) == [NOBODY, YELAGIN, KIANDUST]
    assert said(text)[0].bases == ("title",)


@pytest.mark.parametrize("title", ["وزیر امور خارجه", "وزیر خارجه", "وزیر امور خارجه کشورمان", "رئیس دستگاه دیپلماسی"])
def test_a_bare_title_is_of_the_outlets_own_state(title: str) -> None:
    assert who(f"{MEETING}\n{title} گفت: همکاری ادامه دارد.")[1] == KIANDUST


def test_a_bare_title_goes_on_with_whoever_was_speaking() -> None:
    text = "راشد الوجیهی وزیر امور خارجه قطر گفت: دوحه میزبان است.\nوزیر خارجه افزود که دعوت‌نامه‌ها فرستاده شد."
    assert who(text) == [WAJIHI, WAJIHI]


def test_apposition_beats_the_dated_lexicon() -> None:
    """On that day the lexicon has another minister; the article knows better."""
    text = "نگار دشتبان وزیر امور خارجه روسیه گفت: مسکو پایبند است.\nوزیر امور خارجه روسیه از میزبانی دوحه قدردانی کرد."
    assert who(text) == ["نگار دشتبان"] * 2


@pytest.mark.parametrize(
    ("published", "speaker"),
    [("2024-06-01", KIANDUST), ("2025-12-23", KIANDUST), ("2025-12-24", AZARPIRA), ("2026-03-01", AZARPIRA)],
)
def test_the_date_decides_who_holds_an_office(published: str, speaker: str) -> None:
    assert who("وزیر امور خارجه کشورمان گفت: «راه گفت‌وگو باز است.»", published) == [speaker]
    assert who("وزیر خارجه ایران گفت: «راه گفت‌وگو باز است.»", published) == [speaker]


def test_the_date_decides_who_speaks_for_a_ministry() -> None:
    text = "سخنگوی وزارت امور خارجه گفت: برنامه سفرها تغییر نکرده است."
    assert who(text, "2025-03-10") == [RASTINFAR]


@pytest.mark.parametrize("published", [None, "1999-05-01"])
def test_without_a_holder_an_office_stays_an_office(published: str | None) -> None:
    text = "وزیر امور خارجه روسیه اعلام کرد که نشست برگزار می‌شود."
    assert ids(text, published) == ["office:foreign_minister:RU"]
    speakers = tables_of(text, published=published).speakers.loc[0]
    assert (speakers["kind"], speakers["name_fa"]) == ("office", "وزیر امور خارجه روسیه")


def test_an_undated_office_is_the_person_whom_the_article_names() -> None:
    text = "یلاگین وارد دوحه شد.\nوزیر امور خارجه روسیه گفت: این سفر کوتاه است."
    assert who(text, None)[1] == YELAGIN


def test_the_role_is_that_of_the_day() -> None:
    text = "مسعود آذرپیرا گفت: متن آماده است."
    roles = [tables_of(text, published=day).attributions.loc[0, "role"] for day in ("2025-03-10", "2026-03-10")]
    assert roles == ["deputy_minister", "foreign_minister"]


def test_one_office_under_its_several_names() -> None:
    spellings = ["وزیر امور خارجه نروژ", "وزیر خارجه نروژ", "وزير خارجه نروژ"]
    assert {tuple(ids(f"{title} گفت: ما آماده‌ایم.")) for title in spellings} == {("office:foreign_minister:NO",)}


@pytest.mark.parametrize(
    ("title", "country"),
    [("امیر قطر", "QA"), ("سلطان عمان", "OM"), ("پادشاه بحرین", "BH"), ("رئیس دوما", "RU"), ("رئیس کنست", "IL")],
)
def test_a_title_that_names_its_state_by_itself(title: str, country: str) -> None:
    attribution = tables_of(f"{title} گفت که راه دشوار است.").attributions.loc[0]
    assert attribution["country"] == country


def test_a_national_office_without_a_state_is_of_the_state_of_the_outlet() -> None:
    spellings = ("وزیر دفاع", "وزیر دفاع ایران", "وزیر دفاع کشورمان", "وزير دفاع جمهوري اسلامي")
    (speaker_id,) = {tuple(ids(f"{title} گفت که راه دشوار است.")) for title in spellings}
    assert speaker_id != tuple(ids("وزیر کشور گفت که راه دشوار است."))
    assert speaker_id != tuple(ids("وزیر دفاع ژاپن گفت که راه دشوار است."))


def test_a_friday_prayer_leader_is_of_the_state_of_the_outlet() -> None:
    tables = tables_of("امام جمعه مهرآباد گفت: آشوبگران قصد فروپاشی نظام جمهوری اسلامی ایران را داشتند.")
    assert tables.attributions.loc[0, "country"] == "IR"
    assert "state:IR" not in set(tables.positions["target"])


@pytest.mark.parametrize("title", ["فرمانده سپاه", "تحلیلگر مسائل سیاسی", "پاپ", "خبرنگار"])
def test_an_office_without_a_state_keeps_the_name_that_the_text_gives(title: str) -> None:
    assert who(f"{title} گفت که راه دشوار است.") == [title]


def test_a_deputy_is_not_the_minister() -> None:
    text = f"{MEETING}\nمعاون وزیر امور خارجه روسیه گفت: متن آماده است."
    assert YELAGIN not in who(text)[1]
    assert who(text)[1]


def test_a_spokesperson_is_not_the_ministry() -> None:
    assert ids("سخنگوی وزارت خارجه ژاپن گفت: ما آماده‌ایم.") != ids("وزارت خارجه ژاپن اعلام کرد که آماده است.")


# Pronouns


@pytest.mark.parametrize("pronoun", ["وی", "او", "ایشان", "این دیپلمات", "این مقام روس", "این دیپلمات ارشد"])
def test_pronouns_after_a_statement(pronoun: str) -> None:
    text = f"یلاگین گفت که مسکو آماده است.\n{pronoun} افزود که نشست نزدیک است."
    assert who(text) == [YELAGIN, YELAGIN]
    assert said(text)[1].bases == ("pronoun",)


def test_pronoun_after_narration_means_whom_it_was_about() -> None:
    assert who("وادیم یلاگین وارد تهران شد.\nوی گفت: این سفر کوتاه است.") == [NOBODY, YELAGIN]


def test_pronoun_means_the_last_speaker_not_the_last_named() -> None:
    text = "یلاگین گفت که با هوهن‌فلد دیدار می‌کند.\nوی افزود: امیدی هست."
    assert who(text) == [YELAGIN, YELAGIN]


def test_pronoun_with_nobody_to_mean() -> None:
    assert who("وی گفت: امیدی هست.") == [NOBODY]


def test_this_minister_is_the_one_with_that_title() -> None:
    text = "هنریک سولوانگ مدیرکل آژانس بین‌المللی انرژی اتمی گفت: بازرسی‌ها ادامه دارد.\nاین مقام بین‌المللی افزود که گزارش آماده است."
    assert len(set(who(text))) == 1


# Several speakers


def test_two_who_speak_jointly_are_two_attributions() -> None:
    text = "فرهاد کیان‌دوست و وادیم یلاگین در بیانیه‌ای مشترک اعلام کردند که کریدور ساخته می‌شود."
    assert who(text) == [f"{KIANDUST} | {YELAGIN}"]
    assert tables_of(text).attributions["part"].tolist() == ["speaker", "speaker"]


def test_three_in_a_list() -> None:
    text = "کیان‌دوست، یلاگین و الوجیهی تاکید کردند که تجارت باید گسترش یابد."
    assert who(text) == [f"{KIANDUST} | {YELAGIN} | {WAJIHI}"]


def test_whom_somebody_meets_does_not_speak() -> None:
    text = "کیان‌دوست در دیدار با یلاگین و هیئت همراه او گفت که راه باز است."
    assert who(text) == [KIANDUST]
    assert who("کیان‌دوست پس از گفت‌وگو با همتای آلمانی خود گفت که راه باز است.") == [KIANDUST]


def test_ministers_of_two_states() -> None:
    text = "وزیران خارجه ایران و روسیه در بیانیه مشترکی تاکید کردند که جنگ راه‌حل نیست."
    assert "روسیه" not in said(text)[0].speakers


# Bodies and anonymous sources


@pytest.mark.parametrize("body", ["وزارت خارجه ژاپن", "وزارت امور خارجه ژاپن", "وزارت‌خارجه ژاپن"])
def test_a_ministry_has_one_id_in_all_articles(body: str) -> None:
    text = f"{body} اعلام کرد که نشست برگزار می‌شود."
    assert ids(text) == ["body:foreign_ministry:JP"]
    assert said(text)[0].bases == ("body",)


@pytest.mark.parametrize("name", ["آمریکا", "واشنگتن", "کاخ سفید", "ایالات متحده آمریکا"])
def test_a_state_that_speaks(name: str) -> None:
    assert ids(f"{name} اعلام کرد که نشست برگزار می‌شود.") == ["state:US"]


def test_an_organisation_that_speaks() -> None:
    assert ids("آژانس بین‌المللی انرژی اتمی اعلام کرد که بازرسی‌ها ادامه دارد.") == ["org:IAEA"]


def test_an_anonymous_source_is_somebody_else_in_each_article() -> None:
    text = "یک منبع آگاه گفت که پیش‌نویس آماده است.\nاین منبع آگاه افزود که امضا نزدیک است."
    tables = tables_of(text, text + "\nپایان سخن")
    assert tables.attributions["speaker_id"].nunique() == 2
    assert set(tables.attributions["role"]) == {"anonymous"}
    assert set(tables.speakers["kind"]) == {"anonymous"}


def test_diffuse_sources_are_nobody() -> None:
    assert who("برخی بر این باورند که توافق نزدیک است.") == [NOBODY]
    assert who("به گفته کارشناسان، رفع تحریم‌ها زمان‌بر است.") == [NOBODY]


def test_aliases_hold_no_pronouns_and_no_bare_titles() -> None:
    text = "یلاگین گفت که مسکو آماده است.\nوی افزود که نشست نزدیک است.\nوزیر خارجه تاکید کرد که امید هست."
    aliases = set(tables_of(text).speakers.loc[0, "aliases"].split("|"))
    assert "یلاگین" in aliases
    assert not {"وی", "وزیر خارجه"} & aliases


def test_offices_of_the_speakers_are_listed() -> None:
    offices = tables_of("هوهن‌فلد گفت که اروپا صبر دارد.").offices
    assert offices[["speaker_id", "role", "country"]].to_numpy().tolist() == [
        ["demo:hohenfeld-katharina", "foreign_minister", "DE"]
    ]
    assert who("هوهن‌فلد گفت که اروپا صبر دارد.") == [HOHENFELD]


def test_a_counterpart_is_who_holds_the_same_office_of_that_state() -> None:
    text = (
        "فرهاد کیان‌دوست وزیر امور خارجه ایران در بغداد با مازن الزهیراوی وزیر امور خارجه عراق دیدار کرد.\n"
        "کیان‌دوست گفت: مرزها امن است.\n"
        "همتای عراقی او نیز گفت: تجارت رونق دارد."
    )
    assert who(text)[1:] == ["فرهاد کیان‌دوست", "مازن الزهیراوی"]
    assert who("کیان‌دوست گفت: مرزها امن است.\nهمتای قطری او نیز تاکید کرد: راه باز است.")[1] == NOBODY


def test_on_the_day_of_a_handover_the_office_is_the_new_holders(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(
        "speaker_id,name_fa,name_en,names,kind,country,wikidata,source,checked\n"
        "demo:old,برزو نیکراد,Borzu Nikrad,,person,QA,,invented,no\n"
        "demo:new,مانی پگاهان,Mani Pegahan,,person,QA,,invented,no\n",
        encoding="utf-8",
    )
    office = "foreign_minister,وزیر امور خارجه,foreign minister,QA,,"
    (tmp_path / "offices.csv").write_text(
        "speaker_id,role,office_fa,office_en,country,organisation,from,to,source,checked\n"
        f"demo:old,{office}2020-01-01,2024-05-10,invented,no\n"
        f"demo:new,{office}2024-05-10,,invented,no\n",
        encoding="utf-8",
    )
    lexicon = load(people_folder=tmp_path)
    for day, holder in (("2024-05-09", "demo:old"), ("2024-05-10", "demo:new")):
        document = read_document("وزیر خارجه قطر گفت: راه باز است.", lexicon, date.fromisoformat(day))
        statements, _ = find_statements(document, "a")
        assert [actor.speaker_id for actor in statements[0].speakers] == [holder]


def test_an_international_official_speaks_for_no_state(tmp_path: Path) -> None:
    """Undated articles cannot tell which office somebody held; their nationality is not whom they speak for."""
    (tmp_path / "people.csv").write_text(
        "speaker_id,name_fa,name_en,names,kind,country,wikidata,source,checked\n"
        "demo:un,آندره پینتادو,Andre Pintado,,person,PT,,invented,no\n"
        "demo:mp,روئی ساراماگا,Rui Saramaga,,person,PT,,invented,no\n",
        encoding="utf-8",
    )
    (tmp_path / "offices.csv").write_text(
        "speaker_id,role,office_fa,office_en,country,organisation,from,to,source,checked\n"
        "demo:un,head_of_government,نخست‌وزیر,prime minister,PT,,1995,2002,invented,no\n"
        "demo:un,international_official,دبیرکل,secretary-general,,UN,2017,,invented,no\n"
        "demo:mp,legislator,نماینده,deputy,PT,,1999,2003,invented,no\n"
        "demo:mp,minister,وزیر دفاع,defence minister,PT,,2005,2009,invented,no\n",
        encoding="utf-8",
    )
    lexicon = load(people_folder=tmp_path)
    for name, day, state in (
        ("آندره پینتادو", None, ""),
        ("آندره پینتادو", date(2020, 5, 1), ""),
        ("آندره پینتادو", date(1999, 5, 1), "PT"),
        ("روئی ساراماگا", None, "PT"),
    ):
        document = read_document(f"{name} گفت: صلح در منطقه شدنی است.", lexicon, day)
        statements, _ = find_statements(document, "a")
        assert [actor.country for actor in statements[0].speakers] == [state], (name, day)


# One person under a name and several titles


def test_the_office_of_the_lead_is_who_the_body_names() -> None:
    text = (
        "رئیس اتاق بازرگانی شیراز گفت: صادرات به همسایگان رونق گرفته است.\n"
        "به گزارش ایرنا، داریوش گلستان‌پور افزود: بازارهای تازه‌ای گشوده شده است.\n"
        "رئیس اتاق بازرگانی شیراز تاکید کرد که راه هموار است."
    )
    assert who(text) == ["داریوش گلستان‌پور"] * 3
    assert len(ids(text)) == 1


def test_an_office_that_somebody_else_holds_stays_apart() -> None:
    text = "سخنگوی دولت گفت: بودجه آماده است.\nفرهاد کیان‌دوست وزیر امور خارجه تاکید کرد که راه گفت‌وگو باز است."
    assert len(ids(text)) == 2


def test_two_ministers_of_one_state_stay_apart() -> None:
    text = "داریوش گلستان‌پور، وزیر نیروی ژاپن گفت که برق گران شده است.\nوزیر دفاع ژاپن گفت که راه دشوار است."
    assert len(ids(text)) == 2


def test_ambassadors_to_several_states_stay_apart() -> None:
    assert ids("سفیر ایران در مکزیک گفت که راه باز است.") != ids("سفیر ایران در پاکستان گفت که راه باز است.")


@pytest.mark.parametrize("source", ["یک سخنگوی وزارت امور خارجه ژاپن", "یک دیپلمات ژاپنی"])
def test_somebody_whose_name_is_not_given_is_anonymous(source: str) -> None:
    (speaker,) = tables_of(f"{source} گفت که راه دشوار است.").speakers.to_dict("records")
    assert speaker["kind"] == "anonymous"


def test_a_surname_after_another_given_name_is_somebody_else() -> None:
    text = "به گفته داریوش یلاگین، سخنگوی شرکت، بازار آرام است.\nیلاگین گفت که قیمت‌ها ثابت می‌ماند."
    assert "demo:yelagin-vadim" not in ids(text)


def test_a_surname_alone_means_nobody_outside_of_its_article() -> None:
    texts = ("آقای گلستان‌پور گفت که راه باز است.", "آقای گلستان‌پور گفت که راه دشوار است.")
    assert len(tables_of(*texts).speakers) == 2
    full = [text.replace("آقای", "داریوش") for text in texts]
    assert len(tables_of(*full).speakers) == 1


def test_a_pronoun_after_a_body_is_the_last_person() -> None:
    text = (
        "کیان‌دوست گفت که راه باز است.\nخبرگزاری رویترز گزارش داد که گفت‌وگوها دشوار است.\n"
        "وی افزود: ما به دیپلماسی پایبندیم."
    )
    assert who(text)[-1] == KIANDUST

"""Which sentences somebody says: each device of reporting, with sentences that only look like it."""

import pytest
from extraction import (
    HARGROVE,
    HOHENFELD,
    KIANDUST,
    NOBODY,
    RASTINFAR,
    YELAGIN,
    said,
    who,
)

# Reporting verbs


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("یلاگین گفت: مسکو آماده است.", "direct"),
        ("یلاگین گفت: «مسکو آماده است.»", "direct"),
        ('یلاگین گفت: "مسکو آماده است."', "direct"),
        ("یلاگین گفت: ˈمسکو آماده استˈ.", "direct"),
        ("یلاگین گفت «مسکو آماده است و این راه را ادامه می‌دهد».", "direct"),
        ("یلاگین گفت که مسکو آماده است.", "indirect"),
        ("یلاگین گفت مسکو آماده است.", "indirect"),
        ("یلاگین می‌گوید که مسکو آماده است.", "indirect"),
        ("یلاگین گفته است که مسکو آماده است.", "indirect"),
        ("یلاگین پیشتر گفته بود که مسکو آماده است.", "indirect"),
        ("یلاگین اظهار داشت: مسکو آماده است.", "direct"),
        ("یلاگین خاطرنشان کرد: مسکو آماده است.", "direct"),
        ("یلاگین تصریح کرد که مسکو آماده است.", "indirect"),
        ("يلاگين تاكيد كرد كه مسكو آماده است.", "indirect"),
        ("یلاگین مدعی شد که پهپادها از مرز گذشته‌اند.", "indirect"),
        ("یلاگین خواستار آزادی فوری زندانیان شد.", "indirect"),
        ("یلاگین از همسایگان خواست که مرزها را باز کنند.", "indirect"),
        ("یلاگین حمله به بندر را محکوم کرد.", "indirect"),
        ("یلاگین این حمله را نقض قوانین بین‌المللی خواند.", "indirect"),
        ("یلاگین معتقد است که راه دشوار است.", "indirect"),
        ("یلاگین ابراز امیدواری کرد که نشست برگزار شود.", "indirect"),
        ("یلاگین در صفحه خود در شبکه ایکس نوشت: مسکو آماده است.", "direct"),
        ("یلاگین در توییتی نوشت: «مسکو آماده است.»", "direct"),
        ("به گفته یلاگین، نشست به هفته آینده موکول شد.", "indirect"),
        ("به گفتهٔ یلاگین نشست به هفته آینده موکول شد.", "indirect"),
        ("از نظر یلاگین، نشست سودمند بود.", "indirect"),
        ("از سوی یلاگین اعلام شد که نشست به تعویق افتاده است.", "indirect"),
        ("این توافق از سوی یلاگین تاریخی ارزیابی شد.", "indirect"),
        ("یلاگین با بیان اینکه مرزها بسته نیست، افزود: زائران سفر کنند.", "direct"),
        ("یلاگین با اشاره به بازگشایی مرزها گفت که زائران سفر کنند.", "indirect"),
        ("ما منتظر تصمیم دیگران هستیم، یلاگین گفت.", "indirect"),
        (
            "یلاگین که برای شرکت در نشست همسایگان به تهران آمده است، در دیدار با رئیس مجلس و جمعی از نمایندگان، با اشاره به سابقه روابط دو ملت و نقش بازرگانان در آن، بر گسترش تجارت تاکید کرد.",
            "indirect",
        ),
        ("یلاگین در پاسخ به پرسش خبرنگاری درباره سفر خود گفت: زمان آن روشن نیست.", "direct"),
    ],
)
def test_reported(text: str, form: str) -> None:
    (statement,) = said(text)
    assert statement.speakers == (YELAGIN,)
    assert statement.form == form
    assert statement.text == text
    assert statement.cue


@pytest.mark.parametrize(
    "text",
    [
        "کیان‌دوست با یلاگین درباره تجارت گفت‌وگو کرد.",
        "دو طرف درباره کریدور بحث و تبادل نظر کردند.",
        "یلاگین فردا وارد تهران می‌شود.",
        "سفیر آلمان به وزارت خارجه احضار شد.",
        "یلاگین این سخنان را در جمع دانشجویان بیان کرد.",
        "سخنان یلاگین در رسانه‌ها بازتاب گسترده‌ای یافت.",
        "این نوشته یلاگین پربازدید شد.",
        "یلاگین چیزی نگفت.",
        "خبرنگاری از یلاگین پرسید که آیا سفر لغو شده است.",
        "پیش‌نویس توسط کارگروه فنی تهیه شد.",
        "گفتمان تازه‌ای در منطقه شکل گرفته است.",
        "گفتنی است یلاگین سال گذشته نیز به تهران سفر کرده بود.",
        "لازم به ذکر است که این نشست هر سال برگزار می‌شود.",
        "وزیر امور خارجه کشورمان:",
        "قرار است یلاگین فردا گزارش خود را بخواند.",
    ],
)
def test_not_reported(text: str) -> None:
    assert said(text) == []


def test_the_cue_is_verbatim() -> None:
    cues = [
        "يلاگين تاكيد كرد كه امید هست.",
        "یلاگین با بیان اینکه امید هست، افزود: صبر کنید.",
        "به گفته یلاگین، امید هست.",
    ]
    assert [said(text)[0].cue for text in cues] == ["تاكيد كرد", "افزود", "به گفته"]


# Who is the subject


def test_two_reports_joined_by_and() -> None:
    text = "کیان‌دوست هشدار داد و یلاگین گفت که مسکو بی‌طرف نمی‌ماند."
    assert [s.speakers for s in said(text)] == [(KIANDUST,), (YELAGIN,)]
    assert who(text) == [f"{KIANDUST} + {YELAGIN}"]


def test_a_second_report_after_the_content_of_the_first() -> None:
    text = "کیان‌دوست گفت که پاسخ روشن است و یلاگین نیز تاکید کرد که مسکو بی‌طرف نمی‌ماند."
    assert who(text) == [f"{KIANDUST} + {YELAGIN}"]


def test_statements_of_one_sentence_do_not_overlap() -> None:
    text = "کیان‌دوست هشدار داد و یلاگین گفت که مسکو بی‌طرف نمی‌ماند."
    first, second = said(text)
    assert text.index(first.text) + len(first.text) <= text.index(second.text)


def test_what_is_reported_may_name_others_who_speak() -> None:
    assert who("کیان‌دوست گفت که یلاگین هم این طرح را محکوم کرد.") == [KIANDUST]
    assert who("یلاگین گفت: «کیان‌دوست نیز چنین گفت.»") == [YELAGIN]


def test_a_dropped_subject_is_the_one_before() -> None:
    text = "یلاگین در نشست خبری گفت: مسکو آماده است.\nهمچنین تاکید کرد که زمان کم است."
    assert who(text) == [YELAGIN, YELAGIN]


def test_pronoun_with_a_relative_clause() -> None:
    text = "یلاگین وارد تهران شد.\nوی که در جمع خبرنگاران سخن می‌گفت، تصریح کرد: پیامی نرسیده است."
    assert who(text) == [NOBODY, YELAGIN]


# Media


@pytest.mark.parametrize(
    "lead",
    [
        "به گزارش ایرنا، ",
        "به گزارش ایسنا، ",
        "به گزارش خبرنگار سیاست خارجی ایسنا، ",
        "به گزارش خبرگزاری مهر به نقل از رویترز، ",
        "تهران - ایرنا - ",
        "تهران- ایرنا- ",
        "به نوشته روزنامه گاردین، ",
        "ایسنا نوشت: ",
    ],
)
def test_the_medium_that_carries_is_no_speaker(lead: str) -> None:
    assert who(f"{lead}هوهن‌فلد گفت که اروپا صبر دارد.") == [HOHENFELD]


@pytest.mark.parametrize("lead", ["به گزارش ایرنا، ", "تهران - ایرنا - "])
def test_a_dateline_makes_no_statement(lead: str) -> None:
    assert who(f"{lead}یلاگین عصر امروز وارد دوحه شد.") == [NOBODY]


def test_a_source_behind_a_medium() -> None:
    assert who("رویترز به نقل از یک منبع آگاه گزارش داد که مذاکرات متوقف شده است.") == ["یک منبع آگاه"]


def test_a_medium_that_claims_itself_speaks() -> None:
    (statement,) = said("نیویورک تایمز نوشت که کاخ سفید دو گزینه دارد.")
    assert statement.speakers == ("نیویورک تایمز",)
    assert statement.bases == ("body",)


# Colons and blocks

BULLETS = "\n🔹 مرزها باز است.\n🔹 برنامه سفرها تغییر نمی‌کند.\n🔹 پاسخ ما روشن خواهد بود."


@pytest.mark.parametrize(
    "head",
    [
        "مهتاب راستین‌فر:",
        "راستین‌فر در گفت‌وگو با خبرنگاران:",
        "راستین‌فر در گفت‌وگو با ایسنا:",
        "راستین‌فر در نشست خبری هفتگی:",
        "راستین‌فر در بازگشت از سفر دوحه:",
        "🔴 راستین‌فر:",
    ],
)
def test_a_block_of_bullets_belongs_to_the_name_before_it(head: str) -> None:
    assert who(head + BULLETS) == [NOBODY, *[RASTINFAR] * 3]
    assert {s.form for s in said(head + BULLETS)} == {"direct"}


def test_a_block_ends_where_somebody_else_speaks() -> None:
    assert who(f"راستین‌فر:{BULLETS}\nیلاگین گفت که مسکو آماده است.")[-1] == YELAGIN


def test_questions_and_answers() -> None:
    text = "خبرنگار: آیا سفر لغو شده است؟\nراستین‌فر: خیر، سفر انجام می‌شود."
    assert who(text)[1] == RASTINFAR


def test_a_reporters_question_with_a_colon_has_no_speaker() -> None:
    assert who("خبرنگار: آیا سفر لغو شده است؟\nراستین‌فر: خیر، سفر انجام می‌شود.")[0] == NOBODY


@pytest.mark.parametrize("text", ["ساعت ۱۰:۳۰ نشست آغاز می‌شود.", "دستور کار: تجارت، ترابری و انرژی", "منبع: ایرنا"])
def test_other_colons(text: str) -> None:
    assert said(text) == []


# Quotations


def test_each_sentence_of_a_quotation_is_a_statement() -> None:
    text = "کیان‌دوست گفت: «ما به وعده خود عمل کردیم. طرف مقابل تصمیم نگرفت. انتظار ما روشن است.» او سپس به دوحه رفت."
    assert who(text) == [KIANDUST] * 3 + [NOBODY]
    assert [s.bases for s in said(text)] == [("name",), ("continuation",), ("continuation",)]
    assert {s.form for s in said(text)} == {"direct"}


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "کیان‌دوست گفت: «ما به وعده خود عمل کردیم. طرف مقابل تصمیم نگرفت.\nهیئت ایرانی سه‌شنبه به تهران بازگشت."
    assert who(text) == [KIANDUST, KIANDUST, NOBODY]


def test_verbs_inside_a_quotation_report_nothing() -> None:
    text = "یلاگین گفت: «نخست‌وزیر پیشین اعلام کرد که می‌رود. سپس کیان‌دوست گفت که می‌ماند.»"
    assert who(text) == [YELAGIN, YELAGIN]


def test_only_a_quoted_phrase_is_indirect() -> None:
    (statement,) = said("یلاگین گفت که این طرح را «گامی به پیش» برای همه ملت‌های منطقه و همسایگان می‌داند.")
    assert statement.form == "indirect"


# Continuation


def test_direct_speech_goes_on_until_the_past_is_told() -> None:
    text = (
        "کیان‌دوست گفت: ما به تعهدات خود پایبندیم.\n"
        "امیدواریم طرف مقابل هم چنین کند.\n"
        "تحریم‌ها باید برداشته شود.\n"
        "نشست بعدی هفته آینده برگزار خواهد شد.\n"
        "دو طرف پارسال سه بار در ژنو دیدار کرده بودند.\n"
        "این راه دشوار است."
    )
    assert who(text) == [KIANDUST] * 4 + [NOBODY] * 2
    assert [s.form for s in said(text)] == ["direct"] * 4


@pytest.mark.parametrize(
    "line",
    [
        "ما هیچ‌گاه میز را ترک نکرده‌ایم.",
        "انتظار داریم که همه به وعده خود عمل کنند.",
        "به آینده امیدوار هستیم.",
    ],
)
def test_the_first_person_goes_on(line: str) -> None:
    assert who(f"کیان‌دوست گفت که ایران پایبند است.\n{line}") == [KIANDUST, KIANDUST]
    assert who(f"کیان‌دوست گفت: «ایران پایبند است.»\n{line}") == [KIANDUST, KIANDUST]


@pytest.mark.parametrize(
    "line",
    [
        "این مذاکرات دو سال پیش در ژنو آغاز شد.",
        "دور پنجم گفت‌وگوها ماه گذشته برگزار شده بود.",
        "دو کشور سال‌هاست که مرز مشترک دارند.",
        "این در حالی است که نرخ ارز بالا می‌رود.",
        "گفتنی است نشست بعدی در دوحه برگزار می‌شود.",
    ],
)
def test_the_reporters_background_is_nobodys(line: str) -> None:
    assert who(f"کیان‌دوست گفت که ایران پایبند است.\n{line}") == [KIANDUST, NOBODY]
    assert who(f"کیان‌دوست گفت: «ایران پایبند است.»\n{line}") == [KIANDUST, NOBODY]


@pytest.mark.parametrize("line", ["ما به میدان رفتیم و عکس گرفتیم.", "من سال‌ها در این شهر خبرنگار بودم."])
def test_first_person_with_nobody_speaking_before(line: str) -> None:
    assert who(line) == [NOBODY]


def test_speech_that_was_interrupted_does_not_go_on() -> None:
    text = "کیان‌دوست گفت: ما پایبندیم.\nهیئت ایرانی به تهران بازگشت.\nتحریم‌ها باید برداشته شود."
    assert who(text) == [KIANDUST, NOBODY, NOBODY]


def test_a_document_speaks_for_its_author() -> None:
    text = (
        "وزارت خارجه ژاپن در بیانیه‌ای اعلام کرد که نشست برگزار می‌شود.\nدر این بیانیه آمده است: پنجره دیپلماسی باز است."
    )
    first, second = said(text)
    assert first.speakers == second.speakers
    assert second.form == "direct"


# Relay


def test_a_message_that_is_passed_on() -> None:
    text = "وادیم یلاگین پیام وزیر خارجه نروژ مبنی بر درخواست توقف درگیری را منعکس کرد."
    (statement,) = said(text)
    assert statement.speakers == (YELAGIN,)
    assert statement.relayed == ("وزیر امور خارجه نروژ",)


@pytest.mark.parametrize("cue", ["از قول", "به نقل از"])
def test_words_that_are_passed_on(cue: str) -> None:
    (statement,) = said(f"یلاگین {cue} هوهن‌فلد گفت که اروپا آماده است.")
    assert statement.speakers == (YELAGIN,)
    assert statement.relayed == (HOHENFELD,)


def test_a_message_that_is_only_handed_over_is_no_statement() -> None:
    assert said("یلاگین پیام رئیس‌جمهور خود را تسلیم کرد.") == []


def test_a_message_handed_over_with_what_it_says() -> None:
    (found,) = said("یلاگین پیام هوهن‌فلد مبنی بر آمادگی برلین برای گفت‌وگو را به طرف ایرانی منتقل کرد.")
    assert (found.speakers, found.relayed) == ((YELAGIN,), (HOHENFELD,))


def test_questions_that_are_only_said_to_be_answered() -> None:
    assert said("راستین‌فر صبح امروز به پرسش‌های خبرنگاران پاسخ داد.") == []
    assert who("راستین‌فر در این باره پاسخ داد: راه باز است.") == [RASTINFAR]


def test_an_interviewers_question_is_nobodys_and_the_answer_goes_on() -> None:
    text = "کیان‌دوست گفت: راه دشوار است.\nپس نقش همسایگان چه می‌شود؟\nما با همه آنها گفت‌وگو می‌کنیم."
    assert who(text) == [KIANDUST, NOBODY, KIANDUST]


def test_both_who_met() -> None:
    text = "فرهاد کیان‌دوست با وادیم یلاگین در مسکو دیدار کرد.\nدو طرف بر گسترش تجارت تاکید کردند."
    assert who(text) == [NOBODY, f"{KIANDUST} | {YELAGIN}"]


# Old and careless typing, posts


def test_glued_words() -> None:
    assert who("کیاندوست گفت: بهحلمسالمت‌آمیز بحران امیدواریم و هیچبحران بی‌راه حل نیست.") == [KIANDUST]


def test_arabic_letters_throughout() -> None:
    text = "يلاگين گفت كه مسكو آماده است.\nوي افزود: نشست نزديك است."
    assert who(text) == [YELAGIN, YELAGIN]


def test_a_post_with_handles_and_tags() -> None:
    text = "@yelagin_v\nیلاگین: ما آماده‌ایم و منتظر می‌مانیم.\n#مسکو #دوحه"
    assert who(text) == [NOBODY, YELAGIN, NOBODY]


def test_a_post_quoted_with_straight_marks() -> None:
    text = 'هارگروو نوشت: "زمان رو به پایان است." وی افزود: "ما منتظریم."'
    assert who(text) == [HARGROVE, HARGROVE]


def test_a_sentence_glued_to_the_next() -> None:
    assert who("یلاگین گفت که مسکو آماده است.وی افزود که نشست نزدیک است.") == [YELAGIN, YELAGIN]


# Reminiscence, blocks, and who is left out


def test_a_past_event_before_the_first_person_is_reminiscence() -> None:
    said_so = "یلاگین ادامه داد: این راه درست نیست. دو سال پیش گفت‌وگوها در ژنو به نتیجه رسید. ما به آن پایبند ماندیم."
    assert who(said_so) == [YELAGIN] * 3


def test_a_past_event_before_narration_is_narration() -> None:
    text = "یلاگین ادامه داد: این راه درست نیست. دو سال پیش گفت‌وگوها در ژنو به نتیجه رسید. هیئت‌ها سپس به خانه بازگشتند."
    assert who(text) == [YELAGIN, NOBODY, NOBODY]


def test_a_line_that_only_announces_opens_a_block() -> None:
    text = "وادیم یلاگین یادآور شد:\n🔹 تجارت دو کشور رونق دارد.\n🔹 روسیه سه سال پیش این راه را گشود."
    assert who(text) == [NOBODY, YELAGIN, YELAGIN]


def test_a_medium_in_a_block_speaks_for_itself() -> None:
    text = "وادیم یلاگین:\n🔹 تجارت دو کشور رونق دارد.\n🔹 خبرگزاری رویترز اعلام کرد که گفت‌وگوها دشوار است."
    assert who(text)[2] != YELAGIN


def test_a_verb_in_the_plural_is_not_one_persons() -> None:
    text = "یلاگین گفت که راه دشوار است. بیشتر ناظران گفته‌اند که زمان کم است."
    assert who(text) == [YELAGIN, NOBODY]


@pytest.mark.parametrize(
    "head",
    ["متن کامل این نامه بدین شرح است:", "متن یادداشت بدین شرح است:"],
)
def test_a_text_quoted_whole_is_its_authors(head: str) -> None:
    lead = "یلاگین در نامه‌ای از کشورهای منطقه خواست گفت‌وگو کنند."
    assert who(f"{lead} {head} روزهای سختی گذشت. مرزها بسته شد و راه‌ها ویران شد.") == [YELAGIN] * 3


def test_a_plan_printed_whole_is_nobodys() -> None:
    assert who("یلاگین گفت که طرح آماده است. متن کامل طرح به شرح زیر است: راه‌ها ساخته شد.") == [YELAGIN, NOBODY]


def test_numbered_points_go_on_with_who_gave_them() -> None:
    text = "🔹 به گفته یلاگین، طرح دو شرط دارد.\n🔹 ۱. پایان جنگ در همه جبهه‌ها\n🔹 ۲. لغو همه تحریم‌ها"
    assert [speaker for speaker in who(text) if speaker != NOBODY] == [YELAGIN] * 3


def test_a_question_whether_somebody_spoke_says_nothing() -> None:
    assert who("آیا یلاگین این خبر را تکذیب کرد؟") == [NOBODY]

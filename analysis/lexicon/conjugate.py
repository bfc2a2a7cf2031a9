"""Forms of Persian verbs, made by hazm's `Conjugation` when the lexicon is compiled."""

from __future__ import annotations

from functools import cache

from analysis.lexicon import borrowed

_THIRD = (2, -1)
"""Where hazm's lists of six (or, in the perfect, seven) forms hold the third person singular and plural."""


@cache
def _present_stems() -> dict[str, list[str]]:
    stems: dict[str, list[str]] = {}
    for verb in borrowed.verbs():
        past, _, present = verb.partition("#")
        if past and present:
            stems.setdefault(past, []).append(present)
    return stems


def present_stems(past: str) -> list[str]:
    """The present stems that belong to a past stem («گفت» → «گو» and «گوی»); none for a verb that hazm lacks."""
    return _present_stems().get(past, [])


@cache
def third_person(past: str, *, negative: bool = False) -> tuple[str, ...]:
    """The finite third-person forms of a verb that tell what happens or happened, and its participle.

    Args:
        past: the past stem, e.g. «گفت»; the infinitive without its «ن».
        negative: the negated forms instead.
    """
    sign = "negative_" if negative else ""
    forms: list[str] = []
    for tense in ("perfective_past", "imperfective_past", "present_perfect", "past_precedent", "imperfective_present"):
        for stem in [past] if tense != "imperfective_present" else present_stems(past):
            six = getattr(borrowed.conjugation(), sign + tense)(stem)
            forms += [six[i] for i in _THIRD] + ([six[3]] if len(six) == 7 else [])
    if past == "داشت":
        forms += ["ندارد", "ندارند"] if negative else ["دارد", "دارند"]
    return tuple(dict.fromkeys(forms))


@cache
def first_person_forms() -> tuple[str, ...]:
    """The first-person forms, singular and plural, past, perfect, present, subjunctive and future, of every verb."""
    forms = ["هستم", "هستیم", "نیستم", "نیستیم", "باشم", "باشیم", "دارم", "داریم", "نداریم", "ندارم"]
    pairs = [(past, present) for past, stems in _present_stems().items() for present in stems]
    for past, present in pairs:
        for tense, stem in (
            ("perfective_past", past),
            ("imperfective_past", past),
            ("present_perfect", past),
            ("imperfective_present", present),
            ("subjunctive_perfective_present", present),
            ("perfective_present", present),
            ("perfective_future", past),
        ):
            for sign in ("", "negative_"):
                six = getattr(borrowed.conjugation(), sign + tense)(stem)
                forms += [six[0], six[-3]]
    return tuple(form for form in forms if len(form) > 3)


@cache
def third_person_plural() -> tuple[str, ...]:
    """The third-person plural forms of every verb that tell what happens or happened («گفتند», «گفته‌اند»)."""
    forms: list[str] = []
    for past, stems in _present_stems().items():
        for tense in ("perfective_past", "imperfective_past", "present_perfect", "past_precedent"):
            forms.append(getattr(borrowed.conjugation(), tense)(past)[-1])
        forms += [borrowed.conjugation().imperfective_present(stem)[-1] for stem in stems]
    return tuple(dict.fromkeys(forms))


@cache
def third_person_subjunctive() -> tuple[str, ...]:
    """The third-person forms of every verb's present without «می» («کند», «شوند»)."""
    stems = [stem for stems in _present_stems().values() for stem in stems]
    return tuple(borrowed.conjugation().perfective_present(stem)[i] for stem in stems for i in _THIRD)


@cache
def every_form(past: str) -> tuple[str, ...]:
    """Every form of a verb that hazm makes, of all persons, positive and negative, and its infinitive."""
    forms: list[str] = []
    for present in present_stems(past) or [past]:
        for form in borrowed.conjugation().get_all(f"{past}#{present}"):
            forms += [form] if isinstance(form, str) else form
    return tuple(dict.fromkeys(forms))

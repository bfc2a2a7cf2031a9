"""What a snapshot says in both languages."""

from __future__ import annotations

import pandas as pd

from analysis.lexicon.labels import Names
from analysis.measure.filters import Filters
from analysis.measure.sentence import say
from analysis.text.words import Lang, Words


def names_in(lang: Lang, speakers: pd.DataFrame) -> Names:
    """Names in one language, of the speakers of a table as well."""
    both = zip(speakers["name_fa"], speakers["name_en"], strict=True)
    return Names(Words(lang), dict(zip(speakers["speaker_id"], both, strict=True)))


def say_filters(filters: Filters | None, speakers: pd.DataFrame, lang: Lang) -> str:
    """The filters as one plain sentence; None is everything."""
    if filters is None:
        return Words(lang)("sentence.everything")
    return say(filters, names_in(lang, speakers), "jalali" if lang == "fa" else "gregorian")

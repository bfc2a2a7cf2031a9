"""What somebody asks for in words of the command line or of a link, checked: an unknown id is an error, not nothing."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from urllib.parse import parse_qsl, urlsplit

from analysis.errors import MavazeError
from analysis.lexicon.labels import ids_of
from analysis.measure.filters import QUERY_KEYS, SEPARATOR, Filters
from analysis.read.dates import iso_time
from analysis.schema import Tables

Known = Mapping[str, Mapping[str, tuple[str, ...]]]
"""By query parameter: each id with the names it goes by."""
_FLAGS = ("ministers", "repeats", "relayed")
_UNDATED = ("with", "only")
_CODED = ("human", "machine")


def query_of(link: str) -> dict[str, str]:
    """The filters in a link of the dashboard, or in what stands behind its question mark.

    Parameters that are none of the filters' belong to the page and are left out.
    """
    query = urlsplit(link).query if "?" in link else link
    return {key: value for key, value in parse_qsl(query) if key in QUERY_KEYS}


def filters_of(query: Mapping[str, str], tables: Tables) -> Filters:
    """Filters out of the parameters of a query, every one checked.

    Args:
        query: parameters as `Filters.to_query` gives them; days may be Jalali.
        tables: what is there to choose from.

    Raises:
        MavazeError: for a day, number, flag or id that is none, naming the nearest.
    """
    given = {key: value for key, value in query.items() if value}
    for key in ("from", "to"):
        if key in given:
            given[key] = _day(given[key], key)
    for key in _FLAGS:
        if given.get(key, "1") != "1":
            raise MavazeError(f"{key}={given[key]}: write 1 or leave it out.")
    if given.get("undated", "only") not in _UNDATED:
        raise MavazeError(f"undated={given['undated']}: write {' or '.join(_UNDATED)}.")
    if given.get("coded", "human") not in _CODED:
        raise MavazeError(f"coded={given['coded']}: write {' or '.join(_CODED)}.")
    sure = given.get("sure", "0")
    if not (sure.isascii() and sure.isdecimal() and int(sure) <= 100):
        raise MavazeError(f"sure={sure}: write per cent, 0 to 100.")
    for key, names in known_ids(tables).items():
        for value in given.get(key, "").split(SEPARATOR):
            if value and value not in names:
                raise MavazeError(_unknown(key, value, names))
    return Filters.from_query(given)


def known_ids(tables: Tables) -> Known:
    """What can be asked for: the ids in the tables, and those of the code book and the list of states."""
    speakers = tables.speakers
    both = zip(speakers["name_fa"], speakers["name_en"], strict=True)
    topics = {str(value): () for value in tables.statement_topics["topic_id"].unique()}
    return {
        "speaker": dict(zip(speakers["speaker_id"], both, strict=True)),
        "topic": topics | ids_of("topic"),
        "country": ids_of("country"),
        "of": ids_of("country"),
        "named": _named(),
        "source": {str(value): () for value in tables.articles["source"].unique() if value},
        "collection": {str(value): () for value in tables.articles["collection"].unique() if value},
    }


def _named() -> dict[str, tuple[str, ...]]:
    kinds = {"region": ids_of("region"), "organisation": ids_of("org")}
    return {f"{kind}:{value}": both for kind, ids in kinds.items() for value, both in ids.items()}


def _day(text: str, key: str) -> str:
    try:
        found = iso_time(text)
    except ValueError:
        found = ""
    if len(found) != 10:
        raise MavazeError(f"{key}={text}: no day. Write it like 2024-05-01 or 1403-02-12 (Jalali).")
    return found


def _unknown(key: str, value: str, names: Mapping[str, tuple[str, ...]]) -> str:
    spelled = {name.casefold(): known for known, others in names.items() for name in (known, *others) if name}
    word = value.casefold()
    close = get_close_matches(word, spelled, 5, 0.7) or get_close_matches(word, spelled, 5, 0.5)
    near = dict.fromkeys(spelled[name] for name in close)
    near |= dict.fromkeys(known for name, known in spelled.items() if len(word) > 2 and word in name)
    if not names:
        return f"{key}={value}: there is none to choose from."
    shown = ", ".join(f"{known} ({names[known][-1]})" if names[known] else known for known in list(near)[:5])
    return f"{key}={value}: no such {key} here. " + (f"Did you mean {shown}?" if shown else f"There are {len(names)}.")

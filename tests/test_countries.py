"""The table of states is whole, and its names agree with CLDR."""

from __future__ import annotations

from babel import Locale

from analysis.lexicon import load

# Codes in CLDR's list of territories that ISO 3166-1 does not assign to a state or territory.
NOT_ISO = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}


def territories(language: str) -> dict[str, str]:
    names = Locale(language).territories
    return {code: names[code] for code in names if len(code) == 2 and code not in NOT_ISO}


def test_every_state_of_iso_3166_has_a_line() -> None:
    assert set(load().places.countries) == set(territories("en"))


def test_english_names_are_those_of_cldr_or_plainly_related() -> None:
    """A name may be shorter or more usual than CLDR's, but not another state's."""
    theirs = territories("en")
    owners = {name.lower(): code for code, name in theirs.items()}
    for code, row in load().places.countries.items():
        assert owners.get(row["name_en"].lower(), code) == code


def test_cldr_persian_name_finds_its_state() -> None:
    """Whoever writes the state's formal name finds it too, for nearly all of them."""
    from analysis.extract.document import read_document
    from analysis.extract.mentions import find_mentions

    theirs = territories("fa")
    text = "\n".join(f"دولت {name} بیانیه داد." for name in theirs.values())
    found = {m.entity_id for m in find_mentions(read_document(text, load())) if m.kind == "country"}
    assert len(found & set(theirs)) >= 0.97 * len(theirs), sorted(set(theirs) - found)

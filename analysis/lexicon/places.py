"""Countries, regions, organisations and their false friends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.lexicon.matcher import Entry
from analysis.lexicon.tables import Row, check_allowed, check_unique, read_rows

COUNTRY_COLUMNS = (
    "country_id",
    "name_fa",
    "name_en",
    "names",
    "demonyms",
    "capitals",
    "institutions",
    "ambiguous",
)
REGION_COLUMNS = ("region_id", "name_fa", "name_en", "names", "demonyms")
ORGANISATION_COLUMNS = ("organisation_id", "name_fa", "name_en", "names", "kind", "country")
ORGANISATION_KINDS = ("intergovernmental", "state_body", "movement", "company", "medium", "other")


@dataclass(frozen=True, slots=True)
class Places:
    """States, regions and organisations: id to row, and the phrases that only look like them."""

    countries: dict[str, Row]
    regions: dict[str, Row]
    organisations: dict[str, Row]
    inner: list[Row]
    false_friends: list[Row]

    def entries(self) -> Iterator[Entry]:
        """The matcher's entries; a country's facets say how it is named: `name`, `demonym`, `capital` … `unsure`."""
        for row in self.countries.values():
            unsure = set(row.many("ambiguous"))
            forms = [("name", row["name_fa"]), *(("name", form) for form in row.many("names"))]
            forms += [(kind[:-1], form) for kind in ("demonyms", "capitals", "institutions") for form in row.many(kind)]
            for kind, form in dict.fromkeys(forms):
                yield Entry("country", row["country_id"], form, "name", (kind, "unsure") if form in unsure else (kind,))
        for row in self.inner:
            yield Entry("country", row["country_id"], row["place"], "name", ("place",))
        for row in self.regions.values():
            for form in dict.fromkeys([row["name_fa"], *row.many("names"), *row.many("demonyms")]):
                yield Entry("region", row["region_id"], form, "name")
        for row in self.organisations.values():
            for form in dict.fromkeys([row["name_fa"], *row.many("names")]):
                yield Entry("organisation", row["organisation_id"], form, "name", (row["kind"], row["country"]))
        for row in self.false_friends:
            yield Entry("not_name", row["hides"], row["phrase"], "name")


def load(folder: Path) -> Places:
    """Read countries, places, regions, organisations and false friends.

    Raises:
        DataError: naming file, line and remedy.
    """
    countries = read_rows(folder / "countries.csv", COUNTRY_COLUMNS, ("country_id", "name_fa", "name_en"))
    regions = read_rows(folder / "regions.csv", REGION_COLUMNS, REGION_COLUMNS[:3])
    organisations = read_rows(folder / "organisations.csv", ORGANISATION_COLUMNS, (*ORGANISATION_COLUMNS[:3], "kind"))
    inner = read_rows(folder / "places.csv", ("place", "country_id"), ("place", "country_id"))
    false_friends = read_rows(folder / "not_names.csv", ("phrase", "hides", "why"), ("phrase",))
    check_unique(countries, "country_id")
    check_unique(regions, "region_id")
    check_unique(organisations, "organisation_id")
    check_unique(inner, "place", "country_id")
    check_allowed(organisations, "kind", ORGANISATION_KINDS)
    known = {row["country_id"]: row for row in countries}
    check_allowed(inner, "country_id", tuple(known))
    check_allowed(organisations, "country", tuple(known), empty=True)
    for row in countries:
        listed = {f for c in ("names", "demonyms", "capitals", "institutions") for f in row.many(c)} | {row["name_fa"]}
        for form in row.many("ambiguous"):
            if form not in listed:
                raise row.error(f"the ambiguous form {form} stands in no other cell", "Repeat a form of this line")
    return Places(
        known,
        {row["region_id"]: row for row in regions},
        {row["organisation_id"]: row for row in organisations},
        inner,
        false_friends,
    )

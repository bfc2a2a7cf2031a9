"""What a reader gives: articles with the bytes that they came from, and what was turned away and why."""

from __future__ import annotations

from dataclasses import dataclass

REASONS: dict[str, str] = {
    "bad_address": "not an address that is opened here: only http and https, with a host",
    "bad_record": "a record that does not hold what an article needs",
    "damaged": "broken: what its kind promises is not there, or it cannot be unpacked",
    "empty": "holds nothing",
    "encrypted": "locked with a password",
    "http_error": "the server answered with an error",
    "left_out": "by its kind no article: a service message, a poll, a repeated member",
    "missing": "there is no such file, or it cannot be opened",
    "network": "the server could not be reached",
    "no_article": "readable, but without the text of an article",
    "not_text": "bytes in no encoding that can be told for certain",
    "private_address": "an address inside of a private network",
    "robots": "the site asks not to be read by programs",
    "timeout": "took longer than allowed",
    "too_large": "larger than allowed",
    "too_many": "more parts than allowed",
    "unknown_kind": "of a kind that is not read",
    "unsafe": "holds what may harm: a document type with entities, a member outside of its archive",
}
"""Why something was turned away: short ids, each with its meaning. Pages translate the ids."""


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes as they came, so that a better reader can read them again."""

    data: bytes
    """Of a file with many articles: the record's own bytes (its line, its JSON object)."""
    media_type: str
    """text/plain, text/html, application/json, application/pdf, …"""
    name: str
    """The file's name or the address."""
    reader: str
    """Which reader, with the version of its library: `html trafilatura 2.0.0`."""
    published_from: str = ""
    """What the time of publication was read from: `json-ld datePublished 2024-05-01T10:30+03:30`, `NAME.toml`,
    `column published`; empty where none was found."""


@dataclass(frozen=True, slots=True)
class Item:
    """One article as its reader delivered it."""

    where: str
    """`FILE`, `FILE, line 3`, `A.zip, folder/x.html`, an address."""
    article: dict[str, str]
    """Exactly the keys of `records.FIELDS`; `article_id` is empty where none was given."""
    original: Original


@dataclass(frozen=True, slots=True)
class Rejected:
    """What was turned away."""

    where: str
    code: str
    """One of `REASONS`."""
    reason: str
    """One English sentence: what is wrong, where, what to do."""

    def __post_init__(self) -> None:
        if self.code not in REASONS:
            raise ValueError(f"{self.code!r} is no reason; add it to REASONS with its meaning")

"""How much a reader takes on before it turns an input away: every size, number and time has its bound here."""

from __future__ import annotations

from dataclasses import dataclass

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of reading; `LIMITS` are the defaults."""

    file_bytes: int = 64 * MIB
    """A file that is read whole (.txt, .html, .docx, .pdf, a feed). A .jsonl, .csv or .parquet may be of any size."""
    json_bytes: int = 512 * MIB
    """A .json, whose objects are only known once all of it was parsed; a Telegram export is one."""
    record_bytes: int = 16 * MIB
    """One record of these: a line, a row, a JSON object; and the text of any article."""
    cells: int = 1_000
    """Columns of a .csv or a .parquet."""
    unpacked_bytes: int = 4 * GIB
    """All that comes out of one archive, nested ones included, counted while it is unpacked."""
    ratio: int = 200
    """Unpacked against packed bytes of a member, once more than `ratio_from` bytes have come out."""
    ratio_from: int = 4 * MIB
    """Bytes of a member that may come out before its ratio counts: a short text may repeat itself."""
    members: int = 20_000
    """Members of one archive, nested ones included."""
    depth: int = 3
    """How deep archives may lie in one another; 1 is an archive without another one in it."""
    document_bytes: int = 256 * MIB
    """All that comes out of a .docx, which is an archive as well."""
    pdf_pages: int = 2_000
    """Pages of a PDF."""
    seconds: float = 60
    """Time for one file that has to be interpreted (.docx, .html, a feed)."""
    pdf_seconds: float = 180
    """Time for a PDF: about one second for 5,000 letters."""
    feed_entries: int = 2_000
    """Entries of one feed."""
    response_bytes: int = 32 * MIB
    """One answer of a web server, counted as unpacked."""
    response_ratio: int = 200
    """Unpacked against received bytes of an answer, once more than `ratio_from` bytes have come out."""
    connect_seconds: float = 10
    """Until a server has taken a connection."""
    response_seconds: float = 30
    """For a whole answer, however slowly it drips."""
    redirects: int = 5
    """From one address to another."""


LIMITS = Limits()
"""The defaults."""

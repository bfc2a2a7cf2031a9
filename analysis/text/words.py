"""Words in the reader's language, and numbers, dates and lists in the reader's script.

The words that lie beside this module serve the dashboard and the snapshots alike; the dashboard adds its own.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from analysis.text.calendar import Calendar, parts, persian_digits

Lang = Literal["fa", "en"]
LANGS: tuple[Lang, ...] = ("fa", "en")


@dataclass(frozen=True)
class Words:
    """Words by key, as `words("sentence.about")`; `{names}` in them are filled from keyword arguments.

    Integers among the arguments are written in the reader's script. A key that is missing raises KeyError: nobody must
    read half a sentence.
    """

    lang: Lang

    @property
    def table(self) -> Mapping[str, Any]:
        """All words of the language by key."""
        return shared(self.lang)

    @property
    def rtl(self) -> bool:
        """Whether the language is written from right to left."""
        return self.lang == "fa"

    def __call__(self, key: str, **values: object) -> str:
        text: str = self.table[key]
        shown = {name: self.number(value) if isinstance(value, int) else value for name, value in values.items()}
        return text.format(**shown) if shown else text

    def get(self, key: str, otherwise: str) -> str:
        """The words of a key, or `otherwise` where there is no such key."""
        return str(self.table.get(key, otherwise))

    def number(self, value: int) -> str:
        """A whole number with separated thousands."""
        return self.digits(f"{value:,}").replace(",", "٬" if self.rtl else ",")

    def share(self, value: float, *, whole: bool = False) -> str:
        """A share of 1 as a percentage: one decimal below 10 %, none from there on, nor where only whole ones fit."""
        percent = value * 100
        if whole:
            text = f"{percent:.0f}" if percent == 0 or percent >= 0.5 else "<1"
        else:
            text = f"{percent:.1f}" if 0 < percent < 9.95 else f"{percent:.0f}"
        return persian_digits(text).replace(".", "٫") + "٪" if self.rtl else f"{text}%"

    def decimal(self, value: float, places: int | None = None, *, signed: bool = False) -> str:
        """A number with decimals, as «۰٫۴۲» or "0.42"; "—" where it is unknown.

        Args:
            value: the number.
            places: how many decimals; at most two, and two significant figures, where None.
            signed: whether a number above nought has its sign.
        """
        if value != value:
            return "—"
        size = abs(value)
        if places is None:
            text = f"{value:,.0f}" if size >= 9.95 else f"{value:.1f}" if size >= 0.995 else f"{value:.2g}"
            text = "0" if size < 0.005 else text.removesuffix(".0")
        else:
            text = f"{value:,.{places}f}"
        return self._in_script(("+" if signed and value > 0 else "") + text.replace("-", "\u2212"))

    def probability(self, value: float) -> str:
        """A probability with three decimals, as statisticians write it: "0.034", "< 0.001"."""
        return self._in_script(f"{value:.3f}" if value >= 0.001 else "< 0.001")

    def _in_script(self, text: str) -> str:
        return persian_digits(text).replace(",", "٬").replace(".", "٫") if self.rtl else text

    def digits(self, text: object) -> str:
        """The text with digits in the reader's script."""
        return persian_digits(text) if self.rtl else str(text)

    def date(self, day: dt.date | None, calendar: Calendar) -> str:
        """A Gregorian day as «۲۴ اسفند ۱۴۰۰» or "15 March 2022"; "undated" for None."""
        if day is None:
            return self("app.undated")
        year, month, number = parts(day, calendar)
        return self.digits(f"{number} {self.month_name(month, calendar)} {year}")

    def both_dates(self, day: dt.date | None, calendar: Calendar) -> str:
        """The day in the reader's calendar, with the other calendar behind it."""
        if day is None:
            return self("app.undated")
        other: Calendar = "gregorian" if calendar == "jalali" else "jalali"
        return f"{self.date(day, calendar)} ({self.date(day, other)})"

    def month(self, key: str, calendar: Calendar) -> str:
        """A month key (`1403-05`) as «مرداد ۱۴۰۳»."""
        year, month = key.split("-")
        return self.digits(f"{self.month_name(int(month), calendar)} {year}")

    def period(self, key: str, *, lines: bool = False) -> str:
        """A period's key (`analysis.measure.periods`) in words: «۱۷ مرداد ۱۴۰۳», «هفتهٔ ۱۳ مرداد ۱۴۰۳», «تابستان ۱۴۰۳».

        Args:
            key: of a day, a week, a month or a season.
            lines: with the year on a line of its own and without the word for "week", for the ends of an axis.
        """
        year, *rest = key.lstrip("w").split("-")
        calendar: Calendar = "jalali" if int(year) < 1700 else "gregorian"
        if rest[0].startswith("q"):
            name = str(self.table[f"seasons.{calendar}"][int(rest[0][1]) - 1])
        else:
            name = " ".join([*(str(int(day)) for day in rest[1:]), self.month_name(int(rest[0]), calendar)])
        text = self.digits(f"{name}\n{year}" if lines else f"{name} {year}")
        return self("seasons.week", day=text) if key.startswith("w") and not lines else text

    def month_name(self, month: int, calendar: Calendar) -> str:
        """The name of a month, 1-12."""
        return str(self.table[f"months.{calendar}"][month - 1])

    def listed(self, names: list[str], most: int = 4) -> str:
        """Names as "a, b and c"; beyond `most` the rest are counted."""
        if len(names) > most:
            names = [*names[: most - 1], f"+{self.number(len(names) - most + 1)}"]
        if len(names) < 2:
            return "".join(names)
        return self("app.comma").join(names[:-1]) + self("app.and") + names[-1]


def read(path: Path) -> dict[str, Any]:
    """The words of a TOML file, as `section.key` (or `section.part.key`)."""
    return dict(_flat(tomllib.loads(path.read_text(encoding="utf-8")), ""))


def _flat(words: Mapping[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    for key, value in words.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield before + key, value


@cache
def shared(lang: Lang) -> dict[str, Any]:
    """The words beside this module."""
    return read(Path(__file__).with_name(f"words.{lang}.toml"))

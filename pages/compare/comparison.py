"""Speakers, holders of one office, countries or periods next to each other."""

from pages.ui import page


def show() -> None:
    """The page."""
    page.start("comparison")


show()

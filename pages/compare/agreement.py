"""Speakers linked by the sides that they take: agreement, conflict, blocs and how far apart these are."""

from pages.ui import page


def show() -> None:
    """The page."""
    page.start("agreement")


show()

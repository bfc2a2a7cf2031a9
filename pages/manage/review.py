"""Correct what the program read."""

from pages.ui import page


def show() -> None:
    """The page."""
    page.start("review")


show()

"""A random sample, coded blind by people, to measure how far they agree with each other and with the program."""

from pages.ui import page


def show() -> None:
    """The page."""
    page.start("coding")


show()

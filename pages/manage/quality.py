"""How far the codes can be trusted: measured error, agreement of coders, coverage, unknown names, confidence."""

from pages.ui import page


def show() -> None:
    """The page."""
    page.start("quality")


show()

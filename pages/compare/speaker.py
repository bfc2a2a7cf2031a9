"""Who a speaker is, what they speak of, where they stand and whether that has changed."""

from pages.ui import page


def show() -> None:
    """The page."""
    page.start("speaker")


show()

"""The view as a page or two to print or to open in Word."""

from pages.ui import page


def show() -> None:
    """The page."""
    page.start("brief")


show()

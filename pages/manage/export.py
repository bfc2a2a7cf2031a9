"""Take what is in view away: a snapshot that others can open, check and cite, and forms for other programs."""

from pages.ui import page


def show() -> None:
    """The page."""
    page.start("export")


show()

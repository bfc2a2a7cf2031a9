"""How far the codes can be trusted: measured error, agreement of coders, coverage, unknown names, confidence."""

from pages.ui import page
from pages.ui.quality import confidence, coverage, error, opened, people, speakers
from pages.ui.quality.looked import Looked


def show() -> None:
    """The page."""
    view = page.start("quality")
    if view is None:
        return
    looked = Looked(view)
    for part in (error, confidence, people, coverage, speakers, opened):
        part.show(looked)


show()

"""Correct what the program read: what is least sure, what people corrected, speakers and terms, unknown names."""

from pages.ui import page
from pages.ui.review import counts, keeping, log, people, queue, unknown, who

PARTS = {"queue": queue.show, "log": log.show, "people": people.show, "unknown": unknown.show}


def show() -> None:
    """The page."""
    view = page.start("review")
    if view is None:
        return
    keeping.told()
    counts.show(view)
    labels = view.labels
    part = page.choose(view, "review.part", tuple(PARTS), lambda name: labels(f"review.part_{name}"), param="part")
    PARTS[part](view)
    who.remember()


show()

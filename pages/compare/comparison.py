"""Speakers, holders of one office, countries or periods next to each other."""

from pages.ui import page
from pages.ui.compared import amount, choosing, sentences, stands, tones, topics
from pages.ui.compared.question import read


def show() -> None:
    """The page."""
    view = page.start("comparison")
    if view is None:
        return
    choosing.choose(view)
    question = read(view)
    choosing.troubles(question)
    if len(question.sides) < 2:
        choosing.propose(view)
        return
    amount.show(question)
    topics.show(question)
    stands.show(question)
    tones.show(question)
    sentences.show(question)


show()

"""The flow of speech: what a sentence inherits from those before it, and whether it goes on with their words."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.extract.actors import Actor, name_words
from analysis.extract.cast import Cast
from analysis.extract.continuation import goes_on, is_open_ended, tells_scene
from analysis.extract.document import Document
from analysis.extract.lines import Line

_TOLD = 2
"""Past events in a row that may be reminiscence."""


@dataclass(slots=True)
class Attribution:
    """Who says a statement (or whose words are relayed in it), and where the text says so."""

    actor: Actor
    part: str
    start: int
    stop: int
    basis: str


@dataclass(slots=True)
class Statement:
    """`text[start:stop]`, said by its attributions; the cue is empty where `cue[0] == cue[1]`."""

    start: int
    stop: int
    form: str
    cue: tuple[int, int]
    rule: str
    attributions: list[Attribution] = field(default_factory=list)
    repeats: Statement | None = None
    relay: tuple[int, int] | None = None

    @property
    def speakers(self) -> list[Actor]:
        """Those who speak themselves."""
        return [a.actor for a in self.attributions if a.part == "speaker"]


@dataclass(slots=True)
class Flow:
    """What the next sentence inherits.

    Attributes:
        focus: whom «وی» means.
        last: the last statement.
        running: whether the last statement may go on.
        block: whether a line «X:» opened a block that belongs to X.
        state: the foreign state that was named last.
        met: the two whom narration told of last: whom «دو طرف» means.
        told: past events after direct speech: reminiscence if the first person follows, else narration.
        point: whether a number stood alone before this sentence («🔹 ۱.»).
    """

    focus: list[Actor] = field(default_factory=list)
    last: Statement | None = None
    running: bool = False
    block: list[Attribution] = field(default_factory=list)
    state: str = ""
    met: list[Actor] = field(default_factory=list)
    told: list[Line] = field(default_factory=list)
    point: bool = False

    @property
    def speaking(self) -> list[Actor]:
        """Who spoke in the sentence before."""
        return self.last.speakers if self.last and self.running else []


def may_be_told(document: Document, line: Line, flow: Flow) -> bool:
    """Whether a past event after direct speech may be the speaker's reminiscence: the next sentences will show."""
    last = flow.last
    if last is None or not flow.running or last.form != "direct" or len(flow.told) >= _TOLD:
        return False
    return is_open_ended(last.form, document.text[last.start : last.stop]) and not tells_scene(line)


def told_by(last: Statement, line: Line) -> Statement:
    start, stop = line.sentence.start, line.sentence.stop
    return Statement(start, stop, "direct", (start, start), "continuation", inherit(last, line))


def narrate(cast: Cast, flow: Flow) -> None:
    """Nobody goes on in the first person: the past events were told by the reporter."""
    told, flow.told = flow.told, []
    for line in told:
        look_at(cast, line, flow)


def look_at(cast: Cast, line: Line, flow: Flow) -> None:
    """After narration, «وی» is the person whom the narration was about."""
    flow.running = False
    flow.block = []
    named = list(dict.fromkeys(cast.introduce(phrase) for phrase in line.phrases if phrase.name))
    flow.met = named if len(named) == 2 else flow.met
    first = next((p for p in line.phrases if p.subject and (p.name or p.kind == "person")), None)
    if first is not None:
        flow.focus, _ = cast.resolve(first, focus=flow.focus, seen_country=flow.state, speaking=flow.speaking)


def inherit(last: Statement, line: Line) -> list[Attribution]:
    """The speakers of the last statement, as those of a sentence that names them at most by a pronoun."""
    speakers = [a for a in last.attributions if a.part == "speaker"]
    first = line.items[0] if line.items else None
    if first is not None and first.kind == "pronoun" and len(speakers) == 1:
        return [Attribution(speakers[0].actor, "speaker", first.start, first.stop, "pronoun")]
    return [Attribution(a.actor, "speaker", a.start, a.stop, "continuation") for a in speakers]


def continued(document: Document, line: Line, flow: Flow) -> list[Statement]:
    """An uncued sentence that goes on with what a speaker was saying."""
    start, stop = line.sentence.start, line.sentence.stop
    if flow.block and (flow.last is None or flow.running):
        return [Statement(start, stop, "direct", (start, start), "block", list(flow.block))]
    last = flow.last
    if last is None or not flow.running:
        return []
    if not line.open_before and _tells_of(document, line, last.speakers):
        return []
    if line.open_before or goes_on(document, line, last.form, document.text[last.start : last.stop], point=flow.point):
        form = "direct" if line.open_before or last.form == "headline" else last.form
        return [Statement(start, stop, form, (start, start), "continuation", inherit(last, line))]
    return []


def _tells_of(document: Document, line: Line, speakers: list[Actor]) -> bool:
    """Whether a sentence names one of the speakers outside of quotation marks: nobody calls himself by name."""
    for phrase in line.phrases:
        if phrase.name and not phrase.quoted:
            words = name_words(document.text[slice(*phrase.name)])
            if any(known[-len(words) :] == words for actor in speakers for known in actor.name_words):
                return True
    return False

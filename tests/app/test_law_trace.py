"""Law 9: every number and sentence of every output names its claims, and they their exact words."""

import contextlib
import io
import random
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
import pytest
from lxml import html as markup

from app.houses import ATLAS, house_over, moment_in
from situation.histories import History, history
from situation.lawbook import catches, held_in, keeps, put_right
from situation.testimonies import IZIUM, IZIUM_HROMADA, KHARKIV_OBLAST, VILLAGE
from vidomo.app.cli.know import show_state, state_facts
from vidomo.app.difference import Change, difference
from vidomo.app.history import Entry, entries
from vidomo.app.house import House
from vidomo.core.codec import to_json
from vidomo.disclosure.gate import gate
from vidomo.disclosure.model import PublicView
from vidomo.disclosure.narrow import about
from vidomo.publish.page import Frame, render_place
from vidomo.situation.fold import state_of
from vidomo.situation.model import DimensionState, Evidence, Incident, PlaceState, Situation
from vidomo.situation.rules import dimension_rules

CLAIM = re.compile(r"clm_[0-9a-z_]+")
PLACES = (IZIUM, VILLAGE, IZIUM_HROMADA, KHARKIV_OBLAST)


class Outputs:
    """Everything that is shown of a house, as the product makes it."""

    def situation(self, house: House, **at: datetime) -> Situation:
        return house.situation(**at)

    def facts(self, situation: Situation, place: PlaceState) -> dict[str, Any]:
        return state_facts(situation, place)

    def told(self, situation: Situation, place: PlaceState) -> str:
        with contextlib.redirect_stdout(io.StringIO()) as out:
            show_state(situation, place, "Izium")
        return out.getvalue()

    def history(self, house: House, known_at: datetime) -> Iterable[Entry]:
        return entries(house, IZIUM, known_at=known_at)

    def difference(self, house: House, **at: datetime) -> Iterable[Change]:
        return difference(house, IZIUM, **at)

    def view(self, situation: Situation) -> PublicView:
        return gate(situation, policy="operator-only", gazetteer=ATLAS, also=PLACES)

    def page(self, view: PublicView) -> str:
        frame = Frame(
            lang="en", path=f"/place/{IZIUM}", valid_at=view.valid_at, known_at=view.known_at
        )
        return render_place(view, IZIUM, frame=frame, atlas=ATLAS, is_whole=True)


class Words:
    """What the posts of a history really say."""

    def __init__(self, told: History) -> None:
        self.texts = {one.version.id: one.version.post.text for one in told.known}
        claims = [claim for one in told.known for claim in one.reading.claims]
        self.quotes: dict[str, set[str]] = {}
        self.numbers: dict[str, set[tuple[float | None, float | None]]] = {}
        self.surfaces: dict[str, set[str]] = {}
        for claim in claims:
            self.quotes.setdefault(claim.id, set()).add(claim.quote)
            self.surfaces.setdefault(claim.id, set()).add(claim.time.surface)
            numbers = self.numbers.setdefault(claim.id, set())
            if claim.number:
                numbers.add((claim.number.min, claim.number.max))
        self.decisions = {one.id: one for one in told.decisions}

    def one_line(self, claim: str) -> set[str]:
        return {" ".join(quote.split()) for quote in self.quotes.get(claim, ())}


# the law ----------------------------------------------------------------------------------------


def every_word_is_traced(outputs: type[Outputs], seed: int) -> set[str]:
    told, dice, make = history(seed), random.Random(seed + 13), outputs()
    words = Words(told)
    with house_over(told) as house:
        known_at = told.valid_at if dice.random() < 0.3 else house.now()
        at = {"valid_at": told.valid_at, "known_at": known_at}
        situation = make.situation(house, **at)
        for claim, given in put_right(situation, told.decisions).items():
            words.numbers.setdefault(claim, set()).update(given)
        _situation_is_traced(situation, words)
        for code in PLACES:
            place = state_of(situation, code, ATLAS)
            _facts_are_traced(make.facts(situation, place), words)
            _lines_are_traced(make.told(situation, place), words)
        view = make.view(situation)
        _view_is_traced(view, situation)
        _page_is_traced(make.page(view), view, words)
        _history_is_traced(make.history(house, known_at), words)
        changed = make.difference(
            house,
            valid_from=moment_in(dice),
            valid_to=told.valid_at,
            known_from=moment_in(dice),
            known_to=known_at,
        )
        _changes_are_traced(changed, words)
        _records_are_found(house, situation, dice)
    return held_in(situation)


def _situation_is_traced(found: Situation, words: Words) -> None:
    evidence = {item.claim: item for item in found.evidence}
    for item in found.evidence:
        assert words.texts[item.version][item.start : item.end] == item.quote
        assert item.quote in words.quotes[item.claim]
    for place in (*found.places, *(state_of(found, code, ATLAS) for code in PLACES)):
        assert {*place.timeline, *place.advice} <= evidence.keys()
        for row in place.dimensions:
            _phase_is_traced(row, evidence)
    for incident in found.incidents:
        _incident_is_traced(incident, evidence, words)
    for question in found.questions:
        assert question.evidence
        assert {*question.evidence, *question.answered_by} <= evidence.keys()
        assert (question.status == "answered") == bool(question.answered_by)
        for step in question.steps:
            assert step.what == "stale" or evidence[step.claim].speaker == step.speaker
    for move in found.moves:
        assert move.claim in evidence
    for decided in found.decisions:
        assert set(decided.claims) <= evidence.keys()


def _incident_is_traced(incident: Incident, evidence: dict[str, Evidence], words: Words) -> None:
    def speakers(claims: Iterable[str]) -> set[str]:
        return {evidence[claim].speaker for claim in claims}

    assert {*incident.evidence, *incident.unsourced} <= evidence.keys()
    for figure in (*incident.figures, *incident.parts):
        assert figure.evidence
        assert speakers(figure.evidence) == set(figure.speakers)
        assert all((figure.min, figure.max) in words.numbers[one] for one in figure.evidence)
    for time in incident.times:
        assert time.evidence
        assert any(time.surface in words.surfaces[claim] for claim in time.evidence)
        assert speakers(time.evidence) == set(time.speakers)
    for side in (side for one in incident.conflicts for side in one.sides):
        assert side.evidence
        assert speakers(side.evidence) == set(side.speakers)
    for link in incident.links:
        ends = [evidence[link.from_claim], evidence[link.to_claim]]
        assert bool(link.text) == (link.basis == "explicit")
        assert any(link.text in words.texts[item.version] for item in ends)


def _phase_is_traced(row: DimensionState, evidence: dict[str, Evidence]) -> None:
    assert set(row.evidence) <= evidence.keys()
    default = dimension_rules().dimensions[row.dimension].default
    # That no alert was given is what a source of alarm answers; it says so in no words.
    if row.phase != default and (row.dimension, row.phase) != ("alert", "none"):
        assert row.evidence
    for note in row.notes:
        said = evidence[note.claim]
        assert (note.quote, note.speaker) == (said.quote, said.speaker)


def _facts_are_traced(facts: dict[str, Any], words: Words) -> None:
    """What is printed as JSON holds every claim that it names, with its exact words."""
    evidence = {item.claim: item for item in facts["evidence"]}
    assert set(CLAIM.findall(to_json(facts).decode())) <= evidence.keys()
    for item in evidence.values():
        assert words.texts[item.version][item.start : item.end] == item.quote


def _lines_are_traced(text: str, words: Words) -> None:
    """A line for people that quotes anybody, or gives a number, names the claim."""
    for line in text.splitlines():
        if "«" in line or line.startswith(("  time", "  disagree", "  chain")):
            claims = CLAIM.findall(line)
            assert claims, line
            assert set(claims) <= words.quotes.keys(), line


def _view_is_traced(view: PublicView, situation: Situation) -> None:
    quotes = {(item.claim, item.quote) for item in situation.evidence}
    assert {(item.claim, item.quote) for item in view.said} <= quotes
    for part in (view, *(about(view, code) for code in PLACES)):
        said = {item.claim for item in part.said}
        shown = msgspec.structs.replace(part, withheld=())
        assert set(CLAIM.findall(to_json(shown).decode())) <= said
    for place in view.places:
        for row in place.dimensions:
            assert row.said or not row.is_said or (row.dimension, row.phase) == ("alert", "none")
    for incident in view.incidents:
        rows = (*incident.figures, *incident.parts, *incident.times)
        assert all(row.said and row.speakers for row in rows)
        assert all(side.said for one in incident.conflicts for side in one.sides)
    assert all(question.said for question in view.questions)


def _page_is_traced(page: str, view: PublicView, words: Words) -> None:
    """Numbers and quotations of a page stand in, or beside, a link to the claim that has them."""
    (main,) = markup.fromstring(page).xpath("//main")
    said = {item.claim: item for item in view.said}
    open_words = {quote for claim in said for quote in words.quotes[claim]}
    for link in main.xpath(".//a[contains(@href, 'clm_')]"):
        (claim,) = CLAIM.findall(link.get("href"))
        assert claim in said
    for block in main.xpath(".//blockquote | .//q"):
        quoted = block.text_content()
        assert any(quoted in one for one in open_words) or any(
            quoted in words.surfaces[claim] for claim in said
        )
        assert _claims_beside(block), quoted
    for number in main.xpath(".//a[contains(@class, 'num')][not(.//q)]"):
        claims = CLAIM.findall(number.get("href"))
        assert claims, number.text_content()
        given = {f"{one:g}" for pair in words.numbers[claims[0]] for one in pair if one is not None}
        if not number.xpath(".//time"):
            assert set(re.findall(r"\d+", number.text_content())) <= given
    # A line that leads to its claim has its say; a row of another place leads to its own page.
    told = ".//p[.//a[contains(@href, 'clm_')]] | .//*[contains(@class, 'rows')]"
    for aside in main.xpath(
        f"{told} | .//a | .//time | .//q | .//blockquote | .//form | .//summary"
    ):
        aside.drop_tree()
    # What is left are our own words: names, headings, phases. None of them counts anything.
    left = re.findall(r"\d+", main.text_content())
    assert not left, left


def _claims_beside(block: Any) -> list[str]:
    """Return the claims that a link within the same box, item or line names."""
    for around in block.iterancestors("li", "article", "div", "p"):
        claims = [
            claim
            for link in around.xpath(".//a[@href]")
            for claim in CLAIM.findall(link.get("href"))
        ]
        if claims:
            return claims
        if around.tag in ("li", "article"):
            return []
    return []


def _history_is_traced(rows: Iterable[Entry], words: Words) -> None:
    for row in rows:
        if row.what == "decided":
            assert row.words == words.decisions[row.id].reason
        elif row.what == "moved":
            is_quiet = row.topic == "alert" and {"none", "unknown"} & set(row.words.split(" -> "))
            assert row.id in words.quotes or (is_quiet and not row.id)
        else:
            assert row.words in words.one_line(row.id)


def _changes_are_traced(changes: Iterable[Change], words: Words) -> None:
    for change in changes:
        assert change.because
        for one in change.because:
            if one.how == "decided":
                assert one.words.endswith(words.decisions[one.id].reason)
            elif one.how != "aged":
                assert one.words in words.one_line(one.id)


def _records_are_found(house: House, situation: Situation, dice: random.Random) -> None:
    """Any claim that is named leads to its text, whatever became of it."""
    for item in dice.sample(situation.evidence, min(2, len(situation.evidence))):
        trace = house.trace(item.claim)
        assert trace is not None
        texts = {one.version.id: one.version.post.text for one in trace.versions}
        assert texts[item.version][item.start : item.end] == item.quote


# outputs that lose the thread -------------------------------------------------------------------


class Paraphrases(Outputs):
    """Quotes what somebody meant."""

    def situation(self, house: House, **at: datetime) -> Situation:
        return _with_evidence(super().situation(house, **at), quote=lambda item: item.quote.title())


class CountsFromOne(Outputs):
    """Is off by one where a quotation begins."""

    def situation(self, house: House, **at: datetime) -> Situation:
        return _with_evidence(super().situation(house, **at), start=lambda item: item.start + 1)


class ForgetsWhoCounted(Outputs):
    """Gives a number without the claim behind it."""

    def situation(self, house: House, **at: datetime) -> Situation:
        return _with_figures(super().situation(house, **at), evidence=())


class AddsUp(Outputs):
    """Gives a number that nobody gave."""

    def situation(self, house: House, **at: datetime) -> Situation:
        return _with_figures(super().situation(house, **at), max=99.0)


class StandsWithoutWords(Outputs):
    """Gives a phase that nobody's words are behind."""

    def situation(self, house: House, **at: datetime) -> Situation:
        found = super().situation(house, **at)
        places = tuple(
            msgspec.structs.replace(
                place,
                dimensions=tuple(
                    msgspec.structs.replace(row, evidence=()) for row in place.dimensions
                ),
            )
            for place in found.places
        )
        return msgspec.structs.replace(found, places=places)


class AnswersByItself(Outputs):
    """Closes a question with nobody's answer."""

    def situation(self, house: House, **at: datetime) -> Situation:
        found = super().situation(house, **at)
        questions = tuple(
            msgspec.structs.replace(one, status="answered") for one in found.questions
        )
        return msgspec.structs.replace(found, questions=questions)


class PrintsHalf(Outputs):
    """Prints a state without the words of its timeline."""

    def facts(self, situation: Situation, place: PlaceState) -> dict[str, Any]:
        facts = super().facts(situation, place)
        return facts | {"evidence": facts["evidence"][:-1]}


class TellsWithoutIds(Outputs):
    """Tells people what was said, and not where to look it up."""

    def told(self, situation: Situation, place: PlaceState) -> str:
        return CLAIM.sub("", super().told(situation, place))


class LetsWordsThroughAlone(Outputs):
    """Shows statements whose words did not pass."""

    def view(self, situation: Situation) -> PublicView:
        view = super().view(situation)
        return msgspec.structs.replace(view, said=view.said[1:])


class LinksNothing(Outputs):
    """Shows a page on which numbers lead nowhere."""

    def page(self, view: PublicView) -> str:
        return re.sub(r'(class="num" href=")[^"]*', r"\1", super().page(view))


class RoundsUp(Outputs):
    """Shows a page with numbers of its own."""

    def page(self, view: PublicView) -> str:
        return re.sub(r'(class="num"[^>]*>)\d+', r"\g<1>40", super().page(view))


class CountsBeside(Outputs):
    """Shows a page that counts what the posts did not."""

    def page(self, view: PublicView) -> str:
        page = super().page(view)
        return page.replace("</h1>", f"</h1><p>{len(view.said)} statements</p>")


class RemembersRoughly(Outputs):
    """Tells the history in its own words."""

    def history(self, house: House, known_at: datetime) -> Iterable[Entry]:
        return [
            msgspec.structs.replace(row, words=f"about {row.words}")
            for row in super().history(house, known_at)
        ]


class MovesForNoReason(Outputs):
    """Tells of moves that no words made."""

    def history(self, house: House, known_at: datetime) -> Iterable[Entry]:
        return [msgspec.structs.replace(row, id="") for row in super().history(house, known_at)]


class ChangesForNoReason(Outputs):
    """Tells of changes without their reasons."""

    def difference(self, house: House, **at: datetime) -> Iterable[Change]:
        return [msgspec.structs.replace(one, because=()) for one in super().difference(house, **at)]


def _with_evidence(found: Situation, **changes: Any) -> Situation:
    evidence = tuple(
        msgspec.structs.replace(item, **{name: made(item) for name, made in changes.items()})
        for item in found.evidence
    )
    return msgspec.structs.replace(found, evidence=evidence)


def _with_figures(found: Situation, **changes: Any) -> Situation:
    incidents = tuple(
        msgspec.structs.replace(
            one, figures=tuple(msgspec.structs.replace(row, **changes) for row in one.figures)
        )
        for one in found.incidents
    )
    return msgspec.structs.replace(found, incidents=incidents)


BROKEN = [
    Paraphrases,
    CountsFromOne,
    ForgetsWhoCounted,
    AddsUp,
    StandsWithoutWords,
    AnswersByItself,
    PrintsHalf,
    TellsWithoutIds,
    LetsWordsThroughAlone,
    LinksNothing,
    RoundsUp,
    CountsBeside,
    RemembersRoughly,
    MovesForNoReason,
    ChangesForNoReason,
]


# tests ------------------------------------------------------------------------------------------


def test_every_word_of_every_output_can_be_traced() -> None:
    keeps("9 every word is traced", every_word_is_traced, Outputs)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_every_word_of_every_output_can_be_traced_for_long() -> None:
    keeps("9 every word is traced", every_word_is_traced, Outputs)


@pytest.mark.parametrize("mutant", BROKEN)
def test_an_output_that_loses_the_thread_is_caught(mutant: type[Outputs]) -> None:
    catches(every_word_is_traced, mutant)

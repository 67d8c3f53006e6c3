"""What is said not to be known, and what becomes of it."""

import pytest

from situation.testimonies import (
    CHUHUIV,
    DSNS,
    IZIUM,
    IZIUM_RAION,
    IZMAIL,
    KHARKIV_OBLAST,
    MVA,
    OVA,
    at,
    place,
    post,
    said,
    situation,
)
from vidomo.claims.model import Claim, Kind, Polarity, SpeakerKind
from vidomo.situation.fold import Known
from vidomo.situation.model import Question


def ask(
    topic: str = "harm.casualties", subject: str = "casualties", status: str = "not_released"
) -> Claim:
    return said(topic, IZIUM, body=MVA, kind=Kind.UNKNOWN, unknown=(subject, status))


def only(*known: Known, **more: object) -> Question:
    (question,) = situation(*known, **more).questions
    return question


ASKED = post(1, at("10:00"), ask())
RUMOUR = post(
    2,
    None,
    said(
        "harm.casualties",
        IZIUM,
        who=SpeakerKind.AUTHOR,
        kind=Kind.UNKNOWN,
        unknown=("casualties", "not_released"),
    ),
)


def test_a_question_is_open_and_says_who_asks_and_since_when() -> None:
    question = only(ASKED)
    assert question.status == "open"
    assert question.status_said == "not_released"
    assert question.place == IZIUM
    assert question.asked_at == at("10:00")
    assert question.asked_by == ("Ізюмська міська військова адміністрація",)
    assert not question.unsourced


def test_asked_again_it_is_the_same_question_asked_later() -> None:
    question = only(ASKED, post(3, at("12:00"), ask(status="being_clarified")))
    assert question.asked_at == at("10:00")
    assert question.last_asked_at == at("12:00")
    assert question.status_said == "being_clarified"
    assert len(question.evidence) == 2


def test_an_authoritys_words_for_the_question_go_before_later_ones_without_a_source() -> None:
    claim = said(
        "harm.casualties",
        IZIUM,
        who=SpeakerKind.AUTHOR,
        kind=Kind.UNKNOWN,
        unknown=("casualties", "unclear"),
    )
    question = only(ASKED, post(3, at("12:00"), claim))
    assert question.status_said == "not_released"
    assert question.last_asked_at == at("12:00")
    assert not question.unsourced


@pytest.mark.parametrize(
    "answer",
    [
        said("harm.killed", IZIUM, body=OVA, n=2),
        said("harm.injured", IZIUM, body=DSNS, n=1),
        said("harm.killed", IZIUM, body=OVA, n=0, polarity=Polarity.NEGATED),
    ],
)
def test_a_figure_or_a_stated_zero_of_standing_answers_casualties(answer: Claim) -> None:
    known = post(3, at("12:00"), answer)
    question = only(ASKED, known)
    assert question.status == "answered"
    assert question.answered_at == at("12:00")
    assert question.answered_by == (known.reading.claims[0].id,)


@pytest.mark.parametrize(
    "words",
    [
        said("harm.killed", IZIUM, n=2, who=SpeakerKind.AUTHOR),
        said("harm.killed", IZIUM, body=OVA),
        said("harm.killed", CHUHUIV, body=OVA, n=2),
        said("harm.killed", KHARKIV_OBLAST, body=OVA, n=2),
        said("harm.rescued", IZIUM, body=OVA, n=2),
        said("harm.killed", IZIUM, body=OVA, n=2, kind=Kind.BACKGROUND),
        said("impact.damage", IZIUM, body=OVA, n=2),
    ],
    ids=["no source", "no number", "elsewhere", "the oblast", "rescued", "history", "damage"],
)
def test_nothing_else_answers_casualties(words: Claim) -> None:
    question = only(ASKED, post(3, at("12:00"), words))
    assert question.status == "open"
    assert question.answered_by == ()


def test_a_question_asked_by_a_text_without_a_source_says_so_and_can_be_answered() -> None:
    assert only(RUMOUR).unsourced
    assert only(RUMOUR).asked_at is None
    answered = only(RUMOUR, post(3, at("12:00"), said("harm.killed", IZIUM, body=OVA, n=2)))
    assert answered.status == "answered"
    assert answered.unsourced


def test_asked_again_by_an_authority_after_the_answer_it_is_open_again() -> None:
    answer = post(3, at("12:00"), said("harm.killed", IZIUM, body=OVA, n=2))
    again = post(4, at("13:00"), ask(status="being_clarified"))
    assert only(ASKED, answer, again).status == "open"
    assert only(ASKED, answer, RUMOUR).status == "answered"


def test_what_an_authority_withholds_is_withheld() -> None:
    known = post(1, at("10:00"), ask("event.explosion", "location", "withheld"))
    assert only(known).status == "withheld"


def test_a_question_that_nobody_repeats_for_a_week_is_stale() -> None:
    assert only(ASKED, when=at("10:00", "2026-01-17")).status == "open"
    assert only(ASKED, when=at("10:01", "2026-01-17")).status == "stale"


@pytest.mark.parametrize(
    ("subject", "topic", "answer", "status"),
    [
        ("location", "event.explosion", said("event.explosion", IZIUM, body=OVA, n=2), "open"),
        ("extent", "impact.damage", said("impact.damage", IZIUM, body=OVA), "open"),
        ("damage", "impact.damage", said("impact.damage", IZIUM, body=OVA), "answered"),
        ("cause", "event.explosion", said("cause.munition", IZIUM, body=OVA), "answered"),
        ("number", "event.explosion", said("event.explosion", IZIUM, body=OVA, n=6), "answered"),
        ("number", "event.explosion", said("harm.killed", IZIUM, body=OVA, n=6), "open"),
        (
            "restoration_time",
            "impact.power.outage",
            said("impact.power.restored", IZIUM, body=MVA, kind=Kind.FORECAST),
            "answered",
        ),
        (
            "restoration_time",
            "impact.power.outage",
            said("impact.water.restored", IZIUM, body=MVA, kind=Kind.FORECAST),
            "open",
        ),
    ],
)
def test_each_subject_has_its_own_answers(
    subject: str, topic: str, answer: Claim, status: str
) -> None:
    asked = post(1, at("10:00"), ask(topic, subject))
    assert only(asked, post(3, at("12:00"), answer)).status == status


def test_a_question_about_an_undecided_place_is_shown_at_each_candidate_and_answered_at_none() -> (
    None
):
    claim = said(
        "harm.casualties",
        body=MVA,
        kind=Kind.UNKNOWN,
        unknown=("casualties", "being_clarified"),
        candidates=(IZMAIL, IZIUM),
    )
    answer = post(3, at("12:00"), said("harm.killed", IZIUM, body=OVA, n=2))
    found = situation(post(1, at("10:00"), claim), answer)
    (question,) = found.questions
    assert question.place is None
    assert question.candidates == (IZMAIL, IZIUM)
    assert question.status == "open"
    assert place(found, IZIUM).questions == place(found, IZMAIL).questions == (question.id,)


def test_questions_of_two_places_are_two() -> None:
    claim = said("harm.casualties", IZIUM, CHUHUIV, body=OVA, kind=Kind.UNKNOWN)
    assert len(situation(post(1, at("10:00"), claim)).questions) == 2


def test_a_question_of_the_raion_is_answered_inside_it() -> None:
    claim = said(
        "harm.casualties",
        IZIUM_RAION,
        body=OVA,
        kind=Kind.UNKNOWN,
        unknown=("casualties", "unclear"),
    )
    answer = post(3, at("12:00"), said("harm.killed", IZIUM, body=OVA, n=2))
    assert only(post(1, at("10:00"), claim), answer).status == "answered"


def test_what_is_not_known_of_the_raion_is_not_known_of_its_places() -> None:
    def of(place_asked: str) -> Known:
        return post(
            1, at("10:00"), said("harm.casualties", place_asked, body=OVA, kind=Kind.UNKNOWN)
        )

    found = situation(of(IZIUM_RAION))
    (question,) = found.questions
    assert place(found, IZIUM).questions == (question.id,)
    assert question.place == IZIUM_RAION
    assert place(found, CHUHUIV).questions == ()
    assert place(situation(of(KHARKIV_OBLAST)), IZIUM).questions == ()


def test_a_question_that_was_edited_away_is_asked_no_more() -> None:
    edited = post(1, at("10:00"), said("event.strike", IZIUM, body=MVA), edited_at=at("11:00"))
    assert situation(ASKED, edited).questions == ()


def test_an_answer_that_was_deleted_answers_no_more() -> None:
    answer = post(3, at("12:00"), said("harm.killed", IZIUM, body=OVA, n=2))
    gone = post(3, at("12:00"), said("harm.killed", IZIUM, body=OVA, n=2), deleted_at=at("13:00"))
    assert only(ASKED, answer, gone, when=at("12:30")).status == "answered"
    assert only(ASKED, answer, gone).status == "open"


# the whole life --------------------------------------------------------------------------------


def life(question: Question) -> list[tuple[str, str | None]]:
    return [(step.what, step.at.strftime("%H:%M") if step.at else None) for step in question.steps]


def test_a_question_keeps_every_step_of_its_life() -> None:
    again = post(3, at("11:00"), ask())
    answer = post(4, at("12:00"), said("harm.killed", IZIUM, body=OVA, n=1))
    repeat = post(5, at("12:30"), said("harm.killed", IZIUM, body=OVA, n=1))
    question = only(RUMOUR, ASKED, again, answer, repeat)
    assert life(question) == [
        ("asked", None),
        ("reasked", "10:00"),
        ("reasked", "11:00"),
        ("answered", "12:00"),
    ]
    assert [step.unsourced for step in question.steps] == [True, False, False, False]
    assert question.steps[-1].claim == answer.reading.claims[0].id
    assert all(step.speaker for step in question.steps)


def test_an_authority_that_asks_after_the_answer_opens_the_question_again() -> None:
    answer = post(4, at("12:00"), said("harm.killed", IZIUM, body=OVA, n=1))
    again = post(5, at("13:00"), ask())
    last = post(6, at("14:00"), said("harm.killed", IZIUM, body=OVA, n=2))
    assert life(only(ASKED, answer, again))[-1] == ("reopened", "13:00")
    assert only(ASKED, answer, again).status == "open"
    assert life(only(ASKED, answer, again, last))[-1] == ("answered", "14:00")


def test_a_text_without_a_source_that_asks_after_the_answer_opens_nothing() -> None:
    answer = post(4, at("12:00"), said("harm.killed", IZIUM, body=OVA, n=1))
    claim = RUMOUR.reading.claims[0]
    rumour = post(5, at("13:00"), claim, source="rewriter")
    question = only(ASKED, answer, rumour)
    assert life(question)[-1] == ("reasked", "13:00")
    assert question.status == "answered"


def test_what_is_withheld_and_what_grows_old_is_a_step() -> None:
    held = post(3, at("11:00"), ask(status="withheld"))
    assert life(only(ASKED, held))[-1] == ("withheld", "11:00")
    old = only(ASKED, when=at("12:00", "2026-02-10"))
    assert [step.what for step in old.steps] == ["asked", "stale"]
    assert old.steps[-1].at == at("10:00", "2026-01-17")
    assert old.steps[-1].claim == ""

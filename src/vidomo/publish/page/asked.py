"""What is not known, as a page tells it: who says so, since when, and what became of it."""

from typing import Any

from vidomo.disclosure.model import QuestionView, StepView
from vidomo.publish.page.telling import Telling


def question(item: QuestionView, *, code: str, telling: Telling) -> dict[str, Any]:
    """Return a question for the template of the page of a place.

    Args:
        item: The question.
        code: The place of the page; a question about a wider one says about which.
        telling: The page.
    """
    words, frame, said = telling.words, telling.frame, telling.said
    answers = [said[claim] for claim in item.answered_by if claim in said]
    asks = [said[claim] for claim in item.said if claim in said]
    return {
        "title": words.label("question", item.subject),
        "topic": words.label("topic", item.topic),
        "status": words.label("question_status", item.status),
        "status_said": words.label("unknown_status", item.status_said) if item.status_said else "",
        "is_open": item.status == "open",
        "unsourced": item.unsourced,
        "asked_by": item.asked_by or telling.speakers(item.said),
        "asked_at": frame.moment(item.asked_at) if item.asked_at else "",
        "claim": asks[0].claim if asks else "",
        "answer": answers[0] if answers else None,
        "answer_by": telling.speakers(item.answered_by),
        "about": telling.atlas.label(item.place, lang=frame.lang)
        if item.place and item.place != code
        else "",
        "id": item.id,
        "candidates": [
            (one, telling.atlas.label(one, lang=frame.lang, full=True)) for one in item.candidates
        ],
        "steps": [_step(step, telling) for step in item.steps] if len(item.steps) > 1 else [],
    }


def _step(step: StepView, telling: Telling) -> dict[str, Any]:
    return {
        "what": telling.words.label("step", step.what),
        "when": telling.frame.moment(step.at) if step.at else telling.words("when.undated"),
        "speakers": telling.speakers((step.said,)) if step.said else (),
        "unsourced": step.unsourced,
        "claim": step.said,
    }

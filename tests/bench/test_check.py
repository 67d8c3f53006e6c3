"""Every problem of a batch is found."""

from pathlib import Path

import msgspec
import pytest
from bench.reading import check as checking
from bench.reading.check import check_rows
from bench.reading.corpus import LABELS
from bench.reading.labels import (
    LabelClaim,
    Labelled,
    LabelNumber,
    LabelPlace,
    LabelUnknown,
    read_labels,
)
from bench.reading.vocabulary import vocabulary

from vidomo.core.errors import InputError
from vidomo.gazetteer import Gazetteer

IZIUM = "UA63040090010029555"
GOOD = LabelClaim(
    topic="event.explosion",
    kind="report",
    polarity="affirmed",
    start=0,
    end=10,
    places=(LabelPlace(code=IZIUM, start=0, end=4),),
    number=LabelNumber(min=2.0, max=2.0, unit="explosions"),
)


def codes(*claims: LabelClaim, post: str = "p", labeller: str = "A") -> set[str]:
    row = Labelled(id=post, labeller=labeller, claims=claims)
    problems = check_rows([row], ids=["p"], texts={"p": "x" * 20}, gazetteer=Gazetteer.open())
    return {problem.code for problem in problems}


def test_a_sound_claim_has_no_problem() -> None:
    assert codes(GOOD) == set()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"topic": "event.bang"}, "topic"),
        ({"kind": "fact"}, "kind"),
        ({"polarity": "no"}, "polarity"),
        ({"speaker_kind": "god"}, "speaker_kind"),
        ({"end": 21}, "offsets"),
        ({"end": 0}, "offsets"),
        ({"kind": "unknown"}, "unknown"),
        ({"unknown": LabelUnknown(subject="cause", status="unclear")}, "unknown"),
        (
            {"kind": "unknown", "unknown": LabelUnknown(subject="x", status="unclear")},
            "subject",
        ),
        ({"kind": "unknown", "unknown": LabelUnknown(subject="cause", status="x")}, "status"),
        ({"number": LabelNumber(min=1.0, mode="many", unit="persons")}, "mode"),
        ({"number": LabelNumber(min=1.0, unit="men")}, "unit"),
        ({"number": LabelNumber(min=3.0, max=2.0, unit="persons")}, "number"),
        ({"number": LabelNumber(min=0.0, max=0.0, unit="persons")}, "number"),
        ({"number": LabelNumber(min=0.0, max=0.0, mode="none", unit="persons")}, "number"),
        ({"places": (LabelPlace(code="UA99"),)}, "code"),
        ({"places": (LabelPlace(code=IZIUM, role="target"),)}, "role"),
        ({"places": (LabelPlace(code=IZIUM, start=5, end=5),)}, "place_offsets"),
        ({"places": (LabelPlace(code=IZIUM, candidates=(IZIUM,)),)}, "candidates"),
        ({"places": (LabelPlace(code=None, candidates=("UA99",)),)}, "code"),
    ],
)
def test_each_wrong_field_is_named(change: dict[str, object], code: str) -> None:
    assert code in codes(msgspec.structs.replace(GOOD, **change))


def test_russia_the_country_and_an_abstention_are_sound() -> None:
    places = (LabelPlace(code="RU"), LabelPlace(code="UA"), LabelPlace(code=None))
    assert codes(msgspec.structs.replace(GOOD, places=places)) == set()


def test_the_same_claim_twice_is_named() -> None:
    assert codes(GOOD, GOOD) == {"twice"}


def test_ids_must_be_those_of_the_batch_once_each() -> None:
    assert codes(GOOD, post="q") >= {"not_once", "not_of_batch"}


def test_only_two_labellers_are_known() -> None:
    assert codes(GOOD, labeller="C") == {"labeller"}


def test_every_topic_belongs_to_one_family() -> None:
    listed = [topic for topics in vocabulary().families.values() for topic in topics]
    assert len(listed) == len(set(listed))
    assert vocabulary().family("help.point") == "help"
    assert vocabulary().family("no.such") == "other"


def test_a_broken_line_and_a_missing_file_are_named(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('\n{"id": 3}\n', encoding="utf-8")
    with pytest.raises(InputError, match="line 2"):
        read_labels(path)
    with pytest.raises(InputError, match=r"y\.jsonl"):
        read_labels(tmp_path / "y.jsonl")


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("batch", sorted(path.stem for path in LABELS.glob("*.jsonl")))
def test_the_committed_labels_have_no_problem(
    batch: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checking.main([batch]) == 0, capsys.readouterr().out


@pytest.mark.usefixtures("shared")
def test_an_incomplete_batch_ends_the_command_with_refusal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "r1.jsonl"
    path.write_bytes(b"")
    assert checking.main(["r1", str(path)]) == 5
    assert "r1: 100 problems" in capsys.readouterr().out

"""Two label files side by side give the printed result."""

from pathlib import Path

import pytest
from bench.reading import predict, score as scoring, show
from bench.reading.corpus import Post, batch_ids, read_posts, read_sample, write_lines
from bench.reading.labels import LabelClaim, Labelled
from bench.reading.score import by_family, grouped, pair, read_many, report

from vidomo.claims.model import Claim, Kind, Number, PlaceRef, Role, UnknownThing
from vidomo.core.errors import InputError

END = LabelClaim(topic="alert.end", kind="report", polarity="affirmed", start=0, end=3)
KILLED = LabelClaim(topic="harm.killed", kind="report", polarity="affirmed", start=4, end=9)


def written(folder: Path, name: str, **claims: tuple[LabelClaim, ...]) -> str:
    path = folder / f"{name}.jsonl"
    write_lines(path, [Labelled(id=key, labeller="A", claims=each) for key, each in claims.items()])
    return str(path)


def test_files_joined_by_commas_are_read_as_one(tmp_path: Path) -> None:
    one, two = written(tmp_path, "a", p=(END,)), written(tmp_path, "b", q=())
    assert read_many(f"{one},{two}") == {"p": (END,), "q": ()}
    with pytest.raises(InputError, match="p is there twice"):
        read_many(f"{one},{one}")


def test_a_gold_post_that_was_not_read_is_an_error_and_no_zero() -> None:
    with pytest.raises(InputError, match="1 posts were not read"):
        pair({"p": (END,)}, {})


def test_agreement_takes_the_posts_that_both_have() -> None:
    both = pair({"p": (END,), "q": ()}, {"p": (), "r": ()}, common=True)
    assert both == {"p": ((END,), ())}


def test_agreement_is_the_same_from_either_side() -> None:
    a, b = {"p": (END, KILLED)}, {"p": (END,)}
    for first, second in ((a, b), (b, a)):
        rows = report(pair(first, second), langs={}, texts={}, with_gates=False)
        assert rows[1].split()[3] == "0.667"


def test_a_family_is_scored_apart_with_its_support() -> None:
    families = by_family([((END, KILLED), (END,))])
    assert (families["alert"].f1, families["alert"].support) == (1.0, 1)
    assert (families["harm"].f1, families["harm"].support) == (0.0, 1)
    assert families["help"].f1 is None


def test_posts_are_grouped_by_language_and_source() -> None:
    pairs = {"UZprymisky/1": ((END,), ()), "unlp-2": ((), (END,))}
    assert list(grouped(pairs, key=lambda key: key[:2])) == ["UZ", "un"]
    rows = report(pairs, langs={"unlp-2": "uk"}, texts={})
    printed = "\n".join(rows)
    for words in ("lang uk", "lang und", "genre railway", "source unlp", "false all-clear"):
        assert words in printed
    assert "family harm (too few)" in printed


def test_a_claim_of_the_reader_becomes_a_label_without_words() -> None:
    claim = Claim(
        id="clm_1",
        topic="harm.injured",
        kind=Kind.UNKNOWN,
        quote="слова",
        start=3,
        end=8,
        number=Number(min=1, max=2, mode="range", unit="persons"),
        unknown=UnknownThing(subject="casualties", status="unclear"),
        places=(
            PlaceRef(code="RU", name="Росія", surface="Росії", role=Role.NEAR, start=1, end=2),
            PlaceRef(code=None, candidates=("UA1", "UA2")),
        ),
    )
    label = predict.as_label(claim)
    assert (label.topic, label.kind, label.polarity) == ("harm.injured", "unknown", "affirmed")
    assert label.number is not None
    assert (label.number.min, label.number.mode) == (1, "range")
    assert label.unknown is not None
    assert label.unknown.status == "unclear"
    assert (label.places[0].code, label.places[0].role) == ("RU", "near")
    assert label.places[1].candidates == ("UA1", "UA2")


def test_a_batch_is_shown_with_places_and_ids() -> None:
    posts = [Post(id="a", lang="uk", text="перший", source="s")]
    assert show.render(posts, first=7) == "=== 7 a [uk]\nперший\n"


@pytest.mark.usefixtures("shared")
def test_the_commands_run_on_the_committed_batch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = batch_ids("r1", read_sample())
    show.main(["r1", "2", "3"])
    shown = capsys.readouterr().out
    assert ids[1] in shown
    assert ids[3] not in shown
    last = [row for row in read_sample() if row.batch == "r5"]
    found = tmp_path / "found.jsonl"
    write_lines(found, [Labelled(id=row.id, labeller="B", claims=(END,)) for row in last])
    assert scoring.main([str(found), str(found), "--fifth"]) == 0
    printed = capsys.readouterr().out
    assert int(printed.split()[0]) == sum(row.fifth for row in last) < len(last)
    assert "false all-clear" in printed
    assert scoring.main(["r1", "r1", "--agreement"]) == 0
    assert "false all-clear" not in capsys.readouterr().out


@pytest.mark.usefixtures("shared")
def test_what_the_reader_finds_is_written_one_line_a_post(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = batch_ids("r1", read_sample())[:2]
    monkeypatch.setattr(predict, "batch_ids", lambda _batch, _sample: ids)
    target = tmp_path / "found.jsonl"
    assert predict.main(["r1", str(target)]) == 0
    assert list(read_many(str(target))) == ids
    assert set(ids) <= set(read_posts())

"""What people decided at the desk is read by the benchmark as labels."""

from bench.reading.labels import Labelled

from vidomo.app.review_labels import Label, LabelClaim, LabelNumber, LabelPlace, LabelUnknown
from vidomo.core.codec import from_json, to_json

LABEL = Label(
    id="izium_mva/1",
    labeller="desk",
    decided=1,
    claims=(
        LabelClaim(
            topic="harm.casualties",
            kind="unknown",
            polarity="affirmed",
            start=3,
            end=9,
            places=(LabelPlace(code=None, role="near", start=1, end=2, candidates=("UA1", "UA2")),),
            number=LabelNumber(min=1.0, max=None, mode="at_least", unit="persons"),
            unknown=LabelUnknown(subject="casualties", status="being_clarified"),
            speaker_kind="self",
        ),
    ),
)


def test_a_label_of_the_desk_is_a_label_of_the_benchmark() -> None:
    line = to_json(LABEL)
    read = from_json(line, Labelled)
    assert read.id == LABEL.id
    assert to_json(read.claims) == to_json(LABEL.claims)

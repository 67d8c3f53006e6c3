"""Whatever is written for whatever places keeps the schema, the profile and the desk's rules."""

from datetime import timedelta
from functools import cache
from pathlib import Path

from hypothesis import given, strategies as st
from lxml import etree

from desk.alerts.test_compose import life, said
from desk.alerts.worlds import NOW, atlas, press
from vidomo.desk.alerts.compose import Behind, correct, from_wording
from vidomo.desk.alerts.held import reasons_held
from vidomo.desk.alerts.who import raises_caution
from vidomo.publish.alerts.model import Scope, Status
from vidomo.publish.alerts.profile import broken_rules
from vidomo.publish.alerts.write import write_alert

CODES = st.lists(
    st.sampled_from([unit.code for unit in atlas().units()]), min_size=1, max_size=6, unique=True
)
WRITERS = st.sampled_from(
    [
        ("live", Status.ACTUAL, Scope.PUBLIC),
        ("exercise", Status.EXERCISE, Scope.PUBLIC),
        ("live", Status.TEST, Scope.RESTRICTED),
        ("live", Status.ACTUAL, Scope.RESTRICTED),
    ]
)


@cache
def official(folder: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(folder / "cap/CAP-v1.2-schema.xsd")))


def at(minutes: int, writer):
    house, status, scope = writer
    when = NOW + timedelta(minutes=minutes)
    return press(when, is_exercise=house == "exercise", status=status, scope=scope)


@given(codes=CODES, writer=WRITERS, name=st.sampled_from(("shelter", "advice", "being_verified")))
def test_every_message_and_what_follows_it_is_sound(shared: Path, codes, writer, name) -> None:
    first = from_wording(at(0, writer), name, codes)
    before = life(first)
    behind = Behind(follows=before, lives=(before,))
    drafts = [
        first,
        from_wording(at(1, writer), "shelter", codes, behind=behind),
        correct(at(1, writer), before, "shelter", codes, lives=(before,)),
        from_wording(at(2, writer), "cancel", codes, behind=behind),
        from_wording(at(3, writer), "all_clear", codes, behind=Behind(said=(said(),))),
        from_wording(at(4, writer), "from_view", codes, behind=Behind(said=(said(),) * 3)),
    ]
    for draft in drafts:
        assert reasons_held(draft) == ()
        assert broken_rules(draft.alert) == ()
        assert official(shared).validate(etree.fromstring(write_alert(draft.alert)))
        assert b"clm_" not in write_alert(draft.alert)
    assert raises_caution(drafts[2].alert, first.alert)

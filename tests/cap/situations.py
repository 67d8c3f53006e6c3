"""Invented situations, and messages about them."""

import random
from datetime import UTC, datetime, timedelta
from functools import cache

from vidomo.gazetteer import Gazetteer
from vidomo.gazetteer.shapes import bundled_shapes
from vidomo.gazetteer.shapes_arcs import SCALE
from vidomo.publish.alerts.model import (
    Alert,
    Area,
    Category,
    Certainty,
    Info,
    MsgType,
    NamedValue,
    Reference,
    Resource,
    ResponseType,
    Scope,
    Severity,
    Status,
    Urgency,
)
from vidomo.publish.alerts.profile import EVENT_LIST, PROFILE, identifier_for
from vidomo.publish.alerts.profile_area import ISO3166, KATOTTG, iso_code

IZIUM = "UA63040090010029555"
NOON = datetime(2024, 1, 31, 12, tzinfo=UTC)
SENDER = "cap@izium.example"
FIRST = datetime(2022, 2, 24, tzinfo=UTC)
SPAN_S = 2 * 365 * 24 * 3600
TELL = {
    "uk": {
        "event": ("Загроза обстрілу", "Відключення світла", "Вода непридатна для пиття"),
        "headline": (
            "{place}: негайно в укриття",
            "{place}: світла немає",
            "{place}: не пийте воду",
        ),
        "parts": (
            "Повідомляє громада.",
            "Що невідомо: скільки це триватиме & де ще.",
            "Світло зникло < 2 годин тому.",
            "«Так», сказав речник; п'ятеро дітей у безпеці.",
            "Перевірте сусідів 👵🏽.",
            "Рядок\nй ще один рядок.",
            "Не вимикайте телефон; ]]> знак.",
        ),
    },
    "en": {
        "event": ("Threat of attack", "Power outage", "Water unfit to drink"),
        "headline": (
            "{place}: take shelter now",
            "{place}: no power",
            "{place}: do not drink the water",
        ),
        "parts": (
            "The community says so.",
            "Not known: how long it will last & where else.",
            "Power went < 2 hours ago.",
            '"Yes", said the speaker.',
            "Look in on neighbours 👵🏽.",
            "One line\nand another.",
            "Keep your phone on; ]]> mark.",
        ),
    },
}
SAY = {
    Status.EXERCISE: {"uk": "НАВЧАННЯ. ", "en": "EXERCISE. ", "note": "Навчання / exercise"},
    Status.TEST: {"uk": "ТЕСТ. ", "en": "TEST. ", "note": "Тест / test"},
}


@cache
def places() -> tuple[str, ...]:
    """Every unit that a message may be for."""
    return tuple(sorted(unit.code for unit in Gazetteer.open().units()))


@cache
def ring_of(raion: str) -> tuple[tuple[float, float], ...]:
    """The closed outer ring of a raion as latitude and longitude."""
    ring = max(bundled_shapes().arcs.rings(raion), key=len)
    points = tuple((lat / SCALE, lon / SCALE) for lon, lat in ring)
    return points if points[0] == points[-1] else (*points, points[0])


def area_of(code: str, lang: str, *, with_ring: bool = True) -> Area:
    """The area of one unit: its codes, and the ring of its raion where there is one."""
    gazetteer = Gazetteer.open()
    above = (code, *gazetteer.ancestors(code))
    raion = next((one for one in above if one in bundled_shapes().arcs.units), None)
    return Area(
        area_desc=gazetteer.label(code, lang=lang, full=True),
        polygons=(ring_of(raion),) if with_ring and raion else (),
        geocodes=(NamedValue(KATOTTG, code), NamedValue(ISO3166, iso_code(code))),
    )


def message(place: str = IZIUM, **given: object) -> Alert:
    """A plain warning that keeps every rule; fields as given."""
    status = given.get("status", Status.ACTUAL)
    sent = given.get("sent", NOON)
    said = SAY.get(status, {"uk": "", "en": "", "note": ""})
    infos = tuple(
        Info(
            language=tag,
            category=(Category.SECURITY,),
            event=TELL[lang]["event"][0],
            response_type=(ResponseType.SHELTER,),
            urgency=Urgency.IMMEDIATE,
            severity=Severity.SEVERE,
            certainty=Certainty.LIKELY,
            event_code=(NamedValue(EVENT_LIST, "OET-129"),),
            effective=sent,
            expires=sent + timedelta(hours=3),
            sender_name="Ізюмська громада" if lang == "uk" else "Izium community",
            headline=said[lang]
            + TELL[lang]["headline"][0].format(place=Gazetteer.open().label(place, lang=lang)),
            description=TELL[lang]["parts"][0],
            instruction=TELL[lang]["parts"][1],
            web="https://izium.example/alerts",
            contact="https://izium.example/contact",
            area=(area_of(place, lang),),
        )
        for lang, tag in (("uk", "uk-UA"), ("en", "en-US"))
    )
    made = {
        "identifier": identifier_for(sender=SENDER, sent=sent, status=status, token="00c0ffee"),
        "sender": SENDER,
        "sent": sent,
        "status": status,
        "msg_type": MsgType.ALERT,
        "scope": Scope.RESTRICTED if status is Status.SYSTEM else Scope.PUBLIC,
        "restriction": "operators" if status is Status.SYSTEM else "",
        "code": (PROFILE,),
        "note": said["note"],
        "infos": infos,
    }
    return Alert(**(made | given))


def situation(seed: int) -> Alert:
    """One invented situation of any kind that the profile allows."""
    dice = random.Random(seed)
    sent = FIRST + timedelta(seconds=dice.randrange(SPAN_S))
    status = dice.choice(
        (Status.ACTUAL, Status.ACTUAL, Status.EXERCISE, Status.TEST, Status.SYSTEM)
    )
    scope = dice.choice(tuple(Scope)) if status is not Status.SYSTEM else Scope.RESTRICTED
    msg_type = dice.choice((MsgType.ALERT, MsgType.ALERT, MsgType.UPDATE, MsgType.CANCEL))
    if scope is not Scope.PUBLIC and dice.random() < 0.2:
        msg_type = dice.choice((MsgType.ACK, MsgType.ERROR))
    chosen = dice.sample(places(), dice.choice((1, 1, 1, 2, 5)))
    first = tuple(
        Reference(SENDER, identifier_for(sender=SENDER, sent=at, status=status, token=token), at)
        for at, token in (
            (sent - timedelta(minutes=dice.randrange(1, 5000)), f"{dice.getrandbits(48):012x}")
            for _ in range(dice.choice((1, 1, 2, 6)))
        )
    )
    return Alert(
        identifier=identifier_for(
            sender=SENDER, sent=sent, status=status, token=f"{dice.getrandbits(40):010x}"
        ),
        sender=SENDER,
        sent=sent,
        status=status,
        msg_type=msg_type,
        scope=scope,
        source=dice.choice(("", "Чергова служба громади")),
        restriction="лише для чергових" if scope is Scope.RESTRICTED else "",
        addresses=("desk@oblast.example", "черговий області") if scope is Scope.PRIVATE else (),
        code=dice.choice(((PROFILE,), (PROFILE, "layer:community"))),
        note=SAY.get(status, {}).get("note", dice.choice(("", "Виправлено час."))),
        references=() if msg_type is MsgType.ALERT else first,
        incidents=dice.choice(((), ("outage-7",), ("outage-7", "поле на півдні"))),
        infos=_infos(dice, sent, status, chosen),
    )


def _infos(
    dice: random.Random, sent: datetime, status: Status, chosen: list[str]
) -> tuple[Info, ...]:
    begins = sent + timedelta(minutes=dice.choice((0, 0, 30, 600)))
    ends = begins + timedelta(minutes=dice.randrange(10, 71 * 60))
    same = {
        "category": tuple(dice.sample(tuple(Category), dice.choice((1, 1, 3)))),
        "response_type": dice.choice(
            ((), (ResponseType.ALL_CLEAR,), (ResponseType.SHELTER, ResponseType.MONITOR))
        ),
        "urgency": dice.choice(tuple(Urgency)),
        "severity": dice.choice(tuple(Severity)),
        "certainty": dice.choice(tuple(Certainty)),
        "event_code": dice.choice(
            ((), (NamedValue(EVENT_LIST, f"OET-{dice.randrange(224):03d}"),))
        ),
        "effective": dice.choice((None, begins)),
        "onset": dice.choice((None, begins)),
        "expires": min(ends, sent + timedelta(hours=72)),
        "web": dice.choice(("https://izium.example/a?x=1&y=2#z", "https://izium.example/a")),
        "contact": "+380 (57) 000-00-00",
        "parameter": dice.choice(((), (NamedValue("черга", "3.2"), NamedValue("group", "7")))),
        "resource": dice.choice(
            (
                (),
                (
                    Resource(
                        resource_desc="Мапа",
                        mime_type="image/png",
                        size=dice.randrange(10**6),
                        uri="https://izium.example/map.png",
                        digest="da39a3ee5e6b4b0d3255bfef95601890afd80709",
                    ),
                ),
            )
        ),
    }
    kind, drawn, name = dice.randrange(3), dice.random() < 0.7, dice.choice(chosen)
    infos = []
    for lang, tag in (("uk", "uk-UA"), ("en", dice.choice(("en-US", "en-GB", "en")))):
        words = TELL[lang]
        prefix = SAY.get(status, {}).get(lang, "")
        place = Gazetteer.open().label(name, lang=lang)
        infos.append(
            Info(
                language=tag,
                event=words["event"][kind],
                audience=dice.choice(("", "Усі / everybody")),
                sender_name="Ізюмська громада" if lang == "uk" else "Izium community",
                headline=prefix + words["headline"][kind].format(place=place),
                description=" ".join(dice.sample(words["parts"], dice.randrange(1, 6))),
                instruction=" ".join(dice.sample(words["parts"], dice.randrange(0, 3))),
                area=tuple(area_of(code, lang, with_ring=drawn) for code in chosen),
                **same,
            )
        )
    return tuple(infos)

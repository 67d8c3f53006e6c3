"""Look through a whole journal for damage."""

from collections.abc import Iterator
from typing import cast

import apsw
import msgspec

from vidomo.core.problems import Problem

_HINT = "keep a copy of the folder and restore the last backup"
_TRIGGERS = {"record_is_never_changed", "record_is_never_deleted"}


def problems_of(connection: apsw.Connection) -> Iterator[Problem]:
    """Yield everything that is wrong: pages, bodies, ids, order, missing triggers."""
    answers = [str(row[0]) for row in connection.execute("pragma integrity_check")]
    if answers != ["ok"]:
        for answer in answers:
            yield Problem(code="damaged_page", found=answer, hint=_HINT)
        return
    yield from _missing_triggers(connection)
    yield from _wrong_rows(connection)
    sql = """
    select id, replaces from record r where replaces is not null
    and not exists (select 1 from record o where o.id = r.replaces)
    """
    for record_id, replaces in connection.execute(sql):
        yield Problem(
            code="replaces_nothing",
            found=f"it replaces {replaces}, which is not there",
            hint=_HINT,
            where=str(record_id),
        )


def _missing_triggers(connection: apsw.Connection) -> Iterator[Problem]:
    rows = connection.execute("select name from sqlite_schema where type = 'trigger'")
    for name in sorted(_TRIGGERS - {str(row[0]) for row in rows}):
        yield Problem(code="trigger_missing", found=f"the trigger {name} is gone", hint=_HINT)


def _wrong_rows(connection: apsw.Connection) -> Iterator[Problem]:
    latest = 0
    seen: set[str] = set()
    sql = "select id, recorded_at, replayed, body from record order by seq"
    for record_id, recorded_at, replayed, body in connection.execute(sql):
        where, moment = str(record_id), int(str(recorded_at))
        if where in seen:
            yield Problem(code="id_twice", found="the id is there twice", hint=_HINT, where=where)
        seen.add(where)
        if not _is_json(body):
            yield Problem(
                code="body_unreadable",
                found="the body is not JSON",
                hint=_HINT,
                where=where,
            )
        if not replayed:
            if moment < latest:
                yield Problem(
                    code="time_went_back",
                    found="it was written down before its predecessor",
                    hint=_HINT,
                    where=where,
                )
            latest = max(latest, moment)


def _is_json(body: object) -> bool:
    try:
        msgspec.json.decode(cast("bytes", body))
    except (msgspec.DecodeError, ValueError, RecursionError):
        return False
    return True

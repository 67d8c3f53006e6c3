-- The journal: records are added, never changed and never taken away.
create table record (
    seq         integer primary key,
    id          text    not null unique,
    kind        text    not null check (kind <> ''),
    subject     text    not null,
    recorded_at integer not null,                                 -- microseconds since 1970, UTC
    replaces    text,
    replayed    integer not null check (replayed in (0, 1)),
    body        blob    not null
) strict;
create index record_by_subject on record (subject, seq);
create index record_by_kind on record (kind, seq);
create index record_by_time on record (replayed, recorded_at);

create trigger record_is_never_changed before update on record
begin
    select raise(abort, 'a record never changes');
end;
create trigger record_is_never_deleted before delete on record
begin
    select raise(abort, 'a record is never deleted');
end;

-- Everything here is derived from records and may be dropped: `vidomo store rebuild` makes it anew.
create table derived (                                            -- up to which record it is built
    name text primary key,
    seq  integer not null
) strict, without rowid;
-- One version of a report with one reading of it, and from when to when it is what we know.
create table telling (
    report     text    not null,
    version    text    not null,
    known_from integer not null,                                  -- microseconds since 1970, UTC
    known_to   integer not null,
    valid_from integer not null,
    source     text    not null,
    body       blob    not null,
    line       blob,                                              -- all that a timeline needs of it
    primary key (report, version, known_from)
) strict, without rowid;
create index telling_by_source on telling (source, valid_from);
-- Which reports speak of a unit, and how (the bits are named in vidomo.app.index).
create table touch (
    place  text    not null,
    report text    not null,
    bits   integer not null,
    primary key (place, report)
) strict, without rowid;
create index touch_by_report on touch (report);
create index touch_excepted on touch (place) where bits & 16;
-- The last record that changed anything said of a unit.
create table touched (
    place text primary key,
    seq   integer not null
) strict, without rowid;
-- Runs of words, to find texts that repeat each other, and the reports that do.
create table shingle (
    shingle integer not null,
    at      integer not null,                                     -- when the text was said
    report  text    not null,
    primary key (shingle, at, report)
) strict, without rowid;
create index shingle_by_report on shingle (report);
create table echo (
    report  text primary key,
    cluster text not null
) strict, without rowid;
create index echo_by_cluster on echo (cluster);
-- Where a unit stands in one dimension, from one instant on, as far as it was known from then to then.
create table phase (
    place      text    not null,
    dimension  text    not null,
    valid_from integer not null,
    known_from integer not null,
    known_to   integer not null,
    stale_from integer not null,
    state      blob    not null,
    primary key (place, dimension, valid_from, known_from)
) strict, without rowid;
create table phased (                                             -- what its rows are made of
    place  text primary key,
    seq    integer not null,                                      -- up to which record
    known  integer not null,                                      -- up to when known
    tellings integer not null                                     -- of how many tellings
) strict, without rowid;

-- The derived tables anew, each row with its neighbours in use; `vidomo store rebuild` fills them.
drop table derived;
drop table telling;
drop table touch;
drop table touched;
drop table shingle;
drop table echo;
drop table phase;
drop table phased;
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
    passes_on  text    not null                                   -- whose post it forwards, case-folded
) strict;                                                         -- not without rowid: the rows are large
create unique index telling_by_report on telling (report, version, known_from);
create index telling_by_source on telling (source, valid_from);
create index telling_passing_on on telling (passes_on) where passes_on <> '';
-- Which reports speak of a unit, and how (the bits are named in vidomo.app.index_rows).
create table touch (
    place  text    not null,
    report text    not null,
    bits   integer not null,
    lined  integer not null,                                      -- whether lines tell all that is heard
    primary key (place, report)
) strict, without rowid;
create index touch_by_report on touch (report);
create index touch_excepted on touch (place) where bits & 16;
-- A statement of a unit that no edit, copy, decision or question can change, in the order of a timeline.
create table line (
    place      text    not null,
    at         integer not null,
    version    text    not null,
    start      integer not null,
    claim      text    not null,
    is_advice  integer not null,
    known_from integer not null,
    valid_from integer not null,
    primary key (place, at, version, start, claim)
) strict, without rowid;
create index line_by_version on line (version);
-- The last record that changed anything said of a unit, and the last after which its rows are made anew.
create table touched (
    place text primary key,
    seq   integer not null,
    anew  integer not null
) strict, without rowid;
-- Reports that only add to what is said of a unit, so that its rows may go on from what is kept.
create table news (
    place  text    not null,
    seq    integer not null,
    report text    not null,
    primary key (place, seq, report)
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
    phase      text    not null,
    state      blob    not null
) strict;                                                         -- not without rowid: the rows are large
create unique index phase_of_place
    on phase (place, dimension, valid_from, known_from, known_to, phase);
create table phased (                                             -- up to which record its rows are made
    place text primary key,
    seq   integer not null
) strict, without rowid;
-- The run behind the newest row of a unit and a dimension, to go on from.
create table kept (
    place     text not null,
    dimension text not null,
    run       blob not null
) strict;
create unique index kept_of_place on kept (place, dimension);

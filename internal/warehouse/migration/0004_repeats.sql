-- Efforts have no id: the n-th row of a month, aim and what is a row of its own.
-- Until now only one row was kept of each, so all that are there are the first.
alter table efforts rename to efforts_before;
create table efforts (
    month         date not null,      -- its first day
    aim           varchar not null,
    amount        bigint,             -- minor units
    currency      varchar,
    hours         double,
    what          varchar,
    nth           bigint not null,    -- of the rows of a file with this month, aim and what
    recorded_at   timestamp,
    attributes    varchar,
    import_id     bigint not null,
    file_row      bigint not null,
    superseded_by bigint,
    superseded_on date
);
insert into efforts
select month, aim, amount, currency, hours, what, 1, recorded_at, attributes, import_id, file_row, superseded_by, superseded_on
from efforts_before;
drop table efforts_before;

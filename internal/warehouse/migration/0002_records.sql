-- The facts beside orders: one table for each table that can be imported, its
-- columns those of behold.Table.Columns, in that order, and what every row has.
create table people (
    customer      integer not null,
    person        varchar not null,
    name          varchar,
    email         varchar,
    phone         varchar,
    role          varchar,
    valid_from    date,
    valid_to      date,
    email_status  varchar,
    recorded_at   timestamp,          -- null: known when it happened
    attributes    varchar,            -- JSON
    import_id     bigint not null,
    file_row      bigint not null,
    superseded_by bigint,             -- the import that changed it; null: live
    superseded_on date                -- when the change was recorded; null: the old version never counts
);
create table invoices (
    invoice       varchar not null,
    customer      integer not null,
    due_on        date not null,
    paid_on       date,
    amount        bigint,             -- minor units
    currency      varchar,
    disputed      boolean,
    recorded_at   timestamp,
    attributes    varchar,
    import_id     bigint not null,
    file_row      bigint not null,
    superseded_by bigint,
    superseded_on date
);
create table contracts (
    contract      varchar not null,
    customer      integer not null,
    product       varchar,
    starts_on     date not null,
    ends_on       date,
    notice_days   bigint,
    auto_renew    boolean,
    price         bigint,             -- minor units a period
    period        varchar,
    currency      varchar,
    intro_until   date,
    ended_on      date,
    recorded_at   timestamp,
    attributes    varchar,
    import_id     bigint not null,
    file_row      bigint not null,
    superseded_by bigint,
    superseded_on date
);
create table contacts (
    contact       varchar not null,
    customer      integer not null,
    "at"          timestamp not null,
    direction     varchar,
    channel       varchar,
    colleague     varchar,
    person        varchar,
    replied_at    timestamp,
    text          varchar,
    recorded_at   timestamp,
    attributes    varchar,
    import_id     bigint not null,
    file_row      bigint not null,
    superseded_by bigint,
    superseded_on date
);
create table tickets (
    ticket         varchar not null,
    customer       integer not null,
    opened_at      timestamp not null,
    first_reply_at timestamp,
    closed_at      timestamp,
    reopened       bigint,
    touchpoint     varchar,
    priority       varchar,
    complaint      boolean,
    promise_hours  double,
    channel        varchar,
    subject        varchar,
    text           varchar,
    recorded_at    timestamp,
    attributes     varchar,
    import_id      bigint not null,
    file_row       bigint not null,
    superseded_by  bigint,
    superseded_on  date
);
create table promises (
    promise       varchar not null,
    customer      integer not null,
    made_at       timestamp not null,
    due_at        timestamp not null,
    kept_at       timestamp,
    text          varchar,
    kind          varchar,
    colleague     varchar,
    recorded_at   timestamp,
    attributes    varchar,
    import_id     bigint not null,
    file_row      bigint not null,
    superseded_by bigint,
    superseded_on date
);
create table answers (
    answer        varchar not null,
    customer      integer not null,
    answered_at   timestamp not null,
    asked_at      timestamp,
    item          varchar not null,
    value         double,
    scale_max     double,
    touchpoint    varchar,
    text          varchar,
    recorded_at   timestamp,
    attributes    varchar,
    import_id     bigint not null,
    file_row      bigint not null,
    superseded_by bigint,
    superseded_on date
);
create table quotes (
    quote         varchar not null,
    customer      integer not null,
    "at"          timestamp not null,
    amount        bigint,             -- minor units
    currency      varchar,
    won_at        timestamp,
    recorded_at   timestamp,
    attributes    varchar,
    import_id     bigint not null,
    file_row      bigint not null,
    superseded_by bigint,
    superseded_on date
);
create table losses (
    customer      integer not null,
    left_on       date not null,
    reason        varchar,
    detail        varchar,
    competitor    varchar,
    said_by       varchar,
    won_back_on   date,
    recorded_at   timestamp,
    attributes    varchar,
    import_id     bigint not null,
    file_row      bigint not null,
    superseded_by bigint,
    superseded_on date
);
create table efforts (
    month         date not null,      -- its first day
    aim           varchar not null,
    amount        bigint,             -- minor units
    currency      varchar,
    hours         double,
    what          varchar,
    recorded_at   timestamp,
    attributes    varchar,
    import_id     bigint not null,
    file_row      bigint not null,
    superseded_by bigint,
    superseded_on date
);
create table colleagues (
    colleague      varchar not null,
    name           varchar,
    team           varchar,
    hours_per_week double,
    recorded_at    timestamp,
    attributes     varchar,
    import_id      bigint not null,
    file_row       bigint not null,
    superseded_by  bigint,
    superseded_on  date
);

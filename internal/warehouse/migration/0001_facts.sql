-- The facts of the spine: order lines, customers, receipts, rejects, standings.
create table customer (
    number    integer not null,
    word      varchar not null, -- behold.CustomerKey of the id
    id        varchar,          -- as spelled first; null: no import that is still here names it
    import_id bigint            -- which spelled it so
);
create table category (
    number    integer not null,
    word      varchar not null,
    id        varchar,
    import_id bigint
);
create table product (
    number    integer not null,
    word      varchar not null,
    id        varchar,
    import_id bigint,
    name      varchar,          -- the first that was given
    named_by  bigint            -- the import that gave it
);
create table line (
    customer      integer   not null,
    product       integer   not null, -- -1: none
    category      integer   not null, -- -1: none
    order_no      varchar   not null,
    line_no       varchar   not null,
    ordered_at    timestamp not null,
    recorded_at   timestamp,          -- null: known when it happened
    quantity      double,
    unit_price    double,             -- major units
    amount        bigint    not null, -- minor units
    cost          bigint,             -- minor units
    discount      bigint,             -- minor units
    list_price    double,             -- major units
    offer         varchar,
    currency      varchar,
    promised_on   date,
    delivered_on  date,
    credit_of     varchar,
    is_return     boolean   not null,
    goods         boolean   not null,
    attributes    varchar,            -- JSON
    import_id     bigint    not null,
    file_row      bigint    not null,
    superseded_by bigint,             -- the import that changed it; null: live
    superseded_on date                -- when the change was recorded; null: the old version never counts
);
create table customer_row (
    customer          integer not null,
    name              varchar,
    kind              varchar,
    email             varchar,
    phone             varchar,
    registration_no   varchar,
    vat_no            varchar,
    country           varchar,
    region            varchar,
    language          varchar,
    segment           varchar,
    colleague         varchar,
    since             date,
    acquired_by       varchar,
    acquired_offer    varchar,
    acquisition_cost  bigint,
    acquisition_money varchar,
    price_list        varchar,
    captive           boolean not null,
    vip               boolean not null,
    survey_opt_out    boolean not null,
    marketing_opt_out boolean not null,
    closed_on         date,
    closed_reason     varchar,
    tags              varchar, -- JSON array
    attributes        varchar, -- JSON object
    import_id         bigint  not null,
    recorded_at       timestamp,
    superseded_by     bigint
);
create table receipt (
    import_id bigint    not null,
    source    varchar   not null,
    kind      varchar   not null, -- the table that was imported
    file_name varchar   not null,
    sha256    varchar   not null,
    started   timestamp not null,
    undone_at timestamp,
    leans     boolean   not null, -- met rows of earlier imports, so reads otherwise without them
    pending   boolean   not null, -- its rows were taken out by an undo and must be read again
    body      varchar   not null  -- the whole behold.Receipt as JSON
);
create table reject (
    import_id   bigint  not null,
    file_row    bigint  not null,
    column_name varchar,
    content     varchar,
    why         varchar not null
);
create table standing (
    day               date    not null,
    horizon           integer not null,
    customer          integer not null,
    id                varchar not null,
    name              varchar,
    state             varchar not null,
    orders            integer not null,
    occasions         integer not null,
    first_day         date,
    last_day          date,
    usual_gap         double,
    usual_low         double,
    usual_high        double,
    silent_days       integer,
    silence_p         double,
    expected_by       date,
    lamp_on           date,
    chance_active     double,
    chance_leave      double,
    chance_leave_low  double,
    chance_leave_high double,
    calibrated        boolean not null,
    residual          bigint,
    value             bigint,
    money_at_risk     bigint,
    currency          varchar,
    loyalty_index     double,
    main_reason       varchar,
    lamps             varchar -- separated by ;
);
create table standing_of (
    day      date      not null,
    horizon  integer   not null,
    saved_at timestamp not null
);

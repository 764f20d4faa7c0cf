CREATE TABLE absence (
    colleague TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day  TEXT NOT NULL,
    PRIMARY KEY (colleague, first_day)
);
CREATE TABLE act (
    id            BIGINT PRIMARY KEY,
    customer_id   TEXT NOT NULL,
    customer_key  TEXT NOT NULL, -- behold.CustomerKey of the id
    kind          TEXT NOT NULL,
    state         TEXT NOT NULL,
    snoozed_until TEXT, -- NULL: not snoozed
    why           TEXT NOT NULL,
    who           TEXT NOT NULL,
    at            TEXT NOT NULL,
    round         TEXT NOT NULL -- after which the lamp was lit
);
CREATE INDEX act_customer ON act (customer_key);
CREATE INDEX act_round ON act (round);
CREATE TABLE calendar_feed (
    colleague  TEXT PRIMARY KEY,
    mark       TEXT NOT NULL, -- hash of the link's token
    with_names BOOLEAN NOT NULL,
    made_at    TEXT NOT NULL
);
CREATE UNIQUE INDEX calendar_feed_mark ON calendar_feed (mark);
CREATE INDEX case_customer ON customer_case (customer_key, version);
CREATE INDEX case_id ON customer_case (id, version);
CREATE TABLE change (
    id          BIGINT PRIMARY KEY,
    at          TEXT NOT NULL,
    who         TEXT NOT NULL, -- '': at the command line
    what        TEXT NOT NULL,
    about       TEXT NOT NULL,
    said_before TEXT NOT NULL, -- JSON of what differs
    said_after  TEXT NOT NULL
);
CREATE TABLE closed_day (
    day   TEXT PRIMARY KEY,
    name  TEXT NOT NULL,
    works BOOLEAN NOT NULL
);
CREATE TABLE colleague (
    email    TEXT PRIMARY KEY, -- in lower case
    name     TEXT NOT NULL,
    team     TEXT NOT NULL,
    role     TEXT NOT NULL,
    language TEXT NOT NULL,
    hours    DOUBLE PRECISION NOT NULL, -- a week
    has_left BOOLEAN NOT NULL,
    password TEXT NOT NULL -- argon2id; '': none was chosen yet
);
CREATE TABLE correction (
    id           TEXT PRIMARY KEY, -- made by the form that wrote it
    customer_key TEXT NOT NULL, -- behold.CustomerKey of the id; '' of a word
    customer_id  TEXT NOT NULL,
    of_table     TEXT NOT NULL,
    row_id       TEXT NOT NULL,
    who          TEXT NOT NULL,
    saved_at     TEXT NOT NULL,
    gone_at      TEXT, -- taken back; NULL: it holds
    gone_by      TEXT,
    body         TEXT NOT NULL -- behold.Correction as JSON
);
CREATE INDEX correction_saved ON correction (saved_at);
CREATE TABLE customer_case (
    version      BIGINT PRIMARY KEY,   -- of all moves, the later the higher
    id           TEXT NOT NULL,        -- key of the opening
    move_key     TEXT NOT NULL UNIQUE, -- of the form or event that made the move: sent twice it is one
    customer_id  TEXT NOT NULL,
    customer_key TEXT NOT NULL,        -- behold.CustomerKey of the id
    searched     TEXT NOT NULL,        -- id and name in lower case
    state        TEXT NOT NULL,
    owner        TEXT NOT NULL,        -- e-mail, in lower case; '': nobody
    due          TEXT,                 -- of the next step; NULL: closed
    closed_on    TEXT,                 -- NULL: open
    ask_again    TEXT,                 -- NULL: not, or asked already
    undone       BOOLEAN NOT NULL,     -- the opening was taken back
    undoes       BIGINT,               -- the version that this one takes back; NULL: none
    body         TEXT NOT NULL         -- behold.Case as JSON
);
CREATE TABLE decision (
    version BIGINT PRIMARY KEY,
    id      TEXT NOT NULL,
    undone  BOOLEAN NOT NULL,
    body    TEXT NOT NULL -- behold.Decision as JSON
);
CREATE INDEX decision_id ON decision (id, version);
CREATE TABLE deed (
    id       TEXT PRIMARY KEY, -- made by the form that wrote it
    done_on  TEXT NOT NULL,
    theme    TEXT NOT NULL, -- a reason
    who      TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    gone     BOOLEAN NOT NULL, -- taken back
    body     TEXT NOT NULL -- behold.Deed as JSON
);
CREATE TABLE entry (
    version      BIGINT PRIMARY KEY, -- of all entries, the later the higher
    id           TEXT NOT NULL,      -- made by the form that wrote it
    customer_id  TEXT NOT NULL,
    customer_key TEXT NOT NULL,      -- behold.CustomerKey of the id
    kind         TEXT NOT NULL,
    due          TEXT,               -- NULL: nothing is left to do
    done         TEXT,               -- or given up; NULL: not (yet)
    who          TEXT NOT NULL,      -- who wrote the first version
    undone       BOOLEAN NOT NULL,   -- taken back
    undoes       BIGINT,             -- the version that this one takes back; NULL: none
    body         TEXT NOT NULL       -- behold.Entry as JSON
);
CREATE INDEX entry_customer ON entry (customer_key, version);
CREATE INDEX entry_id ON entry (id, version);
CREATE INDEX entry_kind ON entry (kind, version);
CREATE TABLE episode (
    customer_key TEXT NOT NULL, -- behold.CustomerKey of the id
    begins       TEXT NOT NULL,
    ends         TEXT NOT NULL,
    round        TEXT NOT NULL, -- day of the round that began it
    customer     BIGINT NOT NULL,
    customer_id  TEXT NOT NULL,
    held         BOOLEAN NOT NULL, -- out, kept off the lists
    share        DOUBLE PRECISION NOT NULL, -- the chance with which the lot held such a customer out
    tier         BIGINT NOT NULL,
    risk         BIGINT NOT NULL,
    leave        DOUBLE PRECISION NOT NULL,
    active       DOUBLE PRECISION NOT NULL,
    residual     DOUBLE PRECISION NOT NULL, -- major units
    reason       TEXT NOT NULL,
    action       TEXT NOT NULL,
    owner        TEXT NOT NULL, -- e-mail, in lower case; '': nobody
    read_on      TEXT,          -- NULL: not yet, like what follows
    kept         BOOLEAN,
    spoken       BOOLEAN,
    complained   BOOLEAN,
    unwanted     BOOLEAN,
    discount     BIGINT,        -- minor units
    margin_on    TEXT,          -- NULL: the margin is not known yet
    margin       BIGINT,        -- minor units
    currency     TEXT NOT NULL DEFAULT '', objected BOOLEAN, minutes DOUBLE PRECISION,
    PRIMARY KEY (customer_key, begins)
);
CREATE INDEX episode_begins ON episode (begins);
CREATE TABLE hours (
    colleague TEXT PRIMARY KEY, -- e-mail, in lower case; need not be one who signs in
    minutes   TEXT NOT NULL     -- JSON: by weekday, Sunday first
);
CREATE TABLE invitation (
    email   TEXT PRIMARY KEY REFERENCES colleague (email) ON DELETE CASCADE,
    mark    TEXT NOT NULL, -- hash of the token
    expires TEXT NOT NULL
);
CREATE UNIQUE INDEX invitation_mark ON invitation (mark);
CREATE TABLE lamp (
    day               TEXT NOT NULL REFERENCES round (day) ON DELETE CASCADE,
    customer          BIGINT NOT NULL,
    kind              TEXT NOT NULL,
    reason            TEXT NOT NULL,
    family            TEXT NOT NULL,
    state             TEXT NOT NULL,
    since             TEXT NOT NULL,
    out_on            TEXT, -- NULL: lit
    p                 DOUBLE PRECISION NOT NULL,
    threshold         DOUBLE PRECISION NOT NULL,
    strength          DOUBLE PRECISION NOT NULL,
    evidence          TEXT NOT NULL, -- JSON
    customer_id       TEXT NOT NULL,
    customer_key      TEXT NOT NULL, -- behold.CustomerKey of the id
    customer_name     TEXT NOT NULL,
    searched          TEXT NOT NULL, -- id and name in lower case
    chance_leave      DOUBLE PRECISION NOT NULL,
    chance_leave_low  DOUBLE PRECISION NOT NULL,
    chance_leave_high DOUBLE PRECISION NOT NULL,
    calibrated        BOOLEAN NOT NULL,
    money_at_risk     BIGINT NOT NULL,
    currency          TEXT NOT NULL
, p_star DOUBLE PRECISION NOT NULL DEFAULT 1, snoozed_until TEXT, common BOOLEAN NOT NULL DEFAULT FALSE, colleague TEXT NOT NULL DEFAULT '', held BOOLEAN NOT NULL DEFAULT FALSE);
CREATE INDEX lamp_by_money ON lamp (day, money_at_risk DESC, customer, kind, reason, state, common) WHERE out_on IS NULL;
CREATE INDEX lamp_of_colleague ON lamp (day, colleague, money_at_risk DESC, customer, kind, reason, state, common) WHERE out_on IS NULL;
CREATE INDEX lamp_of_customer ON lamp (day, customer_key, money_at_risk DESC, customer, kind, reason) WHERE out_on IS NULL;
CREATE UNIQUE INDEX lamp_open ON lamp (day, customer, kind, reason) WHERE out_on IS NULL;
CREATE TABLE lamp_sum (
    day       TEXT NOT NULL REFERENCES round (day) ON DELETE CASCADE,
    colleague TEXT NOT NULL, -- '': customers whom nobody looks after
    summary   TEXT NOT NULL, -- JSON
    PRIMARY KEY (day, colleague)
);
CREATE TABLE letter (
    id        BIGINT PRIMARY KEY,
    kind      TEXT NOT NULL,
    colleague TEXT NOT NULL, -- e-mail, in lower case
    day       TEXT NOT NULL,
    round     TEXT NOT NULL, -- as of which it speaks
    language  TEXT NOT NULL,
    subject   TEXT NOT NULL,
    body_text TEXT NOT NULL,
    body_html TEXT NOT NULL,
    state     TEXT NOT NULL, -- waiting, sending, sent, failed, nothing
    tries     BIGINT NOT NULL,
    next_at   TEXT NOT NULL, -- not tried before; of sending: taken for lost from then on
    why       TEXT NOT NULL, -- code of the last error
    answer    TEXT NOT NULL, -- of the mail server, to the last try
    made_at   TEXT NOT NULL,
    sent_at   TEXT,          -- NULL: not sent
    UNIQUE (colleague, kind, day)
);
CREATE TABLE letter_choice (
    colleague TEXT NOT NULL,
    kind      TEXT NOT NULL,
    wanted    BOOLEAN NOT NULL,
    whole     BOOLEAN NOT NULL, -- the whole company's customers, not only one's own
    who       TEXT NOT NULL,    -- decided it; '': whoever held the letter
    at        TEXT NOT NULL,
    PRIMARY KEY (colleague, kind)
);
CREATE INDEX letter_due ON letter (next_at) WHERE state IN ('waiting', 'sending');
CREATE TABLE mood (
    id           BIGINT PRIMARY KEY,
    customer_id  TEXT NOT NULL,
    customer_key TEXT NOT NULL,
    feels        TEXT NOT NULL, -- '': taken back
    note         TEXT NOT NULL,
    who          TEXT NOT NULL,
    at           TEXT NOT NULL
);
CREATE INDEX mood_customer ON mood (customer_key);
CREATE TABLE passed (
    round    TEXT NOT NULL REFERENCES task_list (round) ON DELETE CASCADE,
    customer BIGINT NOT NULL,
    why      TEXT NOT NULL,
    facts    TEXT NOT NULL, -- JSON
    PRIMARY KEY (round, customer)
);
CREATE INDEX passed_why ON passed (round, why);
CREATE TABLE playbook (
    reason TEXT PRIMARY KEY,
    steps  TEXT NOT NULL, -- JSON
    at     TEXT NOT NULL
);
CREATE TABLE pulse (
    week TEXT PRIMARY KEY,
    body TEXT NOT NULL -- behold.PulseWeek as JSON; comments sorted by their letters
);
CREATE TABLE pulse_mark (
    week      TEXT NOT NULL,
    colleague TEXT NOT NULL,
    PRIMARY KEY (week, colleague)
);
CREATE TABLE reading (
    shape    TEXT PRIMARY KEY, -- of the header: behold.Receipt.Shape
    body     TEXT NOT NULL, -- JSON
    saved_at TEXT NOT NULL
);
CREATE TABLE reckoning (
    day      TEXT PRIMARY KEY REFERENCES round (day) ON DELETE CASCADE,
    lost     TEXT NOT NULL, -- JSON: from which silence on a customer is called lost
    body     TEXT NOT NULL, -- JSON
    saved_at TEXT NOT NULL
);
CREATE TABLE remark_ask (
    week         TEXT NOT NULL, -- its Monday
    place        INTEGER NOT NULL,
    customer_key TEXT NOT NULL,
    why          TEXT NOT NULL,
    hidden       BOOLEAN NOT NULL,
    body         TEXT NOT NULL, -- behold.RemarkRead as JSON, the text masked
    PRIMARY KEY (week, place)
);
CREATE TABLE remark_read (
    customer_key TEXT NOT NULL,
    of_table     TEXT NOT NULL,
    row_id       TEXT NOT NULL,
    model        TEXT NOT NULL,
    language     TEXT NOT NULL,
    reason       TEXT NOT NULL, -- unknown: unsure
    complaint    BOOLEAN NOT NULL,
    praise       BOOLEAN NOT NULL,
    body         TEXT NOT NULL, -- behold.RemarkReading as JSON
    PRIMARY KEY (customer_key, of_table, row_id)
);
CREATE TABLE reward (
    id           BIGINT PRIMARY KEY,
    key          TEXT NOT NULL UNIQUE, -- what it is for
    day          TEXT NOT NULL,
    customer_key TEXT NOT NULL,        -- behold.CustomerKey of the id
    colleague    TEXT NOT NULL,        -- '': teams alone are rewarded
    body         TEXT NOT NULL         -- behold.Reward as JSON
);
CREATE INDEX reward_customer ON reward (customer_key, day);
CREATE TABLE round (
    day       TEXT PRIMARY KEY, -- 2025-03-14
    started   TEXT NOT NULL,
    finished  TEXT NOT NULL,
    version   TEXT NOT NULL,
    settings  TEXT NOT NULL, -- JSON
    horizon   BIGINT NOT NULL,
    customers BIGINT NOT NULL,
    lines     BIGINT NOT NULL,
    summary   TEXT NOT NULL, -- JSON: lamps by kind and reason, money at risk
    model     TEXT NOT NULL  -- JSON
, records TEXT NOT NULL DEFAULT 'null', common TEXT NOT NULL DEFAULT 'null');
CREATE TABLE secret (
    name TEXT PRIMARY KEY,
    body TEXT NOT NULL -- hexadecimal
);
CREATE TABLE session (
    mark    TEXT PRIMARY KEY, -- hash of the token
    email   TEXT NOT NULL REFERENCES colleague (email) ON DELETE CASCADE,
    body    TEXT NOT NULL,
    expires TEXT NOT NULL
);
CREATE INDEX session_colleague ON session (email);
CREATE TABLE setting (
    name     TEXT PRIMARY KEY,
    body     TEXT NOT NULL, -- JSON
    saved_at TEXT NOT NULL
);
CREATE TABLE survey_bounce (
    address      TEXT PRIMARY KEY, -- in lower case
    customer_key TEXT NOT NULL,    -- behold.CustomerKey of the id
    customer_id  TEXT NOT NULL,
    person       TEXT NOT NULL,
    invite       BIGINT NOT NULL,  -- the letter
    said         TEXT NOT NULL,    -- what the mail server said
    at           TEXT NOT NULL
);
CREATE TABLE survey_day (
    day     TEXT PRIMARY KEY,
    seed    TEXT NOT NULL, -- decimal
    as_of   TEXT NOT NULL, -- the round whose standings were read
    frame   BIGINT NOT NULL,
    size    BIGINT NOT NULL,
    made_at TEXT NOT NULL
);
CREATE TABLE survey_invite (
    id           BIGINT PRIMARY KEY,
    day          TEXT NOT NULL REFERENCES survey_day (day),
    stream       TEXT NOT NULL,
    touchpoint   TEXT NOT NULL,
    about        TEXT NOT NULL, -- order, ticket or case
    customer     BIGINT NOT NULL,
    customer_id  TEXT NOT NULL,
    customer_key TEXT NOT NULL, -- behold.CustomerKey of the id
    firm         TEXT NOT NULL,
    person       TEXT NOT NULL,
    address      TEXT NOT NULL, -- in lower case
    country      TEXT NOT NULL,
    language     TEXT NOT NULL,
    stratum      TEXT NOT NULL,
    pi           DOUBLE PRECISION NOT NULL,
    form         BIGINT NOT NULL,
    items        TEXT NOT NULL, -- with commas between
    marketing    BOOLEAN NOT NULL,
    state        TEXT NOT NULL, -- waiting, sending, sent, reminding, reminded, failed, stopped
    tries        BIGINT NOT NULL,
    next_at      TEXT NOT NULL, -- of sending and reminding: taken for lost from then on
    why          TEXT NOT NULL,
    said         TEXT NOT NULL,
    made_at      TEXT NOT NULL,
    sent_at      TEXT,
    reminded_at  TEXT,
    until_day    TEXT,
    answered_on  TEXT,
    finished_at  TEXT,
    UNIQUE (day, customer_key)
);
CREATE INDEX survey_invite_customer ON survey_invite (customer_key, day);
CREATE INDEX survey_invite_due ON survey_invite (next_at) WHERE state IN ('waiting', 'sending', 'sent', 'reminding');
CREATE TABLE survey_link (
    mark   TEXT PRIMARY KEY, -- SHA-256 of the token
    invite BIGINT NOT NULL REFERENCES survey_invite (id) ON DELETE CASCADE
);
CREATE TABLE survey_place (
    id         BIGINT PRIMARY KEY,
    token      TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    touchpoint TEXT NOT NULL,
    language   TEXT NOT NULL,
    site       TEXT NOT NULL,
    closed     BOOLEAN NOT NULL,
    made_at    TEXT NOT NULL
);
CREATE TABLE survey_reply (
    invite  BIGINT NOT NULL REFERENCES survey_invite (id) ON DELETE CASCADE,
    item    TEXT NOT NULL,
    value   DOUBLE PRECISION, -- NULL: text only
    scale   DOUBLE PRECISION,
    body    TEXT NOT NULL,
    form    BIGINT NOT NULL,
    at      TEXT NOT NULL,
    version BIGINT NOT NULL,  -- of all that was ever replied, the later the higher
    PRIMARY KEY (invite, item)
);
CREATE TABLE survey_stop (
    customer_key TEXT NOT NULL,
    address      TEXT NOT NULL, -- in lower case
    at           TEXT NOT NULL,
    PRIMARY KEY (customer_key, address)
);
CREATE TABLE survey_stratum (
    day        TEXT NOT NULL REFERENCES survey_day (day) ON DELETE CASCADE,
    stream     TEXT NOT NULL,
    touchpoint TEXT NOT NULL,
    stratum    TEXT NOT NULL,
    population BIGINT NOT NULL,
    eligible   BIGINT NOT NULL,
    taken      BIGINT NOT NULL,
    spread     DOUBLE PRECISION NOT NULL,
    target     DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (day, stream, touchpoint, stratum)
);
CREATE TABLE survey_text (
    version BIGINT PRIMARY KEY,
    words   TEXT NOT NULL, -- JSON: language, key, text
    who     TEXT NOT NULL,
    at      TEXT NOT NULL
);
CREATE TABLE survey_voice (
    place BIGINT NOT NULL REFERENCES survey_place (id),
    form  TEXT NOT NULL, -- number of the page that was sent, so that one sent twice is one
    item  TEXT NOT NULL,
    value DOUBLE PRECISION,
    scale DOUBLE PRECISION,
    body  TEXT NOT NULL,
    words BIGINT NOT NULL, -- version of the questionnaire
    at    TEXT NOT NULL,
    PRIMARY KEY (place, form, item)
);
CREATE TABLE task (
    round         TEXT NOT NULL REFERENCES task_list (round) ON DELETE CASCADE,
    customer      BIGINT NOT NULL,
    customer_id   TEXT NOT NULL,
    customer_key  TEXT NOT NULL, -- behold.CustomerKey of the id
    customer_name TEXT NOT NULL,
    colleague     TEXT NOT NULL, -- e-mail, in lower case; '': nobody is known to work here
    place         BIGINT NOT NULL,
    lamp          TEXT NOT NULL,
    reason        TEXT NOT NULL,
    step          TEXT NOT NULL, -- JSON: action, channel, minutes, cost
    due           TEXT,          -- NULL: nobody works for a year to come
    gain          BIGINT NOT NULL, -- minor units of task_list.currency
    leave         DOUBLE PRECISION NOT NULL,
    leave_low     DOUBLE PRECISION NOT NULL,
    leave_high    DOUBLE PRECISION NOT NULL,
    since         TEXT NOT NULL, -- on the lists without a break since
    lying         BIGINT NOT NULL,
    escalated     BOOLEAN NOT NULL,
    covered       BOOLEAN NOT NULL, owner TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (round, customer)
);
CREATE TABLE task_list (
    round      TEXT PRIMARY KEY REFERENCES round (day) ON DELETE CASCADE,
    day        TEXT NOT NULL, -- of the lists: a working day
    false_mean DOUBLE PRECISION NOT NULL, -- share of the tasks whose customer is expected to stay anyway
    false_low  DOUBLE PRECISION NOT NULL,
    false_high DOUBLE PRECISION NOT NULL,
    hour_worth BIGINT NOT NULL, -- expected from the last task accepted, an hour, minor units
    currency   TEXT NOT NULL,
    loads      TEXT NOT NULL -- JSON: how full each colleague's day is
);
CREATE INDEX task_of_colleague ON task (round, colleague, place);
CREATE TABLE voice (
    round TEXT PRIMARY KEY REFERENCES round (day) ON DELETE CASCADE,
    body  TEXT NOT NULL
);
CREATE TABLE wording (
    action   TEXT NOT NULL,
    language TEXT NOT NULL,
    subject  TEXT NOT NULL,
    body     TEXT NOT NULL,
    at       TEXT NOT NULL,
    PRIMARY KEY (action, language)
);

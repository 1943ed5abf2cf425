-- The read model. Each table holds what the records of one topic say; columns are named as the fields of the Avro contracts, in snake case, and
-- described there (schemas/src/main/avro). Renamed, because SQL reserves the words: from and until are valid_from and valid_until, order is
-- order_id, references is refs. Amounts are minor units of their currency; times are UTC.
--
-- Every row ends with the position of the record it is from. A row with texts that an index cannot hold (2,700 bytes) is refused when it is
-- written, and noted in unreadable_records: the indexes (V2) are made later, and must not fail.

-- Where the reader is: changed in the transaction that changes the rows.
CREATE TABLE inputs (
    topic       text   NOT NULL,
    partition   int    NOT NULL,
    next_offset bigint NOT NULL,
    PRIMARY KEY (topic, partition)
);

-- One row. as_of: everything that was committed to the topics before is in the tables; null while they are built for the first time.
-- further: the changelogs of the projector that are in them too, since they exist.
CREATE TABLE progress (
    only_row bool PRIMARY KEY DEFAULT true CHECK (only_row),
    as_of    timestamptz,
    further  text[] NOT NULL DEFAULT '{}'
);
INSERT INTO progress DEFAULT VALUES;

-- Records that could not be read: none is dropped silently.
CREATE TABLE unreadable_records (
    topic       text        NOT NULL,
    partition   int         NOT NULL,
    "offset"    bigint      NOT NULL,
    error       text        NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (topic, partition, "offset")
);

-- The newest state of each payment key. currency, amount, captured ... are of the currency with the most money; totals has all.
CREATE TABLE payments (
    payment_key      text    PRIMARY KEY,
    gateway          text    NOT NULL,
    account          text    NOT NULL,
    live             bool    NOT NULL,
    shadow           bool    NOT NULL,
    status           text    NOT NULL,
    dispute_status   text    NOT NULL,
    fraud_flagged    bool    NOT NULL,
    subject          text,            -- as the payment names it; the order's subject counts more
    order_id         text,
    currency         text,
    amount           bigint,          -- captured, else authorized
    authorized       bigint,
    captured         bigint,
    refunded         bigint,
    disputed         bigint,
    lost             bigint,
    fees             bigint,
    started_at       timestamptz NOT NULL, -- the earliest fact, by the gateway's clock
    newest_at        timestamptz,          -- the latest version of a fact, by the gateway's clock
    captured_at      timestamptz,
    refunded_at      timestamptz,
    disputed_at      timestamptz,
    totals           jsonb   NOT NULL,
    invoices         jsonb   NOT NULL,
    subscription     jsonb,
    refs             jsonb   NOT NULL,
    skus             jsonb   NOT NULL,
    links            jsonb   NOT NULL,
    payer_words      jsonb   NOT NULL,
    facts            jsonb   NOT NULL,
    events           jsonb   NOT NULL,
    ids              text[]  NOT NULL, -- what it can be found by, in lower case: charge:, event:, invoice:, order:, reference:, name: and the id; whole: and a
                                       -- reference; pays: and a payment key; money: and an amount; word: and a word of references and facts; email: and the
                                       -- SHA-256 of an address in them; more: if some do not fit
    record_partition int     NOT NULL,
    record_offset    bigint  NOT NULL,
    recorded_at      timestamptz NOT NULL,
    CHECK (octet_length(coalesce(subject, '') || payment_key) <= 2600),
    CHECK (octet_length(status || coalesce(currency, '') || payment_key) <= 2600),
    CHECK (octet_length(coalesce(order_id, '') || payment_key) <= 2600)
);

-- What became of each raw record, without the payment's state and the raw record.
CREATE TABLE outcomes (
    source_topic     text    NOT NULL,
    source_partition int     NOT NULL,
    source_offset    bigint  NOT NULL,
    kind             text    NOT NULL,
    reason           text,
    detail           text,
    payment_key      text    NOT NULL,
    event_key        text    NOT NULL,
    gateway          text    NOT NULL,
    account          text    NOT NULL,
    event_type       text    NOT NULL,
    reverification   text    NOT NULL,
    occurred_at      timestamptz,
    received_at      timestamptz,
    record_partition int     NOT NULL,
    record_offset    bigint  NOT NULL,
    recorded_at      timestamptz NOT NULL,
    PRIMARY KEY (source_topic, source_partition, source_offset),
    CHECK (octet_length(payment_key) <= 2600),
    CHECK (octet_length(event_key) <= 2600)
);

CREATE TABLE orders (
    order_id         text    PRIMARY KEY,
    subject          text    NOT NULL,
    product          text    NOT NULL,
    reference        text,
    amount           bigint  NOT NULL,
    currency         text    NOT NULL,
    gateway_account  text,
    created_at       timestamptz NOT NULL,
    pay_by           timestamptz,
    live             bool    NOT NULL,
    record_partition int     NOT NULL,
    record_offset    bigint  NOT NULL,
    recorded_at      timestamptz NOT NULL,
    CHECK (octet_length(subject) <= 2600),
    CHECK (octet_length(currency) <= 2600)
);

-- Each change of access.
CREATE TABLE entitlement_changes (
    event_id         text    PRIMARY KEY,
    type             text    NOT NULL,
    subject          text    NOT NULL,
    entitlement      text    NOT NULL,
    scope            text,
    revision         bigint  NOT NULL,
    status           text    NOT NULL,
    valid_from       timestamptz,
    valid_until      timestamptz,
    grace_until      timestamptz,
    reason           text    NOT NULL,
    product          text,
    payment_key      text,
    order_id         text,
    discrepancy      text,
    test             bool    NOT NULL,
    cause_event_key  text    NOT NULL,
    cause_topic      text    NOT NULL,
    cause_partition  int     NOT NULL,
    cause_offset     bigint  NOT NULL,
    cause_by_clock   bool    NOT NULL,
    policy_version   text    NOT NULL,
    decided_at       timestamptz NOT NULL,
    record_partition int     NOT NULL,
    record_offset    bigint  NOT NULL,
    recorded_at      timestamptz NOT NULL,
    CHECK (octet_length(subject) <= 2600),
    CHECK (octet_length(payment_key) <= 2600)
);

-- What each user may use now. withheld: a revocation that the brake withholds.
CREATE TABLE entitlements (
    entitlement_key  text    PRIMARY KEY,
    subject          text    NOT NULL,
    entitlement      text    NOT NULL,
    scope            text,
    revision         bigint  NOT NULL,
    type             text    NOT NULL,
    status           text    NOT NULL,
    valid_from       timestamptz,
    valid_until      timestamptz,
    grace_until      timestamptz,
    reason           text    NOT NULL,
    product          text,
    payment_key      text,
    order_id         text,
    discrepancy      text,
    test             bool    NOT NULL,
    cause_event_key  text    NOT NULL,
    cause_topic      text    NOT NULL,
    cause_partition  int     NOT NULL,
    cause_offset     bigint  NOT NULL,
    cause_by_clock   bool    NOT NULL,
    policy_version   text    NOT NULL,
    decided_at       timestamptz NOT NULL,
    withheld         jsonb,
    record_partition int     NOT NULL,
    record_offset    bigint  NOT NULL,
    recorded_at      timestamptz NOT NULL,
    CHECK (octet_length(subject) <= 2600),
    CHECK (octet_length(payment_key) <= 2600)
);

-- Each change of a discrepancy. It may move to another partition, once its order is known.
CREATE TABLE discrepancy_changes (
    discrepancy_id   text    NOT NULL,
    state            text    NOT NULL,
    kind             text    NOT NULL,
    payment_key      text    NOT NULL,
    order_id         text,
    subject          text,
    product          text,
    expected         text,
    actual           text,
    captured         text,
    decision         text,
    cause_event_key  text    NOT NULL,
    cause_topic      text    NOT NULL,
    cause_partition  int     NOT NULL,
    cause_offset     bigint  NOT NULL,
    cause_by_clock   bool    NOT NULL,
    policy_version   text    NOT NULL,
    at               timestamptz NOT NULL,
    record_partition int     NOT NULL,
    record_offset    bigint  NOT NULL,
    recorded_at      timestamptz NOT NULL,
    PRIMARY KEY (discrepancy_id, record_partition, record_offset),
    CHECK (octet_length(state || discrepancy_id) <= 2600),
    CHECK (octet_length(payment_key) <= 2600),
    CHECK (octet_length(order_id) <= 2600),
    CHECK (octet_length(subject) <= 2600)
);

-- The newest change of each: in each partition the last one; of those with one time the open one, because the record that closes a discrepancy that moves
-- has the key under which it was opened.
CREATE VIEW discrepancies AS
SELECT this.*
FROM discrepancy_changes this
WHERE NOT EXISTS (
        SELECT 1
        FROM discrepancy_changes later
        WHERE later.discrepancy_id = this.discrepancy_id
          AND later.record_partition = this.record_partition
          AND (later.at, later.record_offset) > (this.at, this.record_offset))
  AND NOT EXISTS (
        SELECT 1
        FROM discrepancy_changes other
        WHERE other.discrepancy_id = this.discrepancy_id
          AND other.record_partition <> this.record_partition
          AND (other.at, other.state = 'OPEN', other.record_partition) > (this.at, this.state = 'OPEN', this.record_partition)
          AND NOT EXISTS (
                SELECT 1
                FROM discrepancy_changes later
                WHERE later.discrepancy_id = other.discrepancy_id
                  AND later.record_partition = other.record_partition
                  AND (later.at, later.record_offset) > (other.at, other.record_offset)));

-- Only where the records are: the claims to each entitlement, and the payments of each order, in the changelogs of the projector.
CREATE TABLE entitlement_claims (
    entitlement_key  text    PRIMARY KEY,
    subject          text    NOT NULL,
    record_partition int     NOT NULL,
    record_offset    bigint  NOT NULL,
    recorded_at      timestamptz NOT NULL,
    CHECK (octet_length(subject) <= 2600)
);

CREATE TABLE order_allocations (
    order_id         text    PRIMARY KEY,
    record_partition int     NOT NULL,
    record_offset    bigint  NOT NULL,
    recorded_at      timestamptz NOT NULL
);

-- What people decided.
CREATE TABLE decisions (
    decision_id         text    PRIMARY KEY,
    kind                text    NOT NULL,
    target              text    NOT NULL,
    about               text    NOT NULL,
    of                  text,
    by                  text    NOT NULL,
    authenticated       bool    NOT NULL,
    principal           text,
    source              text,
    at                  timestamptz NOT NULL,
    why                 text    NOT NULL,
    valid_until         timestamptz,
    shown               text,
    which               text,
    needs_approval      bool    NOT NULL,
    discrepancy         text,
    discrepancy_content text,
    seen                text,
    subject             text,
    entitlement         text,
    product             text,
    scope               text,
    valid_from          timestamptz,
    to_subject          text,
    purchases           jsonb   NOT NULL,
    policy_version      text,
    since               timestamptz,
    record_partition    int     NOT NULL,
    record_offset       bigint  NOT NULL,
    recorded_at         timestamptz NOT NULL,
    CHECK (octet_length(decision_id) <= 2600),
    CHECK (octet_length(about) <= 2600),
    CHECK (octet_length(of) <= 2600),
    CHECK (octet_length(to_subject) <= 2600)
);

-- Entries of the books; their lines are in ledger_lines.
CREATE TABLE ledger_entries (
    entry_id         text    PRIMARY KEY,
    payment_key      text    NOT NULL,
    order_id         text,
    test             bool    NOT NULL,
    lines            jsonb   NOT NULL,
    cause_event_key  text    NOT NULL,
    cause_topic      text    NOT NULL,
    cause_partition  int     NOT NULL,
    cause_offset     bigint  NOT NULL,
    cause_by_clock   bool    NOT NULL,
    policy_version   text    NOT NULL,
    at               timestamptz NOT NULL,
    record_partition int     NOT NULL,
    record_offset    bigint  NOT NULL,
    recorded_at      timestamptz NOT NULL,
    CHECK (octet_length(payment_key || entry_id) <= 2600),
    CHECK (octet_length(order_id) <= 2600)
);

-- Debits above zero, credits below: the lines of an entry add up to zero in each currency.
CREATE TABLE ledger_lines (
    entry_id         text    NOT NULL,
    line             int     NOT NULL,
    payment_key      text    NOT NULL,
    test             bool    NOT NULL,
    account          text    NOT NULL,
    currency         text    NOT NULL,
    product          text,
    day              date    NOT NULL,
    amount           bigint  NOT NULL,
    record_partition int     NOT NULL,
    record_offset    bigint  NOT NULL,
    recorded_at      timestamptz NOT NULL,
    PRIMARY KEY (entry_id, line),
    CHECK (octet_length(account || currency) <= 2600)
);

CREATE TABLE notifications (
    notification_id  text    PRIMARY KEY,
    kind             text    NOT NULL,
    subject          text    NOT NULL,
    entitlement      text    NOT NULL,
    scope            text,
    product          text,
    order_id         text,
    gateway          text,
    amount           bigint,
    currency         text,
    valid_from       timestamptz,
    valid_until      timestamptz,
    action           text,
    reason           text,
    test             bool    NOT NULL,
    cause_event_key  text    NOT NULL,
    cause_topic      text    NOT NULL,
    cause_partition  int     NOT NULL,
    cause_offset     bigint  NOT NULL,
    cause_by_clock   bool    NOT NULL,
    at               timestamptz NOT NULL,
    record_partition int     NOT NULL,
    record_offset    bigint  NOT NULL,
    recorded_at      timestamptz NOT NULL,
    CHECK (octet_length(subject || notification_id) <= 2600)
);

-- The newest failure of each dead letter, from the headers; its bytes stay in the topic.
CREATE TABLE dead_letters (
    dead_letter_id   text    PRIMARY KEY,
    record_key       text,
    reason           text,
    stage            text,
    class            text,
    fingerprint      text,
    message          text,
    attempts         int     NOT NULL,
    first_failed_at  timestamptz,
    last_failed_at   timestamptz NOT NULL,
    app_version      text,
    replay_id        text,
    event_key        text,
    event_type       text,
    account          text,            -- gateway/account
    words            int[]   NOT NULL, -- hashes of the words of key and body, {0} where it may have any
    source_topic     text,
    source_partition int,
    source_offset    bigint,
    record_partition int     NOT NULL,
    record_offset    bigint  NOT NULL,
    recorded_at      timestamptz NOT NULL,
    CHECK (octet_length(dead_letter_id) <= 2600),
    CHECK (octet_length(record_key) <= 2600),
    CHECK (octet_length(fingerprint) <= 2600)
);

-- The newest decision on each dead letter.
CREATE TABLE dead_letter_statuses (
    dead_letter_id   text    PRIMARY KEY,
    status           text    NOT NULL,
    attempts         int     NOT NULL,
    replay_id        text,
    by               text    NOT NULL,
    why              text,
    at               timestamptz NOT NULL,
    record_partition int     NOT NULL,
    record_offset    bigint  NOT NULL,
    recorded_at      timestamptz NOT NULL
);

-- With their status: OPEN while it failed more often than the newest decision knows.
CREATE VIEW dead_letter_list AS
SELECT letter.*,
       CASE
           WHEN decided.attempts IS NULL OR decided.attempts < letter.attempts THEN 'OPEN'
           WHEN decided.status NOT IN ('REOPENED', 'UNKNOWN') THEN decided.status
           WHEN decided.attempts > letter.attempts THEN 'REPLAYED'
           ELSE 'OPEN'
       END AS status,
       decided.by AS decided_by,
       decided.why AS decided_why,
       decided.at AS decided_at
FROM dead_letters letter
LEFT JOIN dead_letter_statuses decided USING (dead_letter_id);

-- Rows for spreadsheets, of what the payments contain.
CREATE VIEW payment_facts AS
SELECT payment_key, fact.*
FROM payments, jsonb_to_recordset(facts) AS fact (
    kind text, id text, status text, amount bigint, currency text, occurred_at timestamptz, first_at timestamptz, event_key text);

CREATE VIEW payment_invoices AS
SELECT payment_key, invoice.*
FROM payments, jsonb_to_recordset(invoices) AS invoice (
    id text, status text, subscription text, due bigint, paid bigint, refunded bigint, currency text, valid_from timestamptz, valid_until timestamptz);

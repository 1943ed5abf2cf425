-- Indexes that questions need. They are made once the tables are complete for the first time: a table without them takes rows twice as fast, and
-- an index over all rows is smaller than one that grew with them.

SET LOCAL maintenance_work_mem = '256MB';

-- One lexeme, whatever characters it has.
CREATE FUNCTION lexeme(text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (chr(39) || replace(replace($1, '\', '\\'), chr(39), chr(39) || chr(39)) || chr(39))::tsquery;

-- A text in the form in which searches compare it: two letters outside ASCII are in it in lower case.
CREATE FUNCTION searchable(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lower(translate($1, U&'\212A\0130', 'ki') COLLATE "C") COLLATE "C";

-- Finds whole ids and their beginnings.
CREATE INDEX payments_ids ON payments USING gin (array_to_tsvector(ids)) WITH (fastupdate = off);
CREATE INDEX payments_newest ON payments (newest_at);
CREATE INDEX payments_started ON payments (started_at DESC, payment_key DESC);
CREATE INDEX payments_subject ON payments (subject, started_at DESC, payment_key DESC) WHERE subject IS NOT NULL;
CREATE INDEX payments_order ON payments (order_id, started_at DESC, payment_key DESC) WHERE order_id IS NOT NULL;
CREATE INDEX payments_amount ON payments (amount, currency, started_at DESC, payment_key DESC);
CREATE INDEX payments_status ON payments (status, started_at DESC, payment_key DESC);

CREATE INDEX outcomes_payment ON outcomes (payment_key, recorded_at DESC);
CREATE INDEX outcomes_event ON outcomes (event_key);

CREATE INDEX orders_subject ON orders (subject, created_at DESC);
CREATE INDEX orders_search_id ON orders (searchable(order_id) text_pattern_ops);
CREATE INDEX orders_search_subject ON orders (searchable(subject));
CREATE INDEX orders_search_reference ON orders (searchable(reference)) WHERE reference IS NOT NULL;
CREATE INDEX orders_amount ON orders (amount, currency, created_at);

CREATE INDEX entitlement_changes_subject ON entitlement_changes (subject, decided_at DESC);
CREATE INDEX entitlement_changes_payment ON entitlement_changes (payment_key, decided_at DESC);

CREATE INDEX entitlements_subject ON entitlements (subject);
CREATE INDEX entitlements_payment ON entitlements (payment_key);

CREATE INDEX entitlement_claims_subject ON entitlement_claims (subject);

CREATE INDEX discrepancy_changes_at ON discrepancy_changes (state, at DESC, discrepancy_id DESC);
CREATE INDEX discrepancy_changes_payment ON discrepancy_changes (payment_key);
CREATE INDEX discrepancy_changes_order ON discrepancy_changes (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX discrepancy_changes_subject ON discrepancy_changes (subject) WHERE subject IS NOT NULL;

CREATE INDEX decisions_at ON decisions (at DESC, decision_id DESC);
CREATE INDEX decisions_about ON decisions (about, at DESC);
CREATE INDEX decisions_of ON decisions (of) WHERE of IS NOT NULL;
CREATE INDEX decisions_to ON decisions (to_subject) WHERE to_subject IS NOT NULL;

CREATE INDEX ledger_entries_at ON ledger_entries (at DESC, entry_id DESC);
CREATE INDEX ledger_entries_payment ON ledger_entries (payment_key, at DESC, entry_id DESC);
CREATE INDEX ledger_entries_order ON ledger_entries (order_id) WHERE order_id IS NOT NULL;

CREATE INDEX ledger_lines_day ON ledger_lines (day, account, currency);

CREATE INDEX notifications_at ON notifications (at DESC, notification_id DESC);
CREATE INDEX notifications_subject ON notifications (subject, at DESC, notification_id DESC);

CREATE INDEX dead_letters_at ON dead_letters (last_failed_at DESC, dead_letter_id DESC);
CREATE INDEX dead_letters_key ON dead_letters (record_key);
CREATE INDEX dead_letters_fingerprint ON dead_letters (fingerprint);
CREATE INDEX dead_letters_words ON dead_letters USING gin (words);

ANALYZE payments, outcomes, orders, entitlement_changes, entitlements, entitlement_claims, order_allocations,
    discrepancy_changes, decisions, ledger_entries, ledger_lines, notifications,
    dead_letters, dead_letter_statuses;

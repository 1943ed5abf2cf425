-- Each event that was processed, so that a redelivery has no effect.
CREATE TABLE IF NOT EXISTS received_event (
  event_key   text PRIMARY KEY,
  received_at timestamptz NOT NULL DEFAULT now()
);

-- The join of all events of a payment. Every column only grows, so the sequence of events does not matter.
CREATE TABLE IF NOT EXISTS payment (
  payment_key     text PRIMARY KEY,
  subject         text,
  product         text,
  reference       text,
  currency        text,
  captured        bigint NOT NULL,
  dispute         smallint NOT NULL,
  fraud_warning   boolean NOT NULL,
  paid_until      timestamptz,
  entitlement_key text
);
CREATE INDEX IF NOT EXISTS payment_entitlement ON payment (entitlement_key) WHERE entitlement_key IS NOT NULL;

CREATE TABLE IF NOT EXISTS refund (
  payment_key text NOT NULL,
  refund_id   text NOT NULL,
  amount      bigint NOT NULL,
  PRIMARY KEY (payment_key, refund_id)
);

-- What a subject may use: derived from all payments with its key.
CREATE TABLE IF NOT EXISTS entitlement (
  entitlement_key text PRIMARY KEY,
  status          text NOT NULL DEFAULT 'NONE',
  until           timestamptz,
  revision        bigint NOT NULL DEFAULT 0
);

-- Events that were stored with the entitlement, and are not published yet.
CREATE TABLE IF NOT EXISTS outbox (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subject text NOT NULL,
  event   text NOT NULL
);

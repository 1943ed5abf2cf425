package ipn.query.model;

import static ipn.query.AnyRecord.set;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.FactKind;
import ipn.avro.FactRow;
import ipn.avro.LedgerEntry;
import ipn.avro.Link;
import ipn.avro.LinkKind;
import ipn.avro.Outcome;
import ipn.avro.PaymentState;
import ipn.avro.SeenEvent;
import ipn.avro.Totals;
import ipn.query.AnyRecord;
import ipn.topics.Headers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RowsTest {
    private static final Place PLACE = new Place("key", 2, 17, Instant.parse("2026-11-30T10:00:00Z"));

    private final AnyRecord any = new AnyRecord(7);

    @Test
    void a_row_has_the_place_of_its_record_and_the_cause_beside_the_other_columns() {
        var changes = Rows.ledgerEntry(any.of(LedgerEntry.class), PLACE);

        var row = Objects.requireNonNull(changes.get(0).row());
        assertThat(row.path("record_partition").asInt()).isEqualTo(2);
        assertThat(row.path("record_offset").asLong()).isEqualTo(17);
        assertThat(row.path("recorded_at").asText()).isEqualTo("2026-11-30T10:00:00Z");
        assertThat(row.has("cause_event_key")).isTrue();
        assertThat(row.has("cause")).isFalse();
    }

    @Test
    void an_outcome_is_kept_without_the_raw_record_and_the_state() {
        var change = Rows.outcome(any.of(Outcome.class), PLACE).get(0);

        assertThat(change.key()).hasSize(3).doesNotContain("");
        assertThat(Objects.requireNonNull(change.row()).has("raw")).isFalse();
        assertThat(change.row().has("payment")).isFalse();
    }

    @Test
    void each_line_of_a_ledger_entry_is_a_row() {
        var entry = any.of(LedgerEntry.class);
        var changes = Rows.ledgerEntry(entry, PLACE);

        assertThat(changes).hasSize(1 + entry.getLines().size());
        assertThat(changes.stream().map(Change::key).distinct()).hasSize(changes.size());
    }

    @Test
    void a_payment_is_found_by_each_of_its_ids_without_gateway_and_account() {
        var payment = any.of(PaymentState.class);
        set(payment, "paymentKey", "stripe/main/pi_1");
        set(payment, "references", Map.of("order", "o_1", "subject", "u_1", "reference", "post_1"));
        set(payment, "invoices", List.of());
        set(payment, "events", List.of(new SeenEvent("stripe/main/evt/1", Instant.EPOCH, "f")));
        set(
                payment,
                "facts",
                List.of(
                        fact(FactKind.CAPTURED, "ch_1"),
                        fact(FactKind.REFERENCE, "order"),
                        fact(FactKind.REFUND, "re_1")));

        var row = Objects.requireNonNull(Rows.payment(payment, PLACE).get(0).row());
        assertThat(StreamSupport.stream(row.path("ids").spliterator(), false)
                        .map(id -> id.asText())
                        .filter(id -> !id.startsWith("word:") && !id.startsWith("pays:") && !id.startsWith("money:")))
                .containsExactly(
                        "charge:ch_1",
                        "charge:pi_1",
                        "charge:re_1",
                        "event:evt/1",
                        "name:evt/0",
                        "order:o_1",
                        "reference:post_1",
                        "whole:o_1",
                        "whole:post_1",
                        "whole:u_1");
        assertThat(row.path("subject").asText()).isEqualTo("u_1");
    }

    private FactRow fact(FactKind kind, String id) {
        var fact = any.of(FactRow.class);
        set(fact, "kind", kind);
        set(fact, "id", id);
        set(fact, "eventKey", "stripe/main/evt/0");
        return fact;
    }

    @Test
    void the_amount_of_a_payment_is_that_of_the_currency_with_the_most_money() {
        var payment = any.of(PaymentState.class);
        set(
                payment,
                "totals",
                List.of(new Totals("EUR", 900L, 0L, 0L, 0L, 0L, 0L), new Totals("USD", 900L, 800L, 100L, 0L, 0L, 0L)));

        var row = Objects.requireNonNull(Rows.payment(payment, PLACE).get(0).row());
        assertThat(row.path("currency").asText()).isEqualTo("EUR");
        assertThat(row.path("amount").asLong()).isEqualTo(900);
        assertThat(row.path("totals")).hasSize(2);
    }

    @Test
    void a_payment_without_facts_or_money_has_the_time_of_its_record() {
        var payment = any.of(PaymentState.class);
        set(payment, "facts", List.of());
        set(payment, "totals", List.of());

        var row = Objects.requireNonNull(Rows.payment(payment, PLACE).get(0).row());
        assertThat(row.path("started_at").asText()).isEqualTo(PLACE.at().toString());
        assertThat(row.has("amount")).isFalse();
    }

    @Test
    void times_that_the_database_cannot_store_are_the_nearest_that_it_can() {
        assertThat(AvroJson.node(Instant.ofEpochMilli(Long.MAX_VALUE)).asText()).isEqualTo("9999-01-01T00:00:00Z");
        assertThat(AvroJson.node(Instant.ofEpochMilli(Long.MIN_VALUE)).asText()).isEqualTo("1970-01-01T00:00:00Z");
    }

    @Test
    void a_dead_letter_has_a_row_whatever_its_headers_are() {
        var record = deadLetter(Map.of(
                Headers.DLQ_ATTEMPTS, "many",
                Headers.DLQ_LAST_FAILED_AT, "yesterday",
                Headers.ERROR_TOPIC, "ipn.raw",
                Headers.ERROR_OFFSET, "-3",
                Headers.ERROR_MESSAGE, "of another program, with a name in it"));

        var change = DeadLetterRow.of(record, PLACE).get(0);

        assertThat(change.key()).containsExactly("ipn.dlq-2@17");
        var row = Objects.requireNonNull(change.row());
        assertThat(row.path("attempts").asLong()).isEqualTo(1);
        assertThat(row.path("last_failed_at").asText()).isEqualTo(PLACE.at().toString());
        assertThat(row.has("source_offset")).isFalse();
        assertThat(row.has("message")).isFalse();
    }

    private static ConsumerRecord<byte[], byte[]> deadLetter(Map<String, String> headers) {
        var record = new ConsumerRecord<>(
                "ipn.dlq", PLACE.partition(), PLACE.offset(), new byte[] {1}, "{\"user\":\"u_42\"}".getBytes(UTF_8));
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        return record;
    }

    @Test
    void a_dead_letter_is_found_by_what_its_gateway_sent() {
        var record = deadLetter(Map.of(
                Headers.CE_ID, "stripe/main/evt_1",
                Headers.CE_TYPE, "invoice.paid",
                Headers.CE_SOURCE, "/ipn/stripe/main"));

        var row = Objects.requireNonNull(DeadLetterRow.of(record, PLACE).get(0).row());
        assertThat(row.path("account").asText()).isEqualTo("stripe/main");
        assertThat(row.path("event_type").asText()).isEqualTo("invoice.paid");
        assertThat(row.path("words")).hasSize(2);
    }

    @Test
    void a_payment_is_found_by_its_words_and_by_the_hash_of_an_address_in_them() {
        var payment = any.of(PaymentState.class);
        set(payment, "references", Map.of("subject", "Ada.Lovelace@Example.com", "reference", "Summer SALE, no. 7"));
        set(payment, "facts", List.of());
        set(payment, "skus", List.of());
        set(payment, "links", List.of(new Link(LinkKind.PAYS, "stripe/main/in_1")));

        var row = Objects.requireNonNull(Rows.payment(payment, PLACE).get(0).row());
        var ids = StreamSupport.stream(row.path("ids").spliterator(), false)
                .map(id -> id.asText())
                .toList();
        assertThat(ids)
                .contains(
                        "email:" + PaymentWords.hash(" ada.lovelace@example.com "),
                        "word:summer",
                        "word:sale",
                        "pays:stripe/main/in_1")
                .doesNotContain("word:no", "word:7");
    }
}

package ipn.bench.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.AccessReason;
import ipn.avro.Cause;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.avro.LedgerEntry;
import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.avro.Posting;
import ipn.avro.RecordPosition;
import ipn.bench.measure.CommittedRecords;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The oracle of faults is itself tried: what is right has no difference, and each error that is planted has one. */
class InvariantsTest {
    private static final KafkaSettings KAFKA = new KafkaSettings(
            Map.of(), Map.of("schema.registry.url", "mock://invariants"), new TopicCatalogue("ipn.", 1, (short) 1));
    private static final Cause CAUSE = new Cause("stripe/main/evt_1", "ipn.raw", 0, 0L, false);

    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> topics = new HashMap<>();
    private final CommittedRecords reader =
            (topic, each) -> topics.getOrDefault(topic, List.of()).forEach(each);

    @BeforeEach
    void twoNotifications() {
        for (var offset = 0; offset < 3; offset++) {
            var unused = write(TopicCatalogue.RAW, "pi_1", new byte[0]);
        }
        write(TopicCatalogue.OUTCOMES, "pi_1", Outcome.class, outcome(0, OutcomeKind.APPLIED));
        write(TopicCatalogue.OUTCOMES, "pi_1", Outcome.class, outcome(1, OutcomeKind.APPLIED));
        write(TopicCatalogue.OUTCOMES, "pi_1", Outcome.class, outcome(2, OutcomeKind.UNPROCESSABLE));
        write(TopicCatalogue.DLQ, "pi_1", new byte[0]).headers().add(Headers.DLQ_ID, "ipn.raw-0-2".getBytes(UTF_8));
        write(TopicCatalogue.LEDGER, "pi_1", LedgerEntry.class, entry(1, 800, -800));
        write(TopicCatalogue.LEDGER, "pi_1", LedgerEntry.class, entry(2, -800, 800));
        for (var revision = 1; revision <= 2; revision++) {
            write(TopicCatalogue.ENTITLEMENTS, "u_1", EntitlementEvent.class, event(revision));
            write(TopicCatalogue.ENTITLEMENT_STATE, "u_1", Entitlement.class, new Entitlement(event(revision), null));
        }
    }

    @Test
    void what_is_right_has_no_difference() {
        assertThat(Invariants.of(KAFKA, reader).differences()).isEmpty();
        assertThat(Invariants.of(KAFKA, reader).rawRecords()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void each_planted_error_is_found(Planted.Kind kind) {
        assertThat(Invariants.of(KAFKA, new Planted(kind, reader)).differences())
                .isNotEmpty();
    }

    @Test
    void an_entry_that_does_not_add_up_is_found() {
        write(TopicCatalogue.LEDGER, "pi_1", LedgerEntry.class, entry(3, 800, -799));

        assertThat(Invariants.of(KAFKA, reader).differences())
                .containsExactly("ledger entry pi_1/3: adds up to {USD=1} (expected: zero)");
    }

    @Test
    void a_missing_dead_letter_is_found() {
        topics.remove(TopicCatalogue.DLQ);

        assertThat(Invariants.of(KAFKA, reader).differences())
                .containsExactly("dead letters: 0 (expected: 1, one for each unprocessable record)");
    }

    @Test
    void an_outcome_of_nothing_is_found() {
        topics.get(TopicCatalogue.RAW).remove(1);

        assertThat(Invariants.of(KAFKA, reader).differences())
                .containsExactly("outcome of ipn.raw-0@1: without a raw record");
    }

    private static Outcome outcome(long offset, OutcomeKind kind) {
        return Outcome.newBuilder()
                .setKind(kind)
                .setPaymentKey("stripe/main/pi_1")
                .setEventKey("stripe/main/evt_" + offset)
                .setGateway("stripe")
                .setAccount("main")
                .setEventType("payment_intent.succeeded")
                .setSource(new RecordPosition("ipn.raw", 0, offset))
                .build();
    }

    private static LedgerEntry entry(int number, long debit, long credit) {
        var day = LocalDate.of(2026, 11, 2);
        return LedgerEntry.newBuilder()
                .setEntryId("pi_1/" + number)
                .setPaymentKey("stripe/main/pi_1")
                .setTest(true)
                .setLines(List.of(
                        new Posting("clearing/stripe/main", "USD", null, day, debit),
                        new Posting("revenue", "USD", "premium", day, credit)))
                .setCause(CAUSE)
                .setPolicyVersion("1")
                .setAt(Instant.EPOCH)
                .build();
    }

    private static EntitlementEvent event(long revision) {
        return EntitlementEvent.newBuilder()
                .setEventId("u_1/premium//" + revision)
                .setType(EntitlementEventType.GRANTED)
                .setSubject("u_1")
                .setEntitlement("premium")
                .setRevision(revision)
                .setStatus(EntitlementStatus.ACTIVE)
                .setReason(AccessReason.PAID)
                .setTest(true)
                .setCause(CAUSE)
                .setPolicyVersion("1")
                .setDecidedAt(Instant.EPOCH)
                .build();
    }

    private <T extends SpecificRecord> void write(String topic, String key, Class<T> type, T value) {
        try (var values = KAFKA.serdes().serializer(type)) {
            var unused = write(topic, key, values.serialize(KAFKA.topics().name(topic), value));
        }
    }

    private ConsumerRecord<byte[], byte[]> write(String topic, String key, byte[] value) {
        var records = topics.computeIfAbsent(topic, ignored -> new ArrayList<>());
        var record =
                new ConsumerRecord<>(KAFKA.topics().name(topic), 0, (long) records.size(), key.getBytes(UTF_8), value);
        records.add(record);
        return record;
    }
}

package ipn.bench.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.AccessReason;
import ipn.avro.Cause;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.bench.measure.CommittedRecords;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ExpectedEventsTest {
    private static final KafkaSettings KAFKA = new KafkaSettings(
            Map.of(), Map.of("schema.registry.url", "mock://expected-events"), new TopicCatalogue("ipn.", 1, (short)
                    1));
    private static final Cause CAUSE = new Cause("stripe/main/evt_1", "ipn.raw", 0, 0L, false);

    private final List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
    private final CommittedRecords reader = (topic, each) -> events.forEach(each);

    @Test
    void one_event_of_each_user_is_right() {
        event("u-0", EntitlementStatus.ACTIVE);
        event("u-1", EntitlementStatus.ACTIVE);
        event("somebody", EntitlementStatus.ENDED);

        assertThat(differences(0)).isEmpty();
    }

    @Test
    void none_is_right_only_after_a_command_that_failed() {
        event("u-0", EntitlementStatus.ACTIVE);

        assertThat(differences(1)).isEmpty();
        assertThat(differences(0))
                .containsExactly("u-1: entitlement events [] after import with exit code 0 (expected: one, ACTIVE)");
    }

    @Test
    void two_events_and_another_event_are_wrong_whatever_the_command_reported() {
        event("u-0", EntitlementStatus.ACTIVE);
        event("u-0", EntitlementStatus.ACTIVE);
        event("u-1", EntitlementStatus.ENDED);

        assertThat(differences(0)).hasSize(2);
        assertThat(differences(-1))
                .containsExactly(
                        "u-0: entitlement events [ACTIVE, ACTIVE] after import with exit code -1 (expected: none or one, ACTIVE)",
                        "u-1: entitlement events [ENDED] after import with exit code -1 (expected: none or one, ACTIVE)");
    }

    private List<String> differences(int exit) {
        return new ExpectedEvents(ExpectedEvents.users("u", 2), "import", exit).differences(KAFKA, reader);
    }

    private void event(String user, EntitlementStatus status) {
        try (var values = KAFKA.serdes().serializer(EntitlementEvent.class)) {
            var topic = TopicCatalogue.ENTITLEMENTS;
            events.add(new ConsumerRecord<>(
                    topic, 0, events.size(), user.getBytes(UTF_8), values.serialize(topic, value(user, status))));
        }
    }

    private static EntitlementEvent value(String user, EntitlementStatus status) {
        return EntitlementEvent.newBuilder()
                .setEventId(user + "/premium//1")
                .setType(EntitlementEventType.GRANTED)
                .setSubject(user)
                .setEntitlement("premium")
                .setRevision(1)
                .setStatus(status)
                .setReason(AccessReason.PAID)
                .setTest(true)
                .setCause(CAUSE)
                .setPolicyVersion("1")
                .setDecidedAt(Instant.EPOCH)
                .build();
    }
}

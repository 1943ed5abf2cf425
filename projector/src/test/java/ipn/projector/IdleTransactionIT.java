package ipn.projector;

import static ipn.projector.Payments.captured;
import static ipn.projector.Projection.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.avro.Order;
import ipn.avro.OutcomeKind;
import ipn.polling.Polling;
import ipn.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When nothing more waits, the transaction of the projector ends at each hop, and does not stay open until the commit interval has passed. */
@Timeout(120)
class IdleTransactionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A commit interval longer than any test. */
    private static final Duration NEVER = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    @Test
    void access_is_committed_when_nothing_more_waits() throws Exception {
        var patient = Map.<String, Object>of("producer.transaction.timeout.ms", "900000");
        try (var projector = LiveProjector.start(IdleTransactionIT.class, folder, NEVER, patient)) {
            projector.write(TopicCatalogue.ORDERS, "o_1", order());
            var paid = captured("pi_1", NOON, 2500, 0).setReferences(Map.of("order", "o_1"));
            projector.write(
                    TopicCatalogue.OUTCOMES,
                    paid.getPaymentKey(),
                    Projection.outcome(OutcomeKind.APPLIED, paid.getPaymentKey(), 0)
                            .setPayment(paid.build())
                            .build());
            awaitEvents(projector, 1);
            projector.write(TopicCatalogue.DECISIONS, "u_7", grant());
            awaitEvents(projector, 2);
        }
    }

    private static Order order() {
        return Order.newBuilder()
                .setOrderId("o_1")
                .setSubject("u_42")
                .setProduct("promoted-post")
                .setReference("post_7")
                .setAmount(2500)
                .setCurrency("USD")
                .setCreatedAt(NOON)
                .setLive(true)
                .build();
    }

    private static Decision grant() {
        return Decision.newBuilder()
                .setDecisionId("d_1")
                .setKind(DecisionKind.GRANT)
                .setTarget(DecisionTarget.SUBJECT)
                .setAbout("u_7")
                .setBy("ada")
                .setAt(NOON)
                .setWhy("looked into")
                .setEntitlement("premium")
                .setProduct("premium")
                .setFrom(NOON)
                .setUntil(NOON.plus(Duration.ofDays(20)))
                .build();
    }

    /** Each transaction ends with a marker, which takes an offset after its event. */
    private static void awaitEvents(LiveProjector projector, int count) {
        var partition = new TopicPartition(projector.topic(TopicCatalogue.ENTITLEMENTS), 0);
        try (var reader = projector.reader()) {
            assertThat(Polling.upTo(PATIENCE)
                            .until(() -> reader.endOffsets(List.of(partition)).get(partition) >= 2L * count))
                    .as("event %d is committed", count)
                    .isTrue();
        }
    }
}

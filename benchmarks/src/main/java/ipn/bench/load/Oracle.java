package ipn.bench.load;

import ipn.avro.Entitlement;
import ipn.avro.PaymentState;
import ipn.avro.Totals;
import ipn.bench.load.Scenario.ExpectedAccess;
import ipn.bench.load.Scenario.ExpectedPayment;
import ipn.bench.measure.CommittedRecords;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares the topics with the expected results of the scenarios. It shares no rules with the pipeline. */
public final class Oracle {
    private final KafkaSettings kafka;
    private final Workload workload;
    private final CommittedRecords reader;
    private final List<String> differences = new ArrayList<>();

    /** Reads the topics from their beginning. */
    Oracle(KafkaSettings kafka, Workload workload) {
        this(kafka, workload, CommittedRecords.ofAll(kafka));
    }

    /** @param reader reads what was written since before the first record of this workload, or more */
    public Oracle(KafkaSettings kafka, Workload workload, CommittedRecords reader) {
        this.kafka = kafka;
        this.workload = workload;
        this.reader = reader;
    }

    /** For a workload that begins now. */
    public static CommittedRecords fromNow(KafkaSettings kafka) {
        return CommittedRecords.fromNow(
                kafka, List.of(TopicCatalogue.RAW, TopicCatalogue.PAYMENTS, TopicCatalogue.ENTITLEMENT_STATE));
    }

    /** Every difference, as text. */
    public List<String> differences(Map<String, Long> acknowledged) {
        compareRaw(acknowledged.keySet());
        comparePayments();
        compareAccess();
        return differences;
    }

    /** Every acknowledged call is a raw record; no forged call is. */
    private void compareRaw(Set<String> acknowledged) {
        var rawKeys = new HashSet<String>();
        reader.read(
                TopicCatalogue.RAW,
                record -> StoredCalls.eventKey(record, Headers.CE_ID).ifPresent(rawKeys::add));
        differences.addAll(StoredCalls.differences(workload.calls(), acknowledged, rawKeys));
    }

    private void comparePayments() {
        var values = kafka.serdes().deserializer(PaymentState.class);
        var states = new HashMap<String, PaymentState>();
        reader.read(TopicCatalogue.PAYMENTS, record -> {
            var state = values.deserialize(record.topic(), record.value());
            states.put(state.getPaymentKey(), state);
        });
        workload.scenarios().stream()
                .flatMap(scenario -> scenario.payments().stream())
                .forEach(expected -> {
                    var actual = actual(states.get(expected.paymentKey()));
                    if (!expected.equals(actual)) {
                        differences.add("payment: " + actual + " (expected: " + expected + ")");
                    }
                });
    }

    private static @Nullable ExpectedPayment actual(@Nullable PaymentState state) {
        if (state == null) {
            return null;
        }
        var captured = state.getTotals().stream().mapToLong(Totals::getCaptured).sum();
        var refunded = state.getTotals().stream().mapToLong(Totals::getRefunded).sum();
        return new ExpectedPayment(
                state.getPaymentKey(), state.getStatus(), state.getDisputeStatus(), captured, refunded);
    }

    private void compareAccess() {
        var values = kafka.serdes().deserializer(Entitlement.class);
        var states = new HashMap<String, Entitlement>();
        reader.read(
                TopicCatalogue.ENTITLEMENT_STATE,
                record -> states.put(
                        new String(record.key(), StandardCharsets.UTF_8),
                        values.deserialize(record.topic(), record.value())));
        var expectedKeys = workload.scenarios().stream()
                .flatMap(scenario -> scenario.access().stream())
                .map(ExpectedAccess::stateKey)
                .collect(Collectors.toSet());
        workload.scenarios().stream()
                .flatMap(scenario -> scenario.access().stream())
                .forEach(expected -> compare(expected, states.get(expected.stateKey())));
        var keyPrefix =
                workload.scenarios().get(0).access().orElseThrow().stateKey().replaceFirst("_[0-9]+/.*", "_");
        states.keySet().stream()
                .filter(key -> key.startsWith(keyPrefix) && !expectedKeys.contains(key))
                .forEach(key -> differences.add(key + ": granted without a purchase"));
    }

    private void compare(ExpectedAccess expected, @Nullable Entitlement actual) {
        var last = actual == null ? null : actual.getLast();
        if (last == null || !expected.matches(last.getStatus(), last.getUntil())) {
            differences.add("access: %s %s until %s (expected: %s)"
                    .formatted(
                            expected.stateKey(),
                            last == null ? "nothing" : last.getStatus(),
                            last == null ? "-" : Objects.toString(last.getUntil()),
                            expected));
        }
    }
}

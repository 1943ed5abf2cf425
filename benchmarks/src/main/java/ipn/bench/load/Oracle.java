package ipn.bench.load;

import ipn.avro.Entitlement;
import ipn.avro.PaymentState;
import ipn.avro.Totals;
import ipn.bench.load.Scenario.ExpectedAccess;
import ipn.bench.load.Scenario.ExpectedPayment;
import ipn.bench.measure.TopicRecords;
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

/** Compares what stands on the topics with what the stories say must stand there. Shares no rule with the pipeline. */
final class Oracle {
    private final KafkaSettings kafka;
    private final Workload volley;
    private final List<String> differences = new ArrayList<>();

    Oracle(KafkaSettings kafka, Workload volley) {
        this.kafka = kafka;
        this.volley = volley;
    }

    /** Everything that is not as it must be, for people. */
    List<String> differences(Map<String, Long> acknowledged) {
        raw(acknowledged.keySet());
        payments();
        access();
        return differences;
    }

    /** Every acknowledged call is a raw record; no forged one is. */
    private void raw(Set<String> acknowledged) {
        var inRaw = new HashSet<String>();
        TopicRecords.readAll(kafka, name(TopicCatalogue.RAW), record -> {
            var id = record.headers().lastHeader(Headers.CE_ID);
            if (id != null) {
                inRaw.add(new String(id.value(), StandardCharsets.UTF_8));
            }
        });
        for (var shot : volley.shots()) {
            var there = inRaw.contains(shot.eventKey());
            if (shot.kind() == IngressCall.Kind.FORGED && there) {
                differences.add(shot.eventKey() + ": forged, and in ipn.raw");
            }
            // PayPal's event keys are made by the adapter, so only the others can be looked up by name
            if (shot.kind() == IngressCall.Kind.GENUINE
                    && !there
                    && acknowledged.contains(shot.eventKey())
                    && !shot.gateway().equals("paypal-ipn")) {
                differences.add(shot.eventKey() + ": acknowledged, and not in ipn.raw");
            }
        }
    }

    private void payments() {
        var values = kafka.serdes().deserializer(PaymentState.class);
        var states = new HashMap<String, PaymentState>();
        TopicRecords.readAll(kafka, name(TopicCatalogue.PAYMENTS), record -> {
            var state = values.deserialize(record.topic(), record.value());
            states.put(state.getPaymentKey(), state);
        });
        volley.stories().stream().flatMap(story -> story.payments().stream()).forEach(expected -> {
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

    private void access() {
        var values = kafka.serdes().deserializer(Entitlement.class);
        var states = new HashMap<String, Entitlement>();
        TopicRecords.readAll(
                kafka,
                name(TopicCatalogue.ENTITLEMENT_STATE),
                record -> states.put(
                        new String(record.key(), StandardCharsets.UTF_8),
                        values.deserialize(record.topic(), record.value())));
        var expectedKeys = volley.stories().stream()
                .flatMap(story -> story.access().stream())
                .map(ExpectedAccess::stateKey)
                .collect(Collectors.toSet());
        volley.stories().stream()
                .flatMap(story -> story.access().stream())
                .forEach(expected -> compare(expected, states.get(expected.stateKey())));
        var run = volley.stories().get(0).access().orElseThrow().stateKey().replaceFirst("_[0-9]+/.*", "_");
        states.keySet().stream()
                .filter(key -> key.startsWith(run) && !expectedKeys.contains(key))
                .forEach(key -> differences.add(key + ": granted, though nothing was bought"));
    }

    private void compare(ExpectedAccess expected, @Nullable Entitlement actual) {
        var last = actual == null ? null : actual.getLast();
        var same = last != null
                && last.getStatus() == expected.status()
                && expected.until().map(until -> until.equals(last.getUntil())).orElse(true);
        if (!same) {
            differences.add("access: %s %s until %s (expected: %s)"
                    .formatted(
                            expected.stateKey(),
                            last == null ? "nothing" : last.getStatus(),
                            last == null ? "-" : Objects.toString(last.getUntil()),
                            expected));
        }
    }

    private String name(String topic) {
        return kafka.topics().name(topic);
    }
}

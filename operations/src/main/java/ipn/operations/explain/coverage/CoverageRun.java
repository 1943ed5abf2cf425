package ipn.operations.explain.coverage;

import ipn.avro.Decision;
import ipn.avro.EntitlementEvent;
import ipn.avro.FactRow;
import ipn.avro.Order;
import ipn.avro.Outcome;
import ipn.avro.PaymentState;
import ipn.decision.DecisionCause;
import ipn.operations.Hashing;
import ipn.operations.explain.coverage.CoverageReport.Unexplained;
import ipn.operations.explain.evidence.RawRecordSummary;
import ipn.operations.explain.evidence.Sources;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.OffsetRanges;
import ipn.operations.topic.Position;
import ipn.topics.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Checks every entitlement event. Reads each topic once, from the end of the pipeline to its beginning, and the events a second time to
 * check them. It can run while the pipeline works: every record that is read has its cause within what is read later.
 */
public final class CoverageRun {
    private final Sources sources;
    private final int listedMax;
    private final EvidenceIndex index = new EvidenceIndex();
    private final List<Unexplained> unexplained = new ArrayList<>();
    private long events;
    private long explained;

    /** @param listedMax how many unexplained events are listed; all are counted */
    public CoverageRun(Sources sources, int listedMax) {
        this.sources = sources;
        this.listedMax = listedMax;
    }

    public CoverageReport run() {
        var all = sources.reader().all(sources.name(TopicCatalogue.ENTITLEMENTS));
        events(all, "reading entitlement events", (record, event) -> index.need(event));
        decisions();
        orders();
        payments();
        outcomes();
        records();
        var check = new EventCheck(index);
        events(all, "checking entitlement events", (record, event) -> count(check.missing(event), record, event));
        return new CoverageReport(events, explained, List.copyOf(unexplained));
    }

    private void count(List<String> missing, ConsumerRecord<byte[], byte[]> record, EntitlementEvent event) {
        events++;
        if (missing.isEmpty()) {
            explained++;
        } else if (unexplained.size() < listedMax) {
            unexplained.add(new Unexplained(event.getEventId(), Position.of(record), missing));
        }
    }

    private void events(
            OffsetRanges span, String step, BiConsumer<ConsumerRecord<byte[], byte[]>, EntitlementEvent> each) {
        try (var values = sources.serdes().deserializer(EntitlementEvent.class)) {
            sources.reader()
                    .read(
                            span,
                            step,
                            sources.progress(),
                            record -> AvroValues.read(record, values).ifPresent(event -> each.accept(record, event)));
        }
    }

    private void decisions() {
        var all = sources.reader().partitions(sources.name(TopicCatalogue.DECISIONS));
        sources.read(all, Decision.class, key -> true, (record, key, decision) -> {
            if (decision != null) {
                index.decision(DecisionCause.key(decision.getDecisionId()));
            }
        });
    }

    private void orders() {
        var all = sources.reader().partitions(sources.name(TopicCatalogue.ORDERS));
        sources.read(all, Order.class, key -> true, (record, key, order) -> index.order(key, order != null));
    }

    private void payments() {
        var all = sources.reader().partitions(sources.name(TopicCatalogue.PAYMENTS));
        sources.read(all, PaymentState.class, index::needsPayment, (record, key, state) -> {
            if (state != null) {
                index.payment(key, carriers(state));
            }
        });
    }

    private static long[] carriers(PaymentState state) {
        return state.getFacts().stream()
                .map(FactRow::getEventKey)
                .distinct()
                .mapToLong(Hashing::hashOf)
                .toArray();
    }

    private void outcomes() {
        var all = sources.reader().partitions(sources.name(TopicCatalogue.OUTCOMES));
        sources.read(all, Outcome.class, index::needsPayment, (record, key, outcome) -> {
            if (outcome != null) {
                index.outcome(key, outcome.getEventKey(), Position.of(outcome.getSource()));
            }
        });
    }

    private void records() {
        var all = sources.reader().all(sources.name(TopicCatalogue.RAW));
        sources.reader().read(all, Sources.step(all.partitions()), sources.progress(), record -> {
            var position = Position.of(record);
            if (index.needsRecord(position)) {
                index.record(position, RawRecordSummary.of(record));
            }
        });
    }
}

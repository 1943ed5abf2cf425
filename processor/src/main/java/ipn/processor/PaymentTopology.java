package ipn.processor;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.drift.DriftDetector;
import ipn.runtime.streams.PacedCommits;
import ipn.runtime.streams.TracedRecords;
import ipn.settings.Settings;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;

/** Raw records in; one outcome each, and the payment's state, out. Read it from top to bottom: that is the order of processing. */
public final class PaymentTopology {
    private PaymentTopology() {}

    /** As the other, with the usual rule for outages. */
    public static Topology build(
            KafkaSettings kafka,
            RawRecordHandler handler,
            MeterRegistry meters,
            Function<String, KeyValueBytesStoreSupplier> stores) {
        var outages = OutageWatch.from(Settings.parse("", Map.of(), Path.of("")));
        return build(kafka, handler, outages, TracedRecords.PASSED_ON, meters, stores);
    }

    /**
     * The processor's topology.
     *
     * @param traces of its records
     * @param stores a store by name: on disk, or in memory for tests
     */
    public static Topology build(
            KafkaSettings kafka,
            RawRecordHandler handler,
            OutageWatch outages,
            TracedRecords traces,
            MeterRegistry meters,
            Function<String, KeyValueBytesStoreSupplier> stores) {
        var known = DriftDetector.load();
        var meter = new DecisionMeter(meters, handler.accounts(), known);
        outages.register(meters, handler.accounts());
        var drift = new DriftMeter(known, meters);
        var topics = kafka.topics();
        var format = StateFormat.create(kafka.serdes(), topics);
        var keys = Serdes.String();
        var bytes = Serdes.ByteArray();
        return new Topology()

                // 1. Raw records, exactly as a gateway sent them; all of one payment in one partition.
                .addSource("raw", bytes.deserializer(), bytes.deserializer(), topics.name(TopicCatalogue.RAW))

                // 2. Decide, then write. Redeliveries are known from the payment's own state: no window, no clock.
                .addProcessor(
                        "apply",
                        PacedCommits.noting(
                                traces.following(() -> new PaymentNode(handler, format, meter, drift, outages))),
                        "raw")
                .addStateStore(
                        Stores.keyValueStoreBuilder(stores.apply(PaymentNode.STORE), keys, bytes)
                                .withCachingDisabled(),
                        "apply")

                // 3. Emit what became of each record, and the state of its payment, in one transaction.
                .addSink(
                        PaymentNode.OUTCOMES,
                        topics.name(TopicCatalogue.OUTCOMES),
                        keys.serializer(),
                        TracedRecords.carried(bytes.serializer()),
                        "apply")
                .addSink(
                        PaymentNode.PAYMENTS,
                        topics.name(TopicCatalogue.PAYMENTS),
                        keys.serializer(),
                        TracedRecords.carried(bytes.serializer()),
                        "apply");
    }
}

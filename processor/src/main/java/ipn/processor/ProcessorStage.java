package ipn.processor;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.runtime.streams.StreamsConfiguration;
import ipn.runtime.streams.StreamsStage;
import ipn.runtime.streams.TracedRecords;
import ipn.runtime.traces.Traces;
import ipn.settings.Settings;
import ipn.topics.KafkaSettings;
import ipn.topics.SchemaCheck;
import ipn.topics.TopicCatalogue;
import ipn.topics.TopicSchema;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.state.Stores;

/** Starts the processor. */
public final class ProcessorStage {
    public static final String APPLICATION_ID = "ipn-processor";

    private ProcessorStage() {}

    /** Reads section {@code processor}. */
    public static StreamsConfiguration configuration(Settings settings) {
        return StreamsConfiguration.from(settings.in("processor"), APPLICATION_ID);
    }

    /** The schemas of the topics that it writes. */
    public static List<TopicSchema> schemas(TopicCatalogue topics) {
        return TopicSchema.of(topics, Set.of(TopicCatalogue.OUTCOMES, TopicCatalogue.PAYMENTS));
    }

    public static StreamsStage start(
            StreamsConfiguration configuration,
            RawRecordHandler handler,
            OutageWatch outages,
            KafkaSettings kafka,
            MeterRegistry meters) {
        return start(configuration, handler, outages, kafka, meters, Traces.OFF);
    }

    /** As the other, with spans. */
    public static StreamsStage start(
            StreamsConfiguration configuration,
            RawRecordHandler handler,
            OutageWatch outages,
            KafkaSettings kafka,
            MeterRegistry meters,
            Traces traces) {
        var checked = SchemaCheck.require(kafka, schemas(kafka.topics()));
        var traced = new TracedRecords(traces, configuration.applicationId());
        var topology =
                PaymentTopology.build(checked, handler, outages, traced, meters, Stores::persistentKeyValueStore);
        return StreamsStage.start("processor", topology, configuration, kafka, meters);
    }
}

package ipn.projector;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.deadletter.RulesFailedHandler;
import ipn.projector.history.StartReport;
import ipn.projector.notification.NotificationPolicy;
import ipn.projector.stream.AllocatePayment;
import ipn.projector.stream.EntitlementNode;
import ipn.projector.stream.MatchOrder;
import ipn.runtime.streams.StreamsConfiguration;
import ipn.runtime.streams.StreamsStage;
import ipn.runtime.streams.TracedRecords;
import ipn.runtime.traces.Traces;
import ipn.settings.Settings;
import ipn.topics.KafkaSettings;
import ipn.topics.SchemaCheck;
import ipn.topics.TopicCatalogue;
import ipn.topics.TopicSchema;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.state.Stores;

/** Starts the projector. */
public final class ProjectorStage {
    public static final String APPLICATION_ID = "ipn-projector";

    /** Entitlements that the clock looks at in one tick of a partition, at most. */
    public static final int DUE_PER_TICK_MAX = EntitlementNode.PER_TICK_MAX;

    private static final Set<String> TOPICS = Set.of(
            TopicCatalogue.OUTCOMES,
            TopicCatalogue.ORDERS,
            TopicCatalogue.DECISIONS,
            TopicCatalogue.BRAKE,
            TopicCatalogue.CATALOGUES,
            TopicCatalogue.ALLOCATIONS,
            TopicCatalogue.CLAIMS,
            TopicCatalogue.ENTITLEMENTS,
            TopicCatalogue.ENTITLEMENT_STATE,
            TopicCatalogue.DISCREPANCIES,
            TopicCatalogue.LEDGER,
            TopicCatalogue.NOTIFICATIONS,
            TopicCatalogue.BRAKE_STATUS,
            TopicCatalogue.SHADOW_STATE,
            TopicCatalogue.SHADOW_DISCREPANCIES);

    private ProjectorStage() {}

    /** Reads section {@code projector}. */
    public static StreamsConfiguration configuration(Settings settings) {
        return StreamsConfiguration.from(settings.in("projector"), APPLICATION_ID);
    }

    /** The schemas of the topics that it reads or writes, and of its changelogs. */
    public static List<TopicSchema> schemas(TopicCatalogue topics, String applicationId) {
        var all = new ArrayList<>(TopicSchema.of(topics, TOPICS));
        all.addAll(changelogs(applicationId));
        return all;
    }

    /** The schemas of its changelogs. */
    public static List<TopicSchema> changelogs(String applicationId) {
        return TopicSchema.changelogs(applicationId, EntitlementTopology.AVRO_STORES);
    }

    /**
     * Starts it.
     *
     * @param catalogues what is and was sold
     * @param notifying when subjects are notified
     * @param clock decides when what is paid for has run out
     */
    public static StreamsStage start(
            StreamsConfiguration configuration,
            CatalogueHistory catalogues,
            Safeguards safeguards,
            NotificationPolicy notifying,
            KafkaSettings kafka,
            MeterRegistry meters,
            Clock clock) {
        return start(configuration, catalogues, safeguards, notifying, kafka, meters, Traces.OFF, clock);
    }

    /** As the other, with spans. */
    public static StreamsStage start(
            StreamsConfiguration configuration,
            CatalogueHistory catalogues,
            Safeguards safeguards,
            NotificationPolicy notifying,
            KafkaSettings kafka,
            MeterRegistry meters,
            Traces traces,
            Clock clock) {
        var checked = SchemaCheck.require(kafka, schemas(kafka.topics(), configuration.applicationId()));
        return StreamsStage.start(
                "projector",
                EntitlementTopology.build(
                        checked,
                        catalogues,
                        safeguards,
                        notifying,
                        new TracedRecords(traces, configuration.applicationId()),
                        meters,
                        clock,
                        Stores::persistentKeyValueStore),
                configuration.with(RulesFailedHandler.settings(
                        kafka.topics().name(TopicCatalogue.DLQ), kafka.topics().partitions(), meters)),
                kafka,
                meters);
    }

    /** Reports how many payments and orders changed settings can concern, if the stage has its state. */
    static void reportConcerned(StreamsStage stage) {
        var payments = stage.entries(AllocatePayment.STORE);
        var orders = stage.entries(MatchOrder.STORE);
        if (payments.isPresent() && orders.isPresent()) {
            StartReport.concerned(payments.getAsLong(), orders.getAsLong());
        }
    }
}

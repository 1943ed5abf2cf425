package ipn.projector;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.projector.catalogue.CatalogueSettings;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.projector.history.CatalogueTopic;
import ipn.projector.notification.NotificationPolicy;
import ipn.runtime.process.StreamsStart;
import ipn.runtime.streams.StreamsConfiguration;
import ipn.runtime.streams.StreamsStage;
import ipn.runtime.traces.TraceSettings;
import ipn.runtime.traces.Traces;
import ipn.settings.Settings;
import ipn.topics.KafkaSettings;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What the projector reads of the settings, besides Kafka's. It reads no secret, apart from those of {@code traces}.
 *
 * @param traces of its spans
 */
public record ProjectorSettings(
        StreamsConfiguration configuration,
        ProductCatalogue products,
        Safeguards safeguards,
        NotificationPolicy notifications,
        TraceSettings traces) {
    /**
     * Reads sections {@code products}, {@code policy}, {@code brake}, {@code notifications}, {@code traces} and {@code projector}, and of {@code gateways}
     * the modes of the accounts.
     *
     * @param partitions of every topic
     * @param data folder in which the stage keeps its state, unless the settings name another
     */
    public static ProjectorSettings from(Settings settings, int partitions, Path data) {
        return new ProjectorSettings(
                StreamsStart.below(data, settings.in("projector"), ProjectorStage.configuration(settings)),
                CatalogueSettings.from(settings, live(settings)),
                Safeguards.from(settings, partitions),
                NotificationPolicy.from(settings),
                TraceSettings.from(settings));
    }

    /** Starts to export its spans, if the settings name a collector. */
    public Traces startTraces(MeterRegistry meters) {
        return traces.start("projector", meters);
    }

    /** Starts the projector without spans. */
    public StreamsStage start(KafkaSettings kafka, MeterRegistry meters) {
        return start(kafka, meters, Traces.OFF);
    }

    /** Starts the projector. */
    public StreamsStage start(KafkaSettings kafka, MeterRegistry meters, Traces spans) {
        var clock = Clock.systemUTC();
        var joined = new CatalogueTopic(kafka).join(products, clock);
        SettingsMeter.register(meters, joined.olderSettings());
        var stage = ProjectorStage.start(
                configuration, joined.history(), safeguards, notifications, kafka, meters, spans, clock);
        if (joined.changed()) {
            stage.onceReady(() -> ProjectorStage.reportConcerned(stage));
        }
        return stage;
    }

    /** As the other stages decide it: true if an account is not marked as a test account. */
    static boolean live(Settings settings) {
        var gateways = settings.in("gateways");
        return gateways.names().stream()
                .map(gateways::in)
                .anyMatch(gateway -> gateway.names().stream()
                        .anyMatch(account -> !"test".equals(gateway.in(account).text("mode", ""))));
    }
}

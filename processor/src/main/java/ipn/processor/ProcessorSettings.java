package ipn.processor;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.gateway.Accounts;
import ipn.runtime.process.StreamsStart;
import ipn.runtime.streams.StreamsConfiguration;
import ipn.runtime.streams.StreamsStage;
import ipn.seal.SealCheck;
import ipn.settings.Settings;
import ipn.topics.KafkaSettings;
import java.nio.file.Path;

/** What the processor reads of the settings, besides Kafka's. */
public record ProcessorSettings(StreamsConfiguration configuration, RawRecordHandler handler) {
    /**
     * Reads sections {@code gateways}, {@code references}, {@code seal} and {@code processor}. Secrets of gateways are read only if raw
     * records are verified again.
     *
     * @param data folder in which the stage keeps its state, unless the settings name another
     */
    public static ProcessorSettings from(Settings settings, Path data) {
        var needsSecrets = Reverifier.from(settings).needsSecrets();
        return from(settings, data, Accounts.from(needsSecrets ? settings : settings.withoutSecrets()));
    }

    /** As {@link #from(Settings, Path)}, with accounts that were read already. */
    public static ProcessorSettings from(Settings settings, Path data, Accounts accounts) {
        return new ProcessorSettings(
                StreamsStart.below(data, settings.in("processor"), ProcessorStage.configuration(settings)),
                new RawRecordHandler(accounts, SealCheck.from(settings), Reverifier.from(settings)));
    }

    /** A copy with other accounts. */
    public ProcessorSettings with(Accounts accounts) {
        return new ProcessorSettings(
                configuration, new RawRecordHandler(accounts, handler.seals(), handler.reverifier()));
    }

    /** Starts the processor. */
    public StreamsStage start(KafkaSettings kafka, MeterRegistry meters) {
        return ProcessorStage.start(configuration, handler, kafka, meters);
    }
}

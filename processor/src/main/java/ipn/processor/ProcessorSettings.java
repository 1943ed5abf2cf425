package ipn.processor;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.gateway.Accounts;
import ipn.gateway.RunningAccounts;
import ipn.processor.deferred.DeferredRecords;
import ipn.processor.watch.SilenceWatch;
import ipn.runtime.process.SettingsWatch;
import ipn.runtime.process.StreamsStart;
import ipn.runtime.streams.StreamsConfiguration;
import ipn.runtime.streams.StreamsStage;
import ipn.runtime.traces.TraceSettings;
import ipn.runtime.traces.Traces;
import ipn.seal.SealCheck;
import ipn.settings.Settings;
import ipn.topics.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the processor reads of the settings, besides Kafka's.
 *
 * @param accounts those of the handler
 * @param outages reports causes of failure that have a large share of the records
 * @param groups of the stages
 * @param traces of its spans
 * @param source the settings that they were read from, to watch their files
 */
public record ProcessorSettings(
        StreamsConfiguration configuration,
        RawRecordHandler handler,
        RunningAccounts accounts,
        OutageWatch outages,
        DeferredRecords.Groups groups,
        TraceSettings traces,
        Settings source) {
    private static final SettingsWatch.Times WATCH = new SettingsWatch.Times(Duration.ofSeconds(2), Duration.ZERO);

    /**
     * Reads sections {@code gateways}, {@code references}, {@code seal}, {@code traces} and {@code processor}. Secrets of gateways are read only if raw
     * records are verified again.
     *
     * @param data folder in which the stage keeps its state, unless the settings name another
     */
    public static ProcessorSettings from(Settings settings, Path data) {
        var needed = Reverifier.from(settings).needsSecrets() ? settings : settings.withoutSecrets();
        return from(settings, needed, data, Accounts.from(needed));
    }

    /** As {@link #from(Settings, Path)}, with accounts that were read already. */
    public static ProcessorSettings from(Settings settings, Path data, Accounts accounts) {
        return from(settings, settings, data, accounts);
    }

    /** @param source what the accounts were read from: with or without their secrets */
    private static ProcessorSettings from(Settings settings, Settings source, Path data, Accounts accounts) {
        var running = new RunningAccounts(accounts, source);
        var configuration = StreamsStart.below(data, settings.in("processor"), ProcessorStage.configuration(settings));
        return new ProcessorSettings(
                configuration,
                new RawRecordHandler(running, SealCheck.from(settings), Reverifier.from(settings)),
                running,
                OutageWatch.from(settings),
                new DeferredRecords.Groups(
                        configuration.applicationId(),
                        settings.in("projector").text("application-id", "ipn-projector")),
                TraceSettings.from(settings),
                source);
    }

    /** A copy with other accounts. */
    public ProcessorSettings with(Accounts others) {
        var running = new RunningAccounts(others, source);
        return new ProcessorSettings(
                configuration,
                new RawRecordHandler(running, handler.seals(), handler.reverifier()),
                running,
                outages,
                groups,
                traces,
                source);
    }

    /** Starts to export its spans, if the settings name a collector. */
    public Traces startTraces(MeterRegistry meters) {
        return traces.start("processor", meters);
    }

    /** Starts the processor without spans. */
    public StreamsStage start(KafkaSettings kafka, MeterRegistry meters) {
        return start(kafka, meters, Traces.OFF);
    }

    /** Starts the processor. */
    public StreamsStage start(KafkaSettings kafka, MeterRegistry meters, Traces spans) {
        return ProcessorStage.start(configuration, handler, outages, kafka, meters, spans);
    }

    /** Starts to move the records that wait to those that are processed. */
    public DeferredRecords startDeferred(KafkaSettings kafka, MeterRegistry meters) {
        return DeferredRecords.start(kafka, groups, meters);
    }

    /** Starts to notice that notifications no longer come. */
    public SilenceWatch startSilenceWatch(KafkaSettings kafka, MeterRegistry meters) {
        return SilenceWatch.start(kafka, configuration, accounts, meters);
    }

    /** From now on the processor uses new accounts and replaced secrets without a restart. */
    public SettingsWatch watch(MeterRegistry meters) {
        return SettingsWatch.start("processor", source, accounts::update, WATCH, meters);
    }
}

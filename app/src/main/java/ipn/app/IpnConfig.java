package ipn.app;

import ipn.gateway.Accounts;
import ipn.ingress.IngressConfig;
import ipn.operations.reconcile.report.ReportLayouts;
import ipn.processor.ProcessorStage;
import ipn.processor.Reverifier;
import ipn.projector.ProjectorStage;
import ipn.projector.Safeguards;
import ipn.projector.catalogue.CatalogueSettings;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.projector.notification.NotificationPolicy;
import ipn.runtime.management.ManagementConfig;
import ipn.runtime.process.StreamsStart;
import ipn.runtime.streams.StreamsConfiguration;
import ipn.seal.SealCheck;
import ipn.settings.Settings;
import ipn.settings.SettingsException;
import ipn.topics.KafkaSettings;
import java.nio.file.Path;

/** All sections of the settings. The command line reads and verifies all of them; the program of a container only its own. */
public record IpnConfig(
        Accounts accounts,
        SealCheck seals,
        Reverifier reverifier,
        KafkaSettings kafka,
        IngressConfig ingress,
        ManagementConfig management,
        StreamsConfiguration processor,
        StreamsConfiguration projector,
        ProductCatalogue products,
        Safeguards safeguards,
        NotificationPolicy notifications,
        EmbeddedConfig embedded,
        ReportLayouts reports) {

    /**
     * Reads and verifies the settings of a command or a single stage.
     *
     * @param data folder in which stages keep their state, unless the settings name another, and in which a running stack is found
     * @throws SettingsException with every problem, unknown keys included
     */
    public static IpnConfig from(Settings settings, Path data) {
        var embedded = EmbeddedConfig.from(settings);
        return from(settings, data, embedded, new KafkaAddresses(settings, embedded).find(data));
    }

    /** As {@link #from}, for a command that starts the embedded stack: the settings must not name another Kafka. */
    public static IpnConfig ofStack(Settings settings, Path data) {
        var embedded = EmbeddedConfig.from(settings);
        return from(settings, data, embedded, new KafkaAddresses(settings, embedded).ofStack());
    }

    /**
     * The settings with which a command connects to Kafka. Reads only the sections needed for that.
     *
     * @throws SettingsException with every problem of these sections
     */
    public static KafkaSettings kafka(Settings settings, Path data) {
        var kafka = new KafkaAddresses(settings, EmbeddedConfig.from(settings)).find(data);
        settings.problems().throwIfAny();
        return kafka;
    }

    private static IpnConfig from(Settings settings, Path data, EmbeddedConfig embedded, KafkaSettings kafka) {
        var accounts = Accounts.from(settings);
        var config = new IpnConfig(
                accounts,
                SealCheck.from(settings),
                Reverifier.from(settings),
                kafka,
                IngressConfig.from(settings),
                ManagementConfig.from(settings),
                StreamsStart.below(data, settings.in("processor"), ProcessorStage.configuration(settings)),
                StreamsStart.below(data, settings.in("projector"), ProjectorStage.configuration(settings)),
                CatalogueSettings.from(settings, accounts.live()),
                Safeguards.from(settings, kafka.topics().partitions()),
                NotificationPolicy.from(settings),
                embedded,
                ReportLayouts.from(settings));
        settings.verify();
        return config;
    }

    /** A copy with other addresses of Kafka and the schema registry. */
    public IpnConfig withKafka(KafkaSettings other) {
        return new IpnConfig(
                accounts,
                seals,
                reverifier,
                other,
                ingress,
                management,
                processor,
                projector,
                products,
                safeguards,
                notifications,
                embedded,
                reports);
    }
}

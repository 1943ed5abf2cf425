package ipn.app;

import ipn.gateway.Accounts;
import ipn.ingress.IngressConfig;
import ipn.operations.reconcile.Layouts;
import ipn.processor.PaymentProcessor;
import ipn.projector.EntitlementProjector;
import ipn.projector.Safeguards;
import ipn.projector.notification.NotificationPolicy;
import ipn.projector.settlement.ProductCatalogue;
import ipn.projector.settlement.Products;
import ipn.runtime.management.ManagementConfig;
import ipn.runtime.streams.StreamsConfiguration;
import ipn.settings.Settings;
import ipn.settings.SettingsException;
import ipn.topics.KafkaSettings;
import java.nio.file.Path;

/** Every section of the settings. One file serves all stages, so whoever reads it reads all of it. */
public record IpnConfig(
        Accounts accounts,
        KafkaSettings kafka,
        IngressConfig ingress,
        ManagementConfig management,
        StreamsConfiguration processor,
        StreamsConfiguration projector,
        ProductCatalogue products,
        Safeguards safeguards,
        NotificationPolicy notifications,
        EmbeddedConfig embedded,
        Layouts reports) {

    /**
     * Reads and verifies the settings.
     *
     * @param data where stages keep their state unless the settings say otherwise
     * @throws SettingsException naming everything that is wrong, unknown keys among it
     */
    public static IpnConfig from(Settings settings, Path data) {
        var accounts = Accounts.from(settings);
        var kafka = KafkaSettings.from(settings);
        var config = new IpnConfig(
                accounts,
                kafka,
                IngressConfig.from(settings),
                ManagementConfig.from(settings),
                below(data, settings.in("processor"), PaymentProcessor.configuration(settings)),
                below(data, settings.in("projector"), EntitlementProjector.configuration(settings)),
                Products.from(settings, accounts.live()),
                Safeguards.from(settings, kafka.topics().partitions()),
                NotificationPolicy.from(settings),
                EmbeddedConfig.from(settings),
                Layouts.from(settings));
        settings.verify();
        return config;
    }

    /** The same, reaching Kafka and the registry elsewhere. */
    public IpnConfig withKafka(KafkaSettings other) {
        return new IpnConfig(
                accounts,
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

    private static StreamsConfiguration below(Path data, Settings stage, StreamsConfiguration configuration) {
        return stage.has("state-dir") ? configuration : configuration.withStateDir(data.resolve("state"));
    }
}

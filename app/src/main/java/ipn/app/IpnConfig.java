package ipn.app;

import ipn.access.AccessConfig;
import ipn.gateway.Accounts;
import ipn.ingress.IngressSettings;
import ipn.operations.reconcile.report.ReportLayouts;
import ipn.processor.ProcessorSettings;
import ipn.projector.ProjectorSettings;
import ipn.query.QuerySettings;
import ipn.runtime.management.ManagementConfig;
import ipn.runtime.process.StageMain;
import ipn.settings.Settings;
import ipn.settings.SettingsException;
import ipn.topics.KafkaSettings;
import java.nio.file.Path;

/**
 * All sections of the settings. Commands that run stages verify all of them; the program of a container only its own.
 *
 * @param ingress with the accounts, which the processor shares
 */
public record IpnConfig(
        KafkaSettings kafka,
        ManagementConfig management,
        IngressSettings ingress,
        ProcessorSettings processor,
        ProjectorSettings projector,
        AccessConfig access,
        QuerySettings query,
        EmbeddedConfig embedded,
        ReportLayouts reports) {

    /** Every configured account. */
    public Accounts accounts() {
        return ingress.accounts();
    }

    /**
     * Reads and verifies the settings of a command.
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
     * Reads what one stage needs, with its secrets, and verifies all other sections without reading theirs.
     *
     * @throws SettingsException with every problem, unknown keys included
     */
    public static StageMain.Plan ofStage(StageMain stage, Settings settings, Path data) {
        var kafka = new KafkaAddresses(settings, EmbeddedConfig.from(settings)).find(data);
        var start = stage.reader().read(settings, kafka, data);
        var all = from(settings.withoutSecrets(), data);
        return new StageMain.Plan(all.management(), kafka, start);
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
        var ingress = IngressSettings.from(settings);
        var config = new IpnConfig(
                kafka,
                ManagementConfig.from(settings),
                ingress,
                ProcessorSettings.from(settings, data, ingress.accounts()),
                ProjectorSettings.from(settings, kafka.topics().partitions(), data),
                AccessConfig.from(settings, data),
                QuerySettings.from(settings),
                embedded,
                ReportLayouts.from(settings));
        settings.verify();
        return config;
    }

    /** A copy with other addresses of Kafka and the schema registry. */
    public IpnConfig withKafka(KafkaSettings other) {
        return new IpnConfig(other, management, ingress, processor, projector, access, query, embedded, reports);
    }
}

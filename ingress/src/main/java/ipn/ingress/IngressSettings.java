package ipn.ingress;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.gateway.Accounts;
import ipn.gateway.RunningAccounts;
import ipn.runtime.process.CredentialEnds;
import ipn.runtime.process.SettingsWatch;
import ipn.runtime.traces.TraceSettings;
import ipn.runtime.traces.Traces;
import ipn.settings.Settings;
import ipn.topics.KafkaSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * What the ingress reads of the settings, besides Kafka's.
 *
 * @param accounts with their secrets
 * @param traces of its spans
 * @param source the settings themselves, to watch their files
 */
public record IngressSettings(IngressConfig config, Accounts accounts, TraceSettings traces, Settings source) {
    /** Later than the processor, which must know an account before its first notification arrives. */
    private static final SettingsWatch.Times WATCH =
            new SettingsWatch.Times(Duration.ofSeconds(2), Duration.ofSeconds(10));

    /** Reads sections {@code gateways}, {@code references}, {@code seal} (the secret of the ingress), {@code traces} and {@code ingress}. */
    public static IngressSettings from(Settings settings) {
        return new IngressSettings(
                IngressConfig.from(settings), Accounts.from(settings), TraceSettings.from(settings), settings);
    }

    /** Starts to export its spans, if the settings name a collector. */
    public Traces startTraces(MeterRegistry meters) {
        return traces.start("ingress", meters);
    }

    /** Starts the ingress without spans. */
    public IngressServer start(KafkaSettings kafka, MeterRegistry meters) {
        return start(kafka, meters, Traces.OFF);
    }

    /** Starts the ingress. */
    public IngressServer start(KafkaSettings kafka, MeterRegistry meters, Traces spans) {
        return IngressServer.start(config, accounts, kafka, meters, spans, Clock.systemUTC());
    }

    /** From now on the ingress uses new accounts and replaced secrets without a restart. */
    public SettingsWatch watch(IngressServer server, MeterRegistry meters) {
        return watch(server, WATCH, meters);
    }

    SettingsWatch watch(IngressServer server, SettingsWatch.Times times, MeterRegistry meters) {
        showCertificate(meters);
        var running = new RunningAccounts(accounts, source);
        return SettingsWatch.start(
                "ingress",
                source,
                changed -> {
                    var update = running.update(changed);
                    server.serve(running.get());
                    return update;
                },
                times,
                meters);
    }

    /** The certificate is read once: another one in its file has no effect before a restart. */
    private void showCertificate(MeterRegistry meters) {
        var ends = CredentialEnds.ofCertificates("ingress", meters, Clock.systemUTC());
        ends.show(config.listen()
                .tls()
                .flatMap(IngressConfig.Tls::end)
                .map(end -> Map.of("ingress.tls.certificate", end))
                .orElse(Map.of()));
    }
}

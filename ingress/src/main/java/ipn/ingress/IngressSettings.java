package ipn.ingress;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.gateway.Accounts;
import ipn.settings.Settings;
import ipn.topics.KafkaSettings;
import java.time.Clock;

/**
 * What the ingress reads of the settings, besides Kafka's.
 *
 * @param accounts with their secrets
 */
public record IngressSettings(IngressConfig config, Accounts accounts) {
    /** Reads sections {@code gateways}, {@code references}, {@code seal} (the secret of the ingress) and {@code ingress}. */
    public static IngressSettings from(Settings settings) {
        return new IngressSettings(IngressConfig.from(settings), Accounts.from(settings));
    }

    /** Starts the ingress. */
    public IngressServer start(KafkaSettings kafka, MeterRegistry meters) {
        return IngressServer.start(config, accounts, kafka, meters, Clock.systemUTC());
    }
}

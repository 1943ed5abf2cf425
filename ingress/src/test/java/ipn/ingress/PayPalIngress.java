package ipn.ingress;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.gateway.Accounts;
import ipn.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * An ingress without Kafka in a JVM of its own, with an account of PayPal's IPN: prints its port, and ends with the JVM that
 * started it.
 */
final class PayPalIngress {
    static final String RECEIVER = "payments@example.com";

    private PayPalIngress() {}

    /** @param arguments the URL to which messages are posted back */
    public static void main(String[] arguments) throws Exception {
        var settings = Settings.parse(
                "gateways: {paypal-ipn: {main: {mode: test, receiver: %s, verify-url: '%s'}}}"
                        .formatted(RECEIVER, arguments[0]),
                Map.of(),
                Path.of(""));
        var accounts = Accounts.from(settings);
        settings.verify();
        var raw = new FakeRawLog();
        raw.storing = records -> CompletableFuture.completedFuture(null);
        var logs = new IngressServer.Logs("ipn.raw", raw, Ingress.NOTHING_WAITS, attempt -> {});
        var config = Ingress.config("");
        try (var server = new IngressServer(config, accounts, logs, new SimpleMeterRegistry(), Clock.systemUTC())) {
            System.out.println("port " + server.port());
            while (System.in.read() >= 0) {
                continue;
            }
        }
        Runtime.getRuntime().halt(0);
    }
}

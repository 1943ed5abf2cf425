package ipn.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import ipn.conformance.GatewayUnderTest.Signing;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** No secret of an account appears in anything that could be logged, shown or stored. */
class SecrecyContractTest extends GatewayContract {
    private static final int DAMAGED = 20;

    @ParameterizedTest
    @MethodSource("signing")
    void a_gateway_with_shared_secrets_lists_them(Signing gateway) {
        assertThat(gateway.secrets()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("named")
    void no_secret_appears_in_verdicts_translations_exceptions_or_logs(GatewayUnderTest gateway) {
        var secrets = SecretForms.of(gateway.secrets());
        var shown = new ArrayList<String>();
        var logged = new ListAppender<ILoggingEvent>();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var level = root.getLevel();
        logged.start();
        root.addAppender(logged);
        root.setLevel(Level.TRACE);
        var verdicts = new ArrayList<Verdict>();
        try {
            var account = gateway.account();
            shown.add(account.toString());
            for (var sample : gateway.samples()) {
                for (var delivery : variants(gateway, sample)) {
                    shown.addAll(shown(account, delivery, gateway.signedAt(sample), verdicts));
                }
            }
        } finally {
            root.setLevel(level);
            root.detachAppender(logged);
        }
        logged.list.forEach(event -> shown.add(
                event.getFormattedMessage() + event.getKeyValuePairs() + event.getMDCPropertyMap() + text(event)));
        assertThat(verdicts)
                .hasAtLeastOneElementOfType(Genuine.class)
                .anyMatch(verdict -> !(verdict instanceof Genuine));
        // The failure message must not contain the text, because it would reveal the secret.
        assertThat(shown.stream().map(secrets::isIn)).as("texts with a secret").doesNotContain(true);
    }

    /** A sample unchanged, damaged, and with forged proof headers. */
    private static List<Delivery> variants(GatewayUnderTest gateway, Sample sample) {
        var variants = new ArrayList<>(List.of(sample.delivery()));
        var random = new SplittableRandom(sample.name().hashCode());
        for (var i = 0; i < DAMAGED; i++) {
            variants.add(Tampering.body(sample.delivery(), body -> Tampering.damaged(body, random)));
        }
        gateway.proofHeaders()
                .forEach(header -> variants.add(Tampering.header(sample.delivery(), header, List.of("forged"))));
        return variants;
    }

    private static List<String> shown(
            GatewayAccount account, Delivery delivery, Instant signedAt, List<Verdict> verdicts) {
        var shown = new ArrayList<String>();
        try {
            var verdict = judge(account, delivery, signedAt);
            verdicts.add(verdict);
            shown.add(verdict.toString());
            if (verdict instanceof Genuine genuine) {
                assertThat(genuine.scheme()).isNotBlank();
                genuine.fetched().forEach(fetched -> shown.add(fetched.toString() + fetched.headers()));
            }
            for (var item : account.identify(delivery)) {
                shown.add(item.toString());
                shown.add(account.translate(delivery, item).toString());
                account.payloadView(delivery, item).ifPresent(view -> shown.add(view.toString()));
            }
        } catch (RuntimeException e) {
            shown.add(text(e));
        }
        return shown;
    }

    private static String text(ILoggingEvent event) {
        var proxy = event.getThrowableProxy();
        return proxy == null ? "" : ThrowableProxyUtil.asString(proxy);
    }

    private static String text(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}

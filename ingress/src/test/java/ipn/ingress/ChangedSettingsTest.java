package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.runtime.process.SettingsWatch;
import ipn.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an ingress uses without a restart when the files of its settings change. */
class ChangedSettingsTest {
    private static final String OLD = "whsec_test_old_secret_0001";
    private static final String NEW = "whsec_test_new_secret_0002";
    private static final String MAIN = "main: {mode: live, account: acct_test, secrets: ['file:main']}";
    private static final String BODY = "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"ping\"}";

    private static final String LEFT = "ipn.secret.left.seconds";

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private IngressServer server;
    private SettingsWatch watch;

    @BeforeEach
    void start() {
        write("main", OLD);
        write("other", NEW);
        write("ipn.yaml", stripe(MAIN));
        var settings = Settings.load(folder.resolve("ipn.yaml"), Map.of("IPN_INGRESS_PORT", "0"));
        var ingress = IngressSettings.from(settings);
        settings.verify();
        var raw = new FakeRawLog();
        raw.storing = records -> CompletableFuture.completedFuture(null);
        var logs = new IngressServer.Logs("ipn.raw", raw, Ingress.NOTHING_WAITS, attempt -> {});
        var clock = Clock.fixed(Post.NOW, ZoneOffset.UTC);
        server = new IngressServer(ingress.config(), ingress.accounts(), logs, meters, clock);
        watch = ingress.watch(server, new SettingsWatch.Times(Duration.ofMillis(5), Duration.ZERO), meters);
    }

    @AfterEach
    void stop() {
        watch.close();
        server.close();
    }

    @Test
    void a_secret_that_was_replaced_in_its_file_is_used_and_the_old_one_no_longer() {
        assertThat(statusOf("main", OLD)).isEqualTo(200);
        assertThat(statusOf("main", NEW)).isEqualTo(401);

        write("main", NEW);

        Ingress.await("the new secret", () -> statusOf("main", NEW) == 200);
        assertThat(statusOf("main", OLD)).isEqualTo(401);
    }

    @Test
    void a_secret_that_is_added_is_used_beside_the_old_one() {
        write(
                "ipn.yaml",
                stripe("main: {mode: live, account: acct_test, secrets: ['file:other',"
                        + " {secret: 'file:main', until: 2030-07-01T00:00:00Z}]}"));

        Ingress.await("the added secret", () -> statusOf("main", NEW) == 200);
        assertThat(statusOf("main", OLD)).isEqualTo(200);
    }

    @Test
    void the_end_of_the_last_secret_of_an_account_is_shown_until_there_is_one_without_an_end() {
        assertThat(meters.find(LEFT).gauge()).isNull();

        var end = Instant.now().plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS);
        write(
                "ipn.yaml",
                stripe("main: {mode: live, account: acct_test, secrets: {secret: 'file:main', until: %s}}"
                        .formatted(end)));
        Ingress.await("the end", () -> meters.find(LEFT).gauge() != null);
        assertThat(meters.get(LEFT)
                        .tag("stage", "ingress")
                        .tag("key", "gateways.stripe.main.secrets")
                        .gauge()
                        .value())
                .isBetween(3 * 86_400 - 60.0, 3 * 86_400.0);

        write("ipn.yaml", stripe(MAIN));
        Ingress.await("no end", () -> Double.isNaN(meters.get(LEFT).gauge().value()));
    }

    @Test
    void a_new_account_is_served() {
        assertThat(statusOf("second", NEW)).isEqualTo(404);

        write("ipn.yaml", stripe(MAIN + "\n    second: {mode: live, account: acct_two, secrets: ['file:other']}"));

        Ingress.await("the new account", () -> statusOf("second", NEW) == 200);
        assertThat(statusOf("main", OLD)).isEqualTo(200);
        assertThat(restartNeeded()).isZero();
    }

    @Test
    void settings_with_problems_change_nothing_until_they_are_mended() {
        write("ipn.yaml", stripe("main: {mode: live, account: acct_test, secrets: ['file:absent']}"));
        Ingress.await("problems", () -> problems() > 0);
        assertThat(statusOf("main", OLD)).isEqualTo(200);

        write("absent", NEW);
        Ingress.await("the secret whose file was absent", () -> statusOf("main", NEW) == 200);

        write("ipn.yaml", "gateways: [");
        Ingress.await("one problem", () -> problems() == 1);
        assertThat(statusOf("main", NEW)).isEqualTo(200);

        write("main", NEW);
        write("ipn.yaml", stripe(MAIN));
        Ingress.await("no problem", () -> problems() == 0);
        Ingress.await("the new secret", () -> statusOf("main", NEW) == 200);
        assertThat(problems()).isZero();
    }

    @Test
    void everything_else_needs_a_restart() {
        write("ipn.yaml", stripe("main: {mode: live, account: acct_other, secrets: ['file:other']}"));

        Ingress.await("a restart is needed", () -> restartNeeded() == 1);
        assertThat(statusOf("main", OLD)).as("no half of a change").isEqualTo(200);
        assertThat(statusOf("main", NEW)).isEqualTo(401);
    }

    @Test
    void an_account_that_was_removed_is_served_until_a_restart() {
        write("ipn.yaml", stripe("second: {mode: live, account: acct_two, secrets: ['file:other']}"));

        Ingress.await("the new account", () -> statusOf("second", NEW) == 200);
        assertThat(statusOf("main", OLD)).isEqualTo(200);
        assertThat(restartNeeded()).isEqualTo(1);
    }

    private static String stripe(String accounts) {
        return "gateways:\n  stripe:\n    " + accounts + "\n";
    }

    private double problems() {
        return gauge("ipn.settings.problems");
    }

    private double restartNeeded() {
        return gauge("ipn.settings.restart.needed");
    }

    private double gauge(String name) {
        return meters.get(name).tag("stage", "ingress").gauge().value();
    }

    private int statusOf(String account, String secret) {
        try (var wire = new Wire(server.port())) {
            var post = Post.unsigned(BODY)
                    .to("POST /ipn/stripe/" + account + " HTTP/1.1")
                    .with("Stripe-Signature: " + signature(secret));
            return wire.send(post.bytes()).answer().orElseThrow().status();
        }
    }

    private static String signature(String secret) {
        try {
            var at = Post.NOW.getEpochSecond();
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            var signed = mac.doFinal((at + "." + BODY).getBytes(StandardCharsets.UTF_8));
            return "t=%d,v1=%s".formatted(at, HexFormat.of().formatHex(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As container platforms do it: the file is complete before it has its name. */
    private void write(String file, String text) {
        try {
            var written = Files.writeString(folder.resolve(file + ".new"), text);
            Files.move(written, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

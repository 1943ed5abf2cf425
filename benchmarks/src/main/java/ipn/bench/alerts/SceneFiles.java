package ipn.bench.alerts;

import ipn.app.SettingsSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The settings file of a pipeline and the files that it names, as an operator keeps them. */
final class SceneFiles {
    /** All partitions together: a few hundred refunds are a storm here. */
    static final int BRAKE_MAX = 160;

    private static final String STRIPE = "whsec_TEST_ONLY_protects_nothing_at_all";
    private static final int VALID_DAYS = 90;

    private final Path folder;
    private final int accessPort;
    private final List<String> stripe = new ArrayList<>();

    private SceneFiles(Path folder, int accessPort) {
        this.folder = folder;
        this.accessPort = accessPort;
    }

    /** Writes all. */
    static SceneFiles create(Path folder, int accessPort) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var files = new SceneFiles(folder, accessPort);
        files.writeCertificate(VALID_DAYS);
        Files.writeString(folder.resolve("stripe-0"), STRIPE);
        files.stripe.add("'file:stripe-0'");
        files.writeSettings();
        return files;
    }

    Path settings() {
        return folder.resolve("ipn.yaml");
    }

    /** The secret is put first; those before it stay for a day. */
    void addStripeSecret(String secret) throws IOException {
        var name = "stripe-" + stripe.size();
        Files.writeString(folder.resolve(name), secret);
        var until = Instant.now().plus(Duration.ofDays(1));
        stripe.replaceAll(
                before -> before.startsWith("{") ? before : "{secret: %s, until: %s}".formatted(before, until));
        stripe.add(0, "'file:%s'".formatted(name));
        writeSettings();
    }

    private void writeSettings() throws IOException {
        var accounts = SettingsSource.builtInYaml()
                .replace("[\"test:%s\"]".formatted(STRIPE), "[%s]".formatted(String.join(", ", stripe)));
        Files.writeString(settings(), accounts + """

                brake: {max: %d}
                access:
                  port: %d
                  tls: {certificate: 'file:access.pem', key: 'file:access.key'}
                """.formatted(BRAKE_MAX, accessPort));
    }

    /** Another certificate of the stage access, with its key. */
    void writeCertificate(int validDays) throws IOException, InterruptedException {
        var pair = SelfSigned.create(folder, validDays);
        Files.writeString(folder.resolve("access.key"), pair.key());
        Files.writeString(folder.resolve("access.pem"), pair.certificate());
    }
}

package ipn.app.acl;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.embedded.BrokerOptions;
import ipn.embedded.EmbeddedBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * The real broker with its authorizer on. Clients use TLS, with a certificate authority made here, and a password (SCRAM-SHA-512).
 *
 * @param port of the listener for clients
 */
record SecuredKafka(EmbeddedBroker broker, Path authority, int port) implements AutoCloseable {
    /** Who may do everything. */
    static final String SUPER_USER = "User:root";

    private static final String MECHANISM = "SCRAM-SHA-512";
    private static final String PASSWORD = "for-tests-only";
    private static final Set<String> SECRETS = Set.of("sasl.jaas.config", "ssl.truststore.password");
    private static final int ITERATIONS_MIN = 4096;

    static SecuredKafka start(Path folder) throws IOException, InterruptedException {
        var keys = authority(folder);
        var internal = freePort();
        var controller = freePort();
        var port = freePort();
        var options = BrokerOptions.defaults()
                .with("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                // the broker talks to its controller without a password
                .with("super.users", SUPER_USER + ";User:ANONYMOUS")
                .with("allow.everyone.if.no.acl.found", "false")
                .with("controller.quorum.voters", "1@127.0.0.1:" + controller)
                .with(
                        "listeners",
                        "PLAINTEXT://127.0.0.1:%s,CONTROLLER://127.0.0.1:%s,CLIENTS://127.0.0.1:%s"
                                .formatted(text(internal), text(controller), text(port)))
                .with(
                        "advertised.listeners",
                        "PLAINTEXT://127.0.0.1:%s,CLIENTS://127.0.0.1:%s".formatted(text(internal), text(port)))
                .with("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,CLIENTS:SASL_SSL")
                .with("listener.name.clients.sasl.enabled.mechanisms", MECHANISM)
                .with(
                        "listener.name.clients.scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;")
                .with("listener.name.clients.ssl.keystore.type", "PKCS12")
                .with("listener.name.clients.ssl.keystore.location", keys.toString())
                .with("listener.name.clients.ssl.keystore.password", PASSWORD)
                .with("listener.name.clients.ssl.key.password", PASSWORD);
        return new SecuredKafka(EmbeddedBroker.start(folder.resolve("kafka"), internal, options), keys, port);
    }

    /** Gives each principal its password. */
    void createUsers(Collection<String> principals) throws Exception {
        var users = Stream.concat(Stream.of(SUPER_USER), principals.stream())
                .map(principal -> (UserScramCredentialAlteration) new UserScramCredentialUpsertion(
                        name(principal),
                        new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS_MIN),
                        password(principal)))
                .toList();
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.alterUserScramCredentials(users).all().get();
        }
    }

    /** The settings of a client that is this principal. */
    Map<String, String> client(String principal) {
        return Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + port,
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                MECHANISM,
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(name(principal), password(principal)),
                "ssl.truststore.type",
                "PKCS12",
                "ssl.truststore.location",
                authority.toString(),
                "ssl.truststore.password",
                PASSWORD);
    }

    /** The same as variables of the environment, which is how a stage or command receives them; secrets by reference. */
    Map<String, String> environment(String principal) {
        var environment = new HashMap<String, String>();
        client(principal).forEach((key, value) -> {
            var name = key.toUpperCase(Locale.ROOT).replace('.', '_');
            if (SECRETS.contains(key)) {
                environment.put(name, value);
                environment.put("IPN_KAFKA_" + name, "env:" + name);
            } else {
                environment.put("IPN_KAFKA_" + name, value);
            }
        });
        return environment;
    }

    private static String name(String principal) {
        return principal.substring("User:".length());
    }

    private static String password(String principal) {
        return "secret-of-" + name(principal);
    }

    /** A key and a certificate that vouches for itself, in a file for the broker and for those who trust it. */
    private static Path authority(Path folder) throws IOException, InterruptedException {
        var file = folder.resolve("authority.p12");
        var keytool = new ProcessBuilder(
                        // spotless:off
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair", "-alias", "authority", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2",
                        "-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1", "-ext", "bc=ca:true",
                        "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD)
                        // spotless:on
                .redirectErrorStream(true)
                .start();
        var output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        if (keytool.waitFor() != 0 || !Files.exists(file)) {
            throw new IllegalStateException("keytool: " + output);
        }
        return file;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String text(int port) {
        return Integer.toString(port);
    }

    @Override
    public void close() {
        broker.close();
    }
}

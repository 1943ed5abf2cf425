package ipn.operations;

import ipn.avro.NameSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whom the client settings authenticate as. The broker has verified it, because it lets nobody else connect; but what is written to a topic is
 * chosen by the program that writes, so a record proves it only as far as its writer is trusted.
 *
 * @param name as the broker names the principal by default, without {@code User:}
 */
public record ClientPrincipal(String name, NameSource source) {
    private static final Pattern USERNAME =
            Pattern.compile("\\busername\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|([^\\s;\"']+))");
    private static final int NAME_MAX = 200;

    /**
     * The principal of client settings; empty where none is authenticated, or the settings do not contain its name (Kerberos, OAuth). A key
     * store that cannot be read names nobody: the connection fails with it anyway.
     */
    public static Optional<ClientPrincipal> named(Properties client) {
        var found = switch (text(client, "security.protocol").toUpperCase(Locale.ROOT)) {
            case "SASL_PLAINTEXT", "SASL_SSL" -> ofSasl(client);
            case "SSL" -> ofCertificate(client);
            default -> Optional.<ClientPrincipal>empty();
        };
        return found.filter(each -> !each.name().isBlank() && each.name().length() <= NAME_MAX);
    }

    private static Optional<ClientPrincipal> ofSasl(Properties client) {
        var mechanism = text(client, "sasl.mechanism");
        if (!mechanism.equals("PLAIN") && !mechanism.startsWith("SCRAM-")) {
            return Optional.empty();
        }
        return Optional.of(USERNAME.matcher(text(client, "sasl.jaas.config")))
                .filter(Matcher::find)
                .map(ClientPrincipal::username)
                .map(name -> new ClientPrincipal(name, NameSource.SASL));
    }

    private static String username(Matcher found) {
        return Stream.of(found.group(1), found.group(2), found.group(3))
                .filter(each -> each != null)
                .findFirst()
                .map(each -> each.replaceAll("\\\\(.)", "$1"))
                .orElse("");
    }

    private static Optional<ClientPrincipal> ofCertificate(Properties client) {
        try {
            return certificate(client)
                    .map(each -> each.getSubjectX500Principal().getName())
                    .map(name -> new ClientPrincipal(name, NameSource.TLS));
        } catch (GeneralSecurityException | IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<X509Certificate> certificate(Properties client)
            throws GeneralSecurityException, IOException {
        var chain = text(client, "ssl.keystore.certificate.chain");
        var location = text(client, "ssl.keystore.location");
        if (!chain.isEmpty()) {
            return Optional.of(pem(chain.getBytes(StandardCharsets.UTF_8)));
        }
        if (location.isEmpty()) {
            return Optional.empty();
        }
        var type = text(client, "ssl.keystore.type");
        return type.equals("PEM")
                ? Optional.of(pem(Files.readAllBytes(Path.of(location))))
                : ofKeyStore(location, type.isEmpty() ? "JKS" : type, text(client, "ssl.keystore.password"));
    }

    /** Of several certificates the client's own comes first. A private key in the same file is skipped. */
    private static X509Certificate pem(byte[] file) throws GeneralSecurityException {
        var text = new String(file, StandardCharsets.UTF_8);
        var begin = Math.max(0, text.indexOf("-----BEGIN CERTIFICATE-----"));
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(text.substring(begin).getBytes(StandardCharsets.UTF_8)));
    }

    private static Optional<X509Certificate> ofKeyStore(String location, String type, String password)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(type);
        try (var file = Files.newInputStream(Path.of(location))) {
            store.load(file, password.toCharArray());
        }
        var keys = Collections.list(store.aliases()).stream()
                .filter(alias -> isKey(store, alias))
                .toList();
        return keys.size() == 1
                ? Optional.ofNullable((X509Certificate) store.getCertificate(keys.get(0)))
                : Optional.empty();
    }

    private static boolean isKey(KeyStore store, String alias) {
        try {
            return store.isKeyEntry(alias);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String text(Properties client, String key) {
        @Nullable Object value = client.get(key);
        return value == null ? "" : value.toString();
    }
}

package ipn.conformance;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate for localhost, generated when the tests run; its key is not stored in the repository. */
public record LocalCertificate(Path file, String alias, KeyStore store) {
    private static final String PASSWORD = "for-tests-only";

    /** Creates a self-signed certificate that can sign others, valid from now on. */
    public static LocalCertificate create(Path folder) throws Exception {
        var file = Files.createTempDirectory(folder, "own").resolve("keys.p12");
        generate(file, "own", "-ext", "bc=ca:true", "-startdate", "-20d", "-validity", "30");
        return new LocalCertificate(file, "own", load(file));
    }

    /** Creates a certificate that this one signs, valid for two days from {@code start}, such as {@code -7d}. */
    public LocalCertificate signing(String start) throws Exception {
        var signed = Files.createTempFile(file.getParent(), "signed", ".p12");
        Files.copy(file, signed, StandardCopyOption.REPLACE_EXISTING);
        generate(signed, "signed", "-signer", alias, "-startdate", start, "-validity", "2");
        var keys = load(signed);
        keys.deleteEntry(alias);
        return new LocalCertificate(signed, "signed", keys);
    }

    private static void generate(Path file, String alias, String... more) throws Exception {
        var command = new ArrayList<>(List.of(
                // spotless:off
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", alias, "-keyalg", "EC", "-groupname", "secp256r1",
                "-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1",
                "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD));
                // spotless:on
        command.addAll(Arrays.asList(more));
        var keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool failed: " + output);
        }
    }

    private static KeyStore load(Path file) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    public SSLContext context() throws GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** Writes the certificate to a PEM file, for clients that must trust it. */
    public Path pem(Path folder) throws Exception {
        var encoded = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(store.getCertificate(alias).getEncoded());
        var pem = "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n";
        return Files.writeString(Files.createTempFile(folder, "ca", ".pem"), pem);
    }
}

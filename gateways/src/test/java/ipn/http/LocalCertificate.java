package ipn.http;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate of localhost's own, made when the tests run; no key is kept. */
public record LocalCertificate(KeyStore store) {
    private static final char[] PASSWORD = "for-tests-only".toCharArray();

    /** Valid for two days. */
    public static LocalCertificate create(Path folder) throws Exception {
        return create(folder, "localhost", "-0d");
    }

    /** Was valid for two days, a week ago. */
    static LocalCertificate expired(Path folder) throws Exception {
        return create(folder, "expired", "-7d");
    }

    private static LocalCertificate create(Path folder, String name, String start) throws Exception {
        var file = folder.resolve(name + ".p12");
        var keytool = new ProcessBuilder(
                        // spotless:off
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair", "-alias", "localhost", "-keyalg", "EC", "-groupname", "secp256r1",
                        "-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1",
                        "-startdate", start, "-validity", "2",
                        "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", new String(PASSWORD))
                        // spotless:on
                .redirectErrorStream(true)
                .start();
        var said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return new LocalCertificate(store);
    }

    public SSLContext context() throws GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    public Path pem(Path folder) throws Exception {
        var encoded = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(store.getCertificate("localhost").getEncoded());
        var pem = "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n";
        return Files.writeString(Files.createTempFile(folder, "ca", ".pem"), pem);
    }
}

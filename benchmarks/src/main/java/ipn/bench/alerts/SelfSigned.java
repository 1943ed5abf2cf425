package ipn.bench.alerts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A certificate for this machine and its private key, in PEM.
 *
 * @param key PKCS #8
 */
record SelfSigned(String certificate, String key) {
    private static final String PASSWORD = "protects-nothing";

    /** Makes one with the JDK's keytool. */
    static SelfSigned create(Path folder, int validDays) throws IOException, InterruptedException {
        var store = Files.createTempDirectory(folder, "keys").resolve("keys.p12");
        var keytool = new ProcessBuilder(
                        // spotless:off
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair", "-alias", "own", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=localhost",
                        "-ext", "san=dns:localhost,ip:127.0.0.1", "-validity", Integer.toString(validDays),
                        "-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", store.toString())
                        // spotless:on
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool: exit code %d (expected: 0)".formatted(keytool.exitValue()));
        }
        try (var in = Files.newInputStream(store)) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            return new SelfSigned(
                    pem("CERTIFICATE", keys.getCertificate("own").getEncoded()),
                    pem(
                            "PRIVATE KEY",
                            keys.getKey("own", PASSWORD.toCharArray()).getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IOException("keytool: its file cannot be read", e);
        }
    }

    private static String pem(String what, byte[] encoded) {
        var base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(encoded);
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(what, base64);
    }
}

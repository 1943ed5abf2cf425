package ipn.gateway.apple;

import ipn.conformance.TestFiles;
import ipn.gateway.content.Bytes;
import ipn.gateway.signature.Certificates;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

/** Signs as Apple does, with keys of a chain that is not Apple's. */
final class TestChain {
    static final TestChain USUAL = new TestChain("test-leaf", "test-intermediate", "test-root");

    private static final PrivateKey KEY = key();

    private final String x5c;

    /** @param files names of the certificates, leaf first */
    TestChain(String... files) {
        this.x5c = Arrays.stream(files)
                .map(TestChain::certificate)
                .map(certificate -> "\"" + certificate + "\"")
                .collect(Collectors.joining(","));
    }

    static X509Certificate read(String file) {
        try {
            return Certificates.inPem(
                            TestFiles.bytes("keys/apple/" + file + ".pem").utf8())
                    .get(0);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(file, e);
        }
    }

    private static String certificate(String file) {
        try {
            return Base64.getEncoder().encodeToString(read(file).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(file, e);
        }
    }

    /** A notification: the body of a delivery. */
    Bytes body(String payload) {
        return body(Bytes.utf8(payload));
    }

    Bytes body(Bytes payload) {
        return Bytes.utf8("{\"signedPayload\":\"" + token(payload) + "\"}");
    }

    String token(String payload) {
        return token(Bytes.utf8(payload));
    }

    String token(Bytes payload) {
        return token("{\"alg\":\"ES256\",\"x5c\":[" + x5c + "]}", payload);
    }

    String x5c() {
        return x5c;
    }

    static String token(String header, Bytes payload) {
        try {
            var signed = base64Url(header.getBytes(StandardCharsets.UTF_8)) + "." + base64Url(payload.array());
            var signer = Signature.getInstance("SHA256withECDSAinP1363Format");
            signer.initSign(KEY);
            signer.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64Url(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static PrivateKey key() {
        var pem = TestFiles.bytes("keys/apple/TEST-ONLY-leaf.key.pem").utf8();
        var base64 = pem.replaceAll("(?s).*-----BEGIN PRIVATE KEY-----|-----END PRIVATE KEY-----.*", "");
        try {
            return KeyFactory.getInstance("EC")
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}

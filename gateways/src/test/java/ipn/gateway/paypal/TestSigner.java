package ipn.gateway.paypal;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.TestFiles;
import ipn.gateway.Delivery;
import ipn.gateway.content.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Signs as PayPal does, with a key that is not PayPal's.
 *
 * @param certificate file of the certificate named in the headers
 * @param algorithm the one really used
 */
record TestSigner(String certificate, PrivateKey key, String algorithm) {
    static final String WEBHOOK_ID = "8TE57W3BHOOK00001";
    static final TestSigner USUAL = with("test-leaf");

    static TestSigner with(String certificate) {
        return new TestSigner(certificate, key("TEST-ONLY-leaf"), "SHA256withRSA");
    }

    Delivery sign(Bytes body, Instant now) {
        return sign("id-" + body.sha256().substring(0, 32), body, now);
    }

    Delivery sign(String transmission, Bytes body, Instant now) {
        return sign(transmission, now.toString(), WEBHOOK_ID, body);
    }

    Delivery sign(String transmission, String time, String webhookId, Bytes body) {
        var checksum = new CRC32();
        checksum.update(body.array());
        var text = transmission + "|" + time + "|" + webhookId + "|" + Long.toString(checksum.getValue());
        return new Delivery(
                Map.of(
                        "content-type", List.of("application/json"),
                        "paypal-transmission-id", List.of(transmission),
                        "paypal-transmission-time", List.of(time),
                        "paypal-transmission-sig", List.of(signature(text)),
                        "paypal-cert-url", List.of(CertificateHost.url(certificate)),
                        "paypal-auth-algo", List.of("SHA256withRSA"),
                        "paypal-auth-version", List.of("v2")),
                body,
                GatewayUnderTest.RECEIVED_AT);
    }

    private String signature(String text) {
        try {
            var signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static PrivateKey key(String file) {
        var pem = TestFiles.bytes("keys/paypal/" + file + ".key.pem").utf8();
        var base64 = pem.replaceAll("(?s).*-----BEGIN PRIVATE KEY-----|-----END PRIVATE KEY-----.*", "");
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}

package ipn.gateway.googleplay;

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

/** Google's pushing side: packs what Play says and signs tokens, with a key of these tests' own. */
final class TestGoogle {
    static final String AUDIENCE = "https://pay.example.com/hooks/google-play";
    static final String EMAIL = "play-rtdn@test-project.iam.gserviceaccount.com";
    static final String SUBSCRIPTION = "projects/test-project/subscriptions/play-rtdn-push";
    static final String PACKAGE = "com.example.social";
    static final String KID = "testkid2";
    static final PrivateKey KEY = key("keys/google-play/TEST-ONLY-push-key.pem");

    /** After everything the samples tell of. */
    static final Instant RECEIVED_AT = Instant.parse("2026-12-15T00:00:00Z");

    private TestGoogle() {}

    static PrivateKey key(String pem) {
        try {
            var base64 = TestFiles.bytes(pem).utf8().replaceAll("-----(BEGIN|END) PRIVATE KEY-----|\\s", "");
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Claims of a token that is right at this time. */
    static String claims(Instant now) {
        return """
                {"aud":"%s","azp":"100000000000000000001","email":"%s","email_verified":true,"exp":%s,"iat":%s,\
                "iss":"https://accounts.google.com","sub":"100000000000000000001"}""".formatted(AUDIENCE, EMAIL, now.getEpochSecond() + 3600, now.getEpochSecond());
    }

    static String token(Instant now) {
        return token("{\"alg\":\"RS256\",\"kid\":\"" + KID + "\",\"typ\":\"JWT\"}", claims(now), KEY, "SHA256withRSA");
    }

    static String token(String header, String claims, PrivateKey key, String algorithm) {
        try {
            var signed = base64Url(header.getBytes(StandardCharsets.UTF_8)) + "."
                    + base64Url(claims.getBytes(StandardCharsets.UTF_8));
            var signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64Url(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What Play says, as Pub/Sub pushes it. */
    static Delivery push(Bytes data, Instant now) {
        return delivery(envelope(data), "Bearer " + token(now));
    }

    static Bytes envelope(Bytes data) {
        var id = Long.toString(Math.abs((long) data.hashCode()));
        return Bytes.utf8("""
                {"message":{"attributes":{},"data":"%s","messageId":"%s","message_id":"%s",\
                "publishTime":"2026-09-01T12:00:00.512Z","publish_time":"2026-09-01T12:00:00.512Z"},"subscription":"%s"}""".formatted(Base64.getEncoder().encodeToString(data.array()), id, id, SUBSCRIPTION));
    }

    static Delivery delivery(Bytes body, String authorization) {
        return new Delivery(
                Map.of("authorization", List.of(authorization), "content-type", List.of("application/json")),
                body,
                RECEIVED_AT);
    }

    /** A notification in short: its member with single quotes. */
    static Bytes says(String member) {
        return says(GatewayUnderTest.SIGNED_AT, member);
    }

    static Bytes says(Instant at, String member) {
        return Bytes.utf8("""
                {'version': '1.0', 'packageName': '%s', 'eventTimeMillis': '%s', %s}""".formatted(PACKAGE, at.toEpochMilli(), member).replace('\'', '"'));
    }

    static Bytes subscription(int type, String token) {
        return says("'subscriptionNotification': {'version': '1.0', 'notificationType': %d, 'purchaseToken': '%s'}"
                .formatted(type, token));
    }
}

package ipn.runtime.caller;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import javax.security.auth.x500.X500Principal;

/** A certificate authority, whose certificates are written byte by byte, because the JDK has no class that issues them. */
record TestAuthority(X500Principal name, KeyPair keys, String pem) {
    private static final String ECDSA_WITH_SHA256 = "300a06082a8648ce3d040302";
    private static final String IS_AUTHORITY = "300f0603551d130101ff040530030101ff";
    private static final String IS_THIS_MACHINE = "300f0603551d110408300687047f000001";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    /** A certificate that this authority has issued, with its private key. */
    record Issued(X509Certificate certificate, String pem, PrivateKey key, String keyPem) {}

    static TestAuthority named(String name) throws GeneralSecurityException {
        var principal = new X500Principal("CN=" + name);
        var keys = generate();
        var encoded = certificate(principal, keys.getPrivate(), principal, keys, valid(1), IS_AUTHORITY);
        return new TestAuthority(principal, keys, pem("CERTIFICATE", encoded));
    }

    /** Of the server or a client, for an hour. */
    Issued issue(String subject) throws GeneralSecurityException {
        return issue(subject, 1);
    }

    /** @param hours until when it is valid; below zero: it has ended */
    Issued issue(String subject, int hours) throws GeneralSecurityException {
        var own = generate();
        var encoded =
                certificate(name, keys.getPrivate(), new X500Principal(subject), own, valid(hours), IS_THIS_MACHINE);
        var certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        return new Issued(
                certificate,
                pem("CERTIFICATE", encoded),
                own.getPrivate(),
                pem("PRIVATE KEY", own.getPrivate().getEncoded()));
    }

    private static KeyPair generate() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static byte[] valid(int hours) {
        var end = Instant.now().plus(Duration.ofHours(hours));
        return sequence(time(end.minus(Duration.ofHours(9))), time(end));
    }

    private static byte[] time(Instant at) {
        return der(0x18, TIME.format(at).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] certificate(
            X500Principal issuer, PrivateKey signer, X500Principal subject, KeyPair own, byte[] valid, String extension)
            throws GeneralSecurityException {
        var serial = BigInteger.valueOf(System.nanoTime()).toByteArray();
        var body = sequence(
                der(0xa0, der(0x02, new byte[] {2})),
                der(0x02, serial),
                hex(ECDSA_WITH_SHA256),
                issuer.getEncoded(),
                valid,
                subject.getEncoded(),
                own.getPublic().getEncoded(),
                der(0xa3, sequence(hex(extension))));
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer);
        signature.update(body);
        return sequence(body, hex(ECDSA_WITH_SHA256), der(0x03, joined(new byte[] {0}, signature.sign())));
    }

    private static byte[] sequence(byte[]... parts) {
        return der(0x30, joined(parts));
    }

    private static byte[] der(int tag, byte[] content) {
        var length = content.length;
        var head = length < 0x80
                ? new byte[] {(byte) tag, (byte) length}
                : length < 0x100
                        ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                        : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        return joined(head, content);
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static String pem(String type, byte[] encoded) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(type, Base64.getMimeEncoder().encodeToString(encoded), type);
    }
}

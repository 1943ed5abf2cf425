package ipn.gateway.standardwebhooks;

import ipn.gateway.content.Bytes;
import ipn.gateway.signature.SignatureKey;
import ipn.settings.Secret;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Ed25519 with raw keys, implemented by the JDK's provider. */
final class Ed25519 {
    private static final String ALGORITHM = "Ed25519";
    private static final byte[] PUBLIC_DER = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte[] PRIVATE_DER = HexFormat.of().parseHex("302e020100300506032b657004220420");
    private static final int KEY_BYTES = 32;

    private Ed25519() {}

    /** Checks signatures of one public key. */
    record Key(Secret secret, PublicKey key) implements SignatureKey {
        @Override
        public String scheme() {
            return "ed25519";
        }

        @Override
        public String version() {
            return StandardWebhooksSignature.V1A;
        }

        @Override
        public Predicate<Bytes> check(List<Bytes> parts) {
            return signature -> verify(key, parts, signature);
        }
    }

    /** The public key in 32 bytes; empty where the bytes are not a valid key. */
    static Optional<PublicKey> publicKey(Bytes raw) {
        if (raw.size() != KEY_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der(PUBLIC_DER, raw))));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK from 15 on has " + ALGORITHM, e);
        }
    }

    /** Signs the parts with a private key of 32 bytes. */
    static Bytes sign(Bytes privateKey, List<Bytes> parts) {
        try {
            var key = KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(der(PRIVATE_DER, privateKey)));
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            update(signature, parts);
            return Bytes.wrap(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("secret: not an Ed25519 private key (expected: 32 bytes)", e);
        }
    }

    private static boolean verify(PublicKey key, List<Bytes> parts, Bytes claimed) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            update(signature, parts);
            return signature.verify(claimed.array());
        } catch (SignatureException | InvalidKeyException e) {
            return false; // wrong length, or not a point on the curve
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK from 15 on has " + ALGORITHM, e);
        }
    }

    private static void update(Signature signature, List<Bytes> parts) throws SignatureException {
        for (var part : parts) {
            signature.update(part.array());
        }
    }

    private static byte[] der(byte[] prefix, Bytes raw) {
        return ByteBuffer.allocate(prefix.length + raw.size())
                .put(prefix)
                .put(raw.array())
                .array();
    }
}

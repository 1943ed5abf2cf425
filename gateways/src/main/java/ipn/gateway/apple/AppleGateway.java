package ipn.gateway.apple;

import ipn.gateway.AccountSettings;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Retries;
import ipn.gateway.Word;
import ipn.gateway.signature.Certificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Apple's App Store. There is no shared secret: Apple signs with its own certificates, and an account is identified by its
 * apps. Settings of an account: {@code bundle-id} (one or several), {@code app-apple-id} (in mode live), {@code subject} (the
 * id of a transaction that identifies the subject) and, in mode test only, {@code roots} (root certificates that replace Apple's).
 */
public final class AppleGateway implements Gateway {
    /** The name in paths, settings and keys. */
    public static final String NAME = "apple";

    @Override
    public String name() {
        return NAME;
    }

    /** Apple's documentation of App Store Server Notifications: 1, 12, 24, 48 and 72 hours after the attempt before; in the sandbox once. */
    @Override
    public Retries retries() {
        return new Retries(Duration.ofHours(157), Duration.ZERO, Retries.Source.DOCUMENTED, "");
    }

    /** The app sets {@code appAccountToken} on the device. Products and prices come from App Store Connect. */
    @Override
    public Set<Word> payerWords() {
        return Set.of(Word.SUBJECT);
    }

    @Override
    public GatewayAccount open(AccountSettings settings) {
        var others = Certificates.testRoots(settings, "roots");
        return new AppleAccount(
                settings.id(),
                new AppleSignature(new AppleChain(others.isEmpty() ? List.of(root()) : others)),
                new AppleTranslator(settings.id(), Apps.from(settings), SubjectField.from(settings.settings())));
    }

    /** Apple Root CA - G3, valid until 2039, as published at apple.com/certificateauthority. */
    static X509Certificate root() {
        try (var pem = AppleGateway.class.getResourceAsStream("AppleRootCA-G3.pem")) {
            if (pem == null) {
                throw new IllegalStateException("AppleRootCA-G3.pem: not on the class path");
            }
            return Certificates.inPem(new String(pem.readAllBytes(), StandardCharsets.US_ASCII))
                    .get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CertificateException e) {
            throw new IllegalStateException("AppleRootCA-G3.pem: not a certificate", e);
        }
    }
}

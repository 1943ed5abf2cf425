package ipn.gateway.paypal;

import ipn.gateway.Delivery;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.Verdict.Undecided;
import ipn.gateway.signature.SignatureAuthenticator;
import ipn.gateway.signature.SignatureInput.Absent;
import ipn.gateway.signature.SignatureKey;
import ipn.http.HttpFailure;
import ipn.http.NotAllowed;
import ipn.lookup.LookUps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Verifies PayPal's signature with the certificate that the delivery names, after checking that the certificate is
 * PayPal's.
 *
 * @param webhookIds ids of our webhooks at PayPal; a delivery is signed for one of them
 */
record PayPalSignature(
        List<String> webhookIds, CertificateRules rules, CertificateStore certificates, SeenTransmissions seen) {
    /**
     * PayPal retries for 3 days and allows a manual resend for 30. It is not documented whether a resend is signed with
     * a new time.
     */
    static final Duration TOLERANCE = Duration.ofDays(31);

    PayPalSignature {
        webhookIds = List.copyOf(webhookIds);
    }

    /** Judges a delivery without blocking; the stage never fails. */
    CompletionStage<Verdict> judge(Delivery delivery, Instant now) {
        if (Transmission.signatureInput(delivery) instanceof Absent absent) {
            return decided(new Rejected(absent.reason()));
        }
        var url = Transmission.value(delivery, Transmission.CERTIFICATE);
        if (!rules.allows(url)) {
            return decided(new Rejected(Reason.KEY_UNTRUSTED));
        }
        return certificates
                .get(url, delivery.source(), now)
                .thenApply(certificate -> judge(certificate, delivery, now))
                .exceptionally(PayPalSignature::unfetched);
    }

    private static CompletionStage<Verdict> decided(Verdict verdict) {
        return CompletableFuture.completedFuture(verdict);
    }

    private Verdict judge(Optional<SigningCertificate> certificate, Delivery delivery, Instant now) {
        if (certificate.filter(known -> known.validAt(now)).isEmpty()) {
            return new Rejected(Reason.KEY_UNTRUSTED);
        }
        var keys = webhookIds.stream()
                .map(id -> (SignatureKey) WebhookKey.of(id, certificate.get().key()))
                .toList();
        var verdict = new SignatureAuthenticator(keys, TOLERANCE, Transmission::signatureInput).judge(delivery, now);
        var transmission = Transmission.value(delivery, Transmission.ID);
        if (!(verdict instanceof Genuine)) {
            return verdict;
        }
        if (!seen.isSame(transmission, delivery.body())) {
            return new Rejected(Reason.AUDIENCE_WRONG);
        }
        certificates.authentic(delivery.source(), now);
        return verdict;
    }

    private static Verdict unfetched(Throwable failure) {
        if (HttpFailure.in(failure).filter(NotAllowed.class::isInstance).isPresent()) {
            return new Rejected(Reason.KEY_UNTRUSTED);
        }
        var verdict = LookUps.verdict(failure);
        return verdict instanceof Undecided undecided ? new Undecided("no certificate: " + undecided.why()) : verdict;
    }
}

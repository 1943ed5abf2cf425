package ipn.gateway.mollie;

import ipn.gateway.AccountId;
import ipn.gateway.Acknowledgement;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Reverification;
import ipn.gateway.Reverification.Cause;
import ipn.gateway.Reverification.NotVerifiable;
import ipn.gateway.Translation;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Dismissed;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.Verdict.Undecided;
import ipn.gateway.signature.SignatureAuthenticator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One profile at Mollie.
 *
 * @param api empty if no API key is configured: then only next-gen webhooks are accepted
 * @param lookUps limits the look-ups caused by unsigned webhooks; signed ones do not count against it
 */
record MollieAccount(
        AccountId id,
        SignatureAuthenticator authenticator,
        Optional<MollieApi> api,
        UnsignedLookUps lookUps,
        MollieTranslator translator)
        implements GatewayAccount {

    @Override
    public Set<String> contentTypes() {
        return Set.of("application/x-www-form-urlencoded", "application/json");
    }

    @Override
    public Set<String> keptHeaders() {
        return Set.of(MollieSignature.HEADER);
    }

    /** A look-up waits for I/O and needs little CPU time. */
    @Override
    public boolean verifiesOffEventLoop() {
        return false;
    }

    @Override
    public Duration responseTimeout() {
        return Duration.ofSeconds(15);
    }

    @Override
    public CompletionStage<Verdict> authenticate(Delivery delivery, Instant now) {
        return delivery.headers(MollieSignature.HEADER).isEmpty() ? classic(delivery, now) : nextGen(delivery, now);
    }

    /** The look-up uses our API key, so its result belongs to this account. Mollie expects 200 even for ids that do not exist. */
    private CompletionStage<Verdict> classic(Delivery delivery, Instant now) {
        var hint = Hint.in(delivery.body());
        if (hint.isEmpty() || api.isEmpty()) {
            return CompletableFuture.completedFuture(new Rejected(Reason.SIGNATURE_MISSING));
        }
        if (!hint.get().isPayment()) {
            return CompletableFuture.completedFuture(new Dismissed(Reason.SIGNATURE_MISSING));
        }
        return lookUps.ask(api.get(), hint.get().id(), delivery, now);
    }

    private CompletionStage<Verdict> nextGen(Delivery delivery, Instant now) {
        var verdict = authenticator.judge(delivery, now);
        var missing = MollieKeys.paymentToLookUp(delivery.body());
        if (!(verdict instanceof Genuine genuine) || api.isEmpty() || missing.isEmpty()) {
            return CompletableFuture.completedFuture(verdict);
        }
        return api.get().payment(missing.get(), delivery.receivedAt()).thenApply(look -> {
            if (look instanceof MollieApi.Look.Found found) {
                return new Genuine(genuine.scheme(), genuine.keyId(), List.of(found.document()));
            }
            // the event is genuine, so the API key has no access to its payment
            return look instanceof MollieApi.Look.Unknown unknown
                    ? unknown.verdict()
                    : new Undecided(MollieApi.HOST + " knows no such payment (see api-key and its mode)");
        });
    }

    /** Without an API key there are neither documents nor classic webhooks: both are deliveries without a signature. */
    @Override
    public Reverification reverify(Delivery stored) {
        if (stored.fetchedFrom().isPresent() && api.isPresent()) {
            return new NotVerifiable(Cause.FETCHED);
        }
        return stored.headers(MollieSignature.HEADER).isEmpty()
                        && api.isPresent()
                        && Hint.in(stored.body()).filter(Hint::isPayment).isPresent()
                ? new NotVerifiable(Cause.CONFIRMED_BY_GATEWAY)
                : Reverification.from(authenticator.judge(stored, stored.receivedAt()));
    }

    @Override
    public List<Item> identify(Delivery delivery) {
        return List.of(MollieKeys.item(delivery, id));
    }

    @Override
    public Translation translate(Delivery delivery, Item item) {
        return translator.translate(delivery);
    }

    @Override
    public Acknowledgement acknowledgement() {
        return Acknowledgement.EMPTY_200;
    }
}

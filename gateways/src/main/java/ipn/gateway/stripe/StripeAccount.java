package ipn.gateway.stripe;

import ipn.gateway.AccountId;
import ipn.gateway.Acknowledgement;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.NotificationTime;
import ipn.gateway.Reverification;
import ipn.gateway.Reverification.Cause;
import ipn.gateway.Reverification.NotVerifiable;
import ipn.gateway.Translation;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Undecided;
import ipn.gateway.content.Amounts;
import ipn.gateway.signature.SignatureAuthenticator;
import ipn.http.HttpFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One webhook endpoint at Stripe.
 *
 * @param api empty: objects of thin events are not fetched
 */
record StripeAccount(
        AccountId id, SignatureAuthenticator authenticator, Optional<StripeApi> api, StripeTranslator translator)
        implements GatewayAccount {

    @Override
    public Set<String> contentTypes() {
        return Set.of("application/json");
    }

    @Override
    public Set<String> keptHeaders() {
        return Set.of(StripeSignature.HEADER, NotificationTime.HEADER);
    }

    @Override
    public boolean verifiesOffEventLoop() {
        return false;
    }

    @Override
    public CompletionStage<Verdict> authenticate(Delivery delivery, Instant now) {
        var verdict = authenticator.judge(delivery, now);
        return verdict instanceof Genuine genuine && api.isPresent()
                ? api.get()
                        .because(delivery, now)
                        .<Verdict>thenApply(found -> new Genuine(genuine.scheme(), genuine.keyId(), found))
                        .exceptionally(failure -> new Undecided(HttpFailure.why(failure)))
                : CompletableFuture.completedFuture(verdict);
    }

    /** Only an account with an API key has documents: for all others, a document is a delivery without a signature. */
    @Override
    public Reverification reverify(Delivery stored) {
        return stored.fetchedFrom().isPresent() && api.isPresent()
                ? new NotVerifiable(Cause.FETCHED)
                : Reverification.from(authenticator.judge(stored, stored.receivedAt()));
    }

    @Override
    public List<Item> identify(Delivery delivery) {
        return List.of(
                delivery.fetchedFrom().isPresent()
                        ? StripeDocument.item(delivery, id)
                        : StripeKeys.item(delivery.body(), id));
    }

    @Override
    public Translation translate(Delivery delivery, Item item) {
        return delivery.fetchedFrom().isPresent()
                ? translator.translateDocument(delivery)
                : translator.translate(delivery);
    }

    @Override
    public Amounts amounts() {
        return StripeEvent.AMOUNTS;
    }

    @Override
    public Acknowledgement acknowledgement() {
        return Acknowledgement.EMPTY_200;
    }
}

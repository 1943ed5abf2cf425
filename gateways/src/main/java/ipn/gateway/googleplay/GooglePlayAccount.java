package ipn.gateway.googleplay;

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
import ipn.gateway.content.PayloadView;
import ipn.http.HttpFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One app's notifications. Their token is a bearer credential that does not cover the body, so it is not stored with
 * the delivery.
 *
 * @param looks empty: nothing is fetched, only notifications count
 */
record GooglePlayAccount(AccountId id, PushTokens tokens, Optional<Looks> looks, GooglePlayTranslator translator)
        implements GatewayAccount {

    @Override
    public Set<String> contentTypes() {
        return Set.of("application/json");
    }

    @Override
    public Set<String> keptHeaders() {
        return Set.of(NotificationTime.HEADER);
    }

    @Override
    public boolean verifiesOffEventLoop() {
        return true;
    }

    @Override
    public CompletionStage<Verdict> authenticate(Delivery delivery, Instant now) {
        return tokens.judge(delivery, now)
                .thenCompose(verdict -> verdict instanceof Genuine genuine
                        ? looked(genuine, delivery, now)
                        : CompletableFuture.completedFuture(verdict))
                .exceptionally(failure -> new Undecided(HttpFailure.why(failure)));
    }

    private CompletionStage<Verdict> looked(Genuine genuine, Delivery delivery, Instant now) {
        return looks.isEmpty()
                ? CompletableFuture.completedFuture(genuine)
                : looks.get()
                        .because(delivery, now)
                        .thenApply(found -> new Genuine(genuine.scheme(), genuine.keyId(), found));
    }

    @Override
    public Reverification reverify(Delivery stored) {
        return new NotVerifiable(stored.fetchedFrom().isPresent() ? Cause.FETCHED : Cause.PROOF_NOT_STORED);
    }

    @Override
    public List<Item> identify(Delivery delivery) {
        return GooglePlayKeys.items(delivery, id);
    }

    @Override
    public Translation translate(Delivery delivery, Item item) {
        return translator.translate(delivery, item);
    }

    /** Shows Google Play's notification, not its Pub/Sub envelope. */
    @Override
    public Optional<PayloadView> payloadView(Delivery delivery, Item item) {
        return delivery.fetchedFrom().isPresent()
                ? PayloadView.ofJson(delivery.body())
                : GooglePlayNotification.payloadView(delivery.body());
    }

    @Override
    public Acknowledgement acknowledgement() {
        return Acknowledgement.EMPTY_200;
    }
}

package ipn.gateway.apple;

import ipn.gateway.AccountId;
import ipn.gateway.Acknowledgement;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Reverification;
import ipn.gateway.Translation;
import ipn.gateway.Verdict;
import ipn.gateway.content.PayloadView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One app, or several, of one seller. */
record AppleAccount(AccountId id, AppleSignature signature, AppleTranslator translator) implements GatewayAccount {

    @Override
    public Set<String> contentTypes() {
        return Set.of("application/json");
    }

    /** The signature is in the body, so no header is kept. */
    @Override
    public Set<String> keptHeaders() {
        return Set.of();
    }

    @Override
    public boolean verifiesOffEventLoop() {
        return true;
    }

    @Override
    public CompletionStage<Verdict> authenticate(Delivery delivery, Instant now) {
        return CompletableFuture.completedFuture(signature.judge(delivery, now));
    }

    @Override
    public Reverification reverify(Delivery stored) {
        return Reverification.from(signature.judge(stored, stored.receivedAt()));
    }

    @Override
    public List<Item> identify(Delivery delivery) {
        return List.of(AppleKeys.item(delivery.body(), id));
    }

    @Override
    public Translation translate(Delivery delivery, Item item) {
        return translator.translate(delivery);
    }

    @Override
    public Optional<PayloadView> payloadView(Delivery delivery, Item item) {
        return SignedJson.payloadView(delivery.body());
    }

    @Override
    public Acknowledgement acknowledgement() {
        return Acknowledgement.EMPTY_200;
    }
}

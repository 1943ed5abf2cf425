package ipn.gateway.adyen;

import ipn.gateway.AccountId;
import ipn.gateway.Acknowledgement;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Translation;
import ipn.gateway.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One webhook endpoint at Adyen. */
record AdyenAccount(AdyenProof proof, Dealings dealings) implements GatewayAccount {
    /** Endpoints of old count nothing else as success. */
    private static final Acknowledgement ACCEPTED = new Acknowledgement(200, "text/plain", "[accepted]");

    @Override
    public AccountId id() {
        return dealings.account();
    }

    @Override
    public Set<String> contentTypes() {
        return Set.of("application/json", "application/x-www-form-urlencoded");
    }

    /** Not the one with the password. */
    @Override
    public Set<String> keptHeaders() {
        return Set.of(AdyenSignature.HEADER);
    }

    @Override
    public boolean slow() {
        return false;
    }

    @Override
    public CompletionStage<Verdict> authenticate(Delivery delivery, Instant now) {
        return CompletableFuture.completedFuture(proof.judge(delivery, now));
    }

    @Override
    public List<Item> identify(Delivery delivery) {
        return AdyenKeys.items(delivery.body(), dealings);
    }

    @Override
    public Translation translate(Delivery delivery, Item item) {
        return new AdyenTranslator(dealings).translate(delivery, item.index());
    }

    @Override
    public Acknowledgement acknowledgement() {
        return ACCEPTED;
    }
}

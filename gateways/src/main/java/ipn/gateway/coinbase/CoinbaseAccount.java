package ipn.gateway.coinbase;

import ipn.gateway.AccountId;
import ipn.gateway.Acknowledgement;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.SignatureAuthenticator;
import ipn.gateway.Translation;
import ipn.gateway.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One webhook subscription at Coinbase. */
record CoinbaseAccount(AccountId id, SignatureAuthenticator authenticator, CoinbaseTranslator translator)
        implements GatewayAccount {

    @Override
    public Set<String> contentTypes() {
        return Set.of("application/json");
    }

    @Override
    public Set<String> keptHeaders() {
        return Set.of(CoinbaseSignature.COMMERCE_HEADER, CoinbaseSignature.HOOK0_HEADER);
    }

    @Override
    public boolean slow() {
        return false;
    }

    @Override
    public CompletionStage<Verdict> authenticate(Delivery delivery, Instant now) {
        return CompletableFuture.completedFuture(authenticator.judge(delivery, now));
    }

    @Override
    public List<Item> identify(Delivery delivery) {
        return List.of(CoinbaseKeys.item(delivery.body(), id));
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

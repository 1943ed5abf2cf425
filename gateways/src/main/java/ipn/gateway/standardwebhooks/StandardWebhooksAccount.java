package ipn.gateway.standardwebhooks;

import ipn.gateway.AccountId;
import ipn.gateway.Acknowledgement;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Reverification;
import ipn.gateway.Translation;
import ipn.gateway.Verdict;
import ipn.gateway.signature.SignatureAuthenticator;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** The account of one sender. */
record StandardWebhooksAccount(
        AccountId id, SignatureAuthenticator authenticator, StandardWebhooksTranslator translator)
        implements GatewayAccount {

    @Override
    public Set<String> contentTypes() {
        return Set.of("application/json");
    }

    @Override
    public Set<String> keptHeaders() {
        return StandardWebhooksSignature.FAMILIES.stream()
                .flatMap(family -> StandardWebhooksSignature.HEADERS.stream().map(family::concat))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean verifiesOffEventLoop() {
        return authenticator.keys().stream().anyMatch(Ed25519.Key.class::isInstance);
    }

    @Override
    public CompletionStage<Verdict> authenticate(Delivery delivery, Instant now) {
        return CompletableFuture.completedFuture(authenticator.judge(delivery, now));
    }

    @Override
    public Reverification reverify(Delivery stored) {
        return Reverification.from(authenticator.judge(stored, stored.receivedAt()));
    }

    @Override
    public List<Item> identify(Delivery delivery) {
        return List.of(translator.identify(delivery));
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

package ipn.processor;

import ipn.gateway.AccountId;
import ipn.gateway.Accounts;
import ipn.gateway.Acknowledgement;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Reverification;
import ipn.gateway.Reverification.Cause;
import ipn.gateway.Reverification.NotVerifiable;
import ipn.gateway.Translation;
import ipn.gateway.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A gateway whose bodies are names of translations written down beforehand: {@code event}, a blank, and anything. */
final class Notebook implements GatewayAccount {
    static final AccountId ID = new AccountId("notebook", "main", false);
    private final Map<String, Translation> translations = new HashMap<>();
    private final Map<String, String> payments = new HashMap<>();

    Accounts accounts() {
        return new Accounts(Map.of("notebook/main", this));
    }

    void note(String event, String payment, Translation translation) {
        translations.put(event, translation);
        payments.put(event, ID.key(payment));
    }

    @Override
    public List<Item> identify(Delivery delivery) {
        var event = event(delivery);
        return payments.containsKey(event)
                ? List.of(new Item(0, payments.get(event), ID.key(event), "noted"))
                : List.of(Item.unidentified(ID, delivery.body()));
    }

    @Override
    public Translation translate(Delivery delivery, Item item) {
        var translation = translations.get(event(delivery));
        if (translation == null) {
            throw new IllegalStateException("4111111111111111 stands in the body");
        }
        return translation;
    }

    private static String event(Delivery delivery) {
        return delivery.body().utf8().split(" ")[0];
    }

    @Override
    public AccountId id() {
        return ID;
    }

    @Override
    public Set<String> contentTypes() {
        return Set.of("text/plain");
    }

    @Override
    public Set<String> keptHeaders() {
        return Set.of();
    }

    @Override
    public boolean verifiesOffEventLoop() {
        return false;
    }

    @Override
    public CompletionStage<Verdict> authenticate(Delivery delivery, Instant now) {
        return CompletableFuture.completedFuture(new Verdict.Genuine("none", "none"));
    }

    @Override
    public Reverification reverify(Delivery stored) {
        return new NotVerifiable(Cause.PROOF_NOT_STORED);
    }

    @Override
    public Acknowledgement acknowledgement() {
        return Acknowledgement.EMPTY_200;
    }
}

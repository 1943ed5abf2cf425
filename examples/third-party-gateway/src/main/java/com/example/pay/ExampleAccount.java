package com.example.pay;

import ipn.gateway.AccountId;
import ipn.gateway.Acknowledgement;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Reverification;
import ipn.gateway.Translation;
import ipn.gateway.Verdict;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.JsonShape;
import ipn.gateway.content.StrictJson;
import ipn.gateway.signature.SignatureAuthenticator;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One merchant account at Example Pay. */
record ExampleAccount(AccountId id, SignatureAuthenticator authenticator, ExampleTranslator translator)
        implements GatewayAccount {
    private static final JsonShape WANTED = JsonShape.of(List.of("/id", "/type", "/payment/id"));

    @Override
    public Set<String> contentTypes() {
        return Set.of("application/json");
    }

    @Override
    public Set<String> keptHeaders() {
        return Set.of(ExampleSignature.HEADER);
    }

    @Override
    public boolean verifiesOffEventLoop() {
        return false;
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
        return List.of(StrictJson.glance(delivery.body(), WANTED)
                .flatMap(this::item)
                .orElseGet(() -> Item.unidentified(id, delivery.body())));
    }

    private Optional<Item> item(JsonField event) {
        return event.at("id").glance().map(eventId -> {
            var paymentId = event.at("payment").at("id").glance().orElse(eventId);
            return new Item(
                    0,
                    id.key(Item.keyPart(paymentId)),
                    id.key(Item.keyPart(eventId)),
                    event.at("type").code());
        });
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

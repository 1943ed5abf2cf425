package ipn.gateway.braintree;

import ipn.gateway.AccountId;
import ipn.gateway.Acknowledgement;
import ipn.gateway.ChallengeResponder;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Reverification;
import ipn.gateway.Translation;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.content.PayloadView;
import ipn.gateway.content.RefusedException;
import ipn.gateway.signature.SignatureAuthenticator;
import ipn.gateway.signature.SignatureKey.HmacKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One webhook destination at Braintree. */
record BraintreeAccount(
        AccountId id, SignatureAuthenticator signatures, List<HmacKey> keys, BraintreeTranslator translator)
        implements GatewayAccount, ChallengeResponder {
    BraintreeAccount {
        keys = List.copyOf(keys);
    }

    @Override
    public Set<String> contentTypes() {
        return Set.of("application/x-www-form-urlencoded");
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
        return CompletableFuture.completedFuture(judge(delivery, now));
    }

    /** Some transports remove the final line break of a payload, but the signature covers it. */
    private Verdict judge(Delivery delivery, Instant now) {
        var asSent = signatures.judge(delivery, now);
        return asSent instanceof Genuine
                ? asSent
                : signatures.judge(BraintreeSignature.claimWithLineBreak(delivery), now);
    }

    @Override
    public Reverification reverify(Delivery stored) {
        return Reverification.from(judge(stored, stored.receivedAt()));
    }

    @Override
    public List<Item> identify(Delivery delivery) {
        return BraintreeKeys.items(delivery.body(), id);
    }

    @Override
    public Translation translate(Delivery delivery, Item item) {
        return translator.translate(delivery, item.index());
    }

    @Override
    public Optional<PayloadView> payloadView(Delivery delivery, Item item) {
        return RefusedException.unlessRefused(
                () -> new PayloadView(BraintreeMessage.of(delivery.body()).notification()));
    }

    @Override
    public Acknowledgement acknowledgement() {
        return Acknowledgement.EMPTY_200;
    }

    /** Answers with a key pair without an end, if there is one: Braintree sends one challenge, when the destination is added. */
    @Override
    public Optional<Acknowledgement> answer(String query) {
        var lasting = keys.stream().filter(key -> key.secret().until().isEmpty());
        return lasting.findFirst()
                .or(() -> keys.stream().findFirst())
                .flatMap(key -> BraintreeSignature.challengeIn(query)
                        .map(challenge ->
                                new Acknowledgement(200, "text/plain", BraintreeSignature.answer(challenge, key))));
    }
}

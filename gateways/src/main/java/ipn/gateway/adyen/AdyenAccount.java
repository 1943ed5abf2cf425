package ipn.gateway.adyen;

import ipn.gateway.AccountId;
import ipn.gateway.Acknowledgement;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Reverification;
import ipn.gateway.Translation;
import ipn.gateway.Verdict;
import ipn.gateway.content.Amounts;
import ipn.gateway.content.PayloadView;
import ipn.gateway.content.RefusedException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One webhook endpoint at Adyen. */
record AdyenAccount(AdyenProof proof, AdyenAccountSettings accountSettings) implements GatewayAccount {
    /** Legacy endpoints accept only this body as success. */
    private static final Acknowledgement ACCEPTED = new Acknowledgement(200, "text/plain", "[accepted]");

    @Override
    public AccountId id() {
        return accountSettings.account();
    }

    @Override
    public Set<String> contentTypes() {
        return Set.of("application/json", "application/x-www-form-urlencoded");
    }

    /** Excludes the header with the password. */
    @Override
    public Set<String> keptHeaders() {
        return Set.of(AdyenSignature.HEADER);
    }

    @Override
    public boolean verifiesOffEventLoop() {
        return false;
    }

    @Override
    public CompletionStage<Verdict> authenticate(Delivery delivery, Instant now) {
        return CompletableFuture.completedFuture(proof.judge(delivery, now));
    }

    /** The password is a credential and therefore not stored; the signatures prove the delivery without it. */
    @Override
    public Reverification reverify(Delivery stored) {
        return Reverification.from(proof.judgeSignatures(stored, stored.receivedAt()));
    }

    @Override
    public List<Item> identify(Delivery delivery) {
        return AdyenKeys.items(delivery.body(), accountSettings);
    }

    @Override
    public Translation translate(Delivery delivery, Item item) {
        return new AdyenTranslator(accountSettings).translate(delivery, item.index());
    }

    /** Shows one item of a batch, or the whole body for webhook families that sign the whole body. */
    @Override
    public Optional<PayloadView> payloadView(Delivery delivery, Item item) {
        try {
            var body = AdyenBody.read(delivery.body());
            return Optional.of(new PayloadView(
                    body.items().isEmpty() ? body.root() : body.items().get(item.index())));
        } catch (RefusedException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    @Override
    public Amounts amounts() {
        return AdyenEvent.AMOUNTS;
    }

    /** An automatic capture has the payment's own reference; no notification names another. */
    @Override
    public String captureId(String payment, String capture) {
        return accountSettings.capture() == Capture.AUTOMATIC ? payment : capture;
    }

    @Override
    public Acknowledgement acknowledgement() {
        return ACCEPTED;
    }
}

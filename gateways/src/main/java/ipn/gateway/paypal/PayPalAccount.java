package ipn.gateway.paypal;

import ipn.gateway.AccountId;
import ipn.gateway.Acknowledgement;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Reverification;
import ipn.gateway.Reverification.Cause;
import ipn.gateway.Reverification.NotVerifiable;
import ipn.gateway.Translation;
import ipn.gateway.Verdict;
import ipn.gateway.content.Amounts;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A PayPal account with one or several webhooks. */
record PayPalAccount(AccountId id, PayPalSignature signature, PayPalTranslator translator) implements GatewayAccount {

    @Override
    public Set<String> contentTypes() {
        return Set.of("application/json");
    }

    @Override
    public Set<String> keptHeaders() {
        return Set.copyOf(Transmission.HEADERS);
    }

    @Override
    public boolean verifiesOffEventLoop() {
        return true;
    }

    @Override
    public CompletionStage<Verdict> authenticate(Delivery delivery, Instant now) {
        return signature.judge(delivery, now);
    }

    @Override
    public Reverification reverify(Delivery stored) {
        return new NotVerifiable(Cause.KEY_NOT_STORED);
    }

    @Override
    public List<Item> identify(Delivery delivery) {
        return PayPalKeys.items(delivery.body(), id);
    }

    @Override
    public Translation translate(Delivery delivery, Item item) {
        return translator.translate(delivery, item);
    }

    @Override
    public Amounts amounts() {
        return PayPalEvent.AMOUNTS;
    }

    @Override
    public Acknowledgement acknowledgement() {
        return Acknowledgement.EMPTY_200;
    }
}

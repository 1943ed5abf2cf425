package ipn.gateway.paypalipn;

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
import ipn.gateway.content.PayloadView;
import ipn.gateway.content.RefusedException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** One merchant account that receives IPNs. */
record PayPalIpnAccount(AccountId id, PostBack postBack, IpnTranslator translator) implements GatewayAccount {

    @Override
    public Set<String> contentTypes() {
        return Set.of("application/x-www-form-urlencoded");
    }

    @Override
    public Set<String> keptHeaders() {
        return Set.of();
    }

    /** The post-back waits for PayPal and needs no CPU time. */
    @Override
    public boolean verifiesOffEventLoop() {
        return false;
    }

    @Override
    public CompletionStage<Verdict> authenticate(Delivery delivery, Instant now) {
        return postBack.ask(delivery, now);
    }

    @Override
    public Reverification reverify(Delivery stored) {
        return new NotVerifiable(Cause.CONFIRMED_BY_GATEWAY);
    }

    @Override
    public List<Item> identify(Delivery delivery) {
        try {
            return List.of(IpnKeys.of(IpnMessage.read(delivery.body())).item(id));
        } catch (RefusedException e) {
            return List.of(Item.unidentified(id, delivery.body()));
        }
    }

    @Override
    public Translation translate(Delivery delivery, Item item) {
        return Translation.orRefused(
                () -> translator.translate(IpnMessage.read(delivery.body()), delivery.receivedAt()));
    }

    @Override
    public Optional<PayloadView> payloadView(Delivery delivery, Item item) {
        return RefusedException.unlessRefused(
                () -> IpnMessage.read(delivery.body()).form().payloadView());
    }

    @Override
    public Amounts amounts() {
        return IpnMessage.AMOUNTS;
    }

    @Override
    public Acknowledgement acknowledgement() {
        return Acknowledgement.EMPTY_200;
    }
}

package ipn.gateway;

import ipn.gateway.content.Amounts;
import ipn.gateway.content.PayloadView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** One merchant account at a gateway: what it accepts, believes, and understands. Thread-safe. */
public interface GatewayAccount {
    AccountId id();

    /** Media types the gateway sends, lower case without parameters; anything else is answered with 415. */
    Set<String> contentTypes();

    /** Headers, in lower case, that the signature or the translation needs; kept with the raw record. */
    Set<String> keptHeaders();

    /** True where authenticating computes for more than a tenth of a millisecond: then it stays off event loops. */
    boolean verifiesOffEventLoop();

    /** How long the gateway waits for an answer, from its request to our whole answer; by default longer than we take. */
    default Duration responseTimeout() {
        return Duration.ofMinutes(1);
    }

    /**
     * Judges the delivery by its exact bytes. Total: bad input is a verdict, never an exception or a failed stage.
     *
     * @param now the time timestamps are compared with
     */
    CompletionStage<Verdict> authenticate(Delivery delivery, Instant now);

    /**
     * Says what the delivery is about, without understanding it: cheap, never throws, never empty. What cannot be
     * identified gets keys made of its hash, see {@link Item#unidentified}.
     */
    List<Item> identify(Delivery delivery);

    /** Translates one item of a delivery. Total: what makes no sense is {@link Translation.Refused}. */
    Translation translate(Delivery delivery, Item item);

    /**
     * What the item is made of, so that a change of the gateway's format is noticed. Empty where it cannot be read. Total.
     * Most bodies are the JSON object that this reads.
     */
    default Optional<PayloadView> payloadView(Delivery delivery, Item item) {
        return PayloadView.ofJson(delivery.body());
    }

    /** How the gateway counts money; by default as ISO 4217 does. */
    default Amounts amounts() {
        return Amounts.ISO;
    }

    /**
     * The id that our capture has where a settlement report names both the payment and the capture. By default the latter.
     *
     * @param payment the gateway's id of the payment
     * @param capture the gateway's id of the capture; that of the payment where the report names none
     */
    default String captureId(String payment, String capture) {
        return capture;
    }

    /** The response that the gateway requires after its notification is stored. */
    Acknowledgement acknowledgement();
}

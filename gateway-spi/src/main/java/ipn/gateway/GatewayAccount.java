package ipn.gateway;

import ipn.gateway.content.Amounts;
import ipn.gateway.content.PayloadView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** One merchant account at a gateway: accepts, authenticates and translates deliveries. Thread-safe. */
public interface GatewayAccount {
    AccountId id();

    /** Media types that the gateway sends, in lower case without parameters; any other type is answered with 415. */
    Set<String> contentTypes();

    /** Headers, in lower case, that the signature or the translation needs; stored with the raw record. */
    Set<String> keptHeaders();

    /** True if authentication computes for more than 0.1 ms; it must then not run on an event loop. */
    boolean verifiesOffEventLoop();

    /** How long the gateway waits from its request to the complete response; the default exceeds our response time. */
    default Duration responseTimeout() {
        return Duration.ofMinutes(1);
    }

    /**
     * Authenticates the delivery by its exact bytes. Bad input results in a verdict, never in an exception or a failed stage.
     *
     * @param now the time that signed timestamps are compared with
     */
    CompletionStage<Verdict> authenticate(Delivery delivery, Instant now);

    /**
     * Authenticates again a delivery that was read back from {@code ipn.raw}, by its exact bytes and the {@link #keptHeaders()},
     * without any query. Signed times and ends of secrets are compared with its time of receipt, so that the result is the same
     * whenever the record is read. Never throws.
     *
     * <p>Only the account, and never a header alone, may decide that a delivery cannot be verified: a forged record has no
     * signature.
     */
    Reverification reverify(Delivery stored);

    /**
     * Identifies the items of the delivery without translating them. Cheap, never throws, never empty. A delivery that cannot
     * be identified gets keys derived from its hash, see {@link Item#unidentified}.
     */
    List<Item> identify(Delivery delivery);

    /**
     * Whether the item may wait for items about purchases if there are many of its kind: it is about a refund, a dispute, a chargeback, a reversal or a
     * fraud signal. A wrong answer delays it, or the purchases, and changes nothing else. By default the type says so. Cheap, never throws.
     */
    default boolean mayWait(Item item) {
        return MoneyBack.names(item.type());
    }

    /** Translates one item of a delivery. Never throws: an invalid item results in {@link Translation.Refused}. */
    Translation translate(Delivery delivery, Item item);

    /**
     * The fields of the item, to detect changes in the gateway's format. Empty if the item cannot be read. Never throws.
     * The default reads a body that is one JSON object, as most are.
     */
    default Optional<PayloadView> payloadView(Delivery delivery, Item item) {
        return PayloadView.ofJson(delivery.body());
    }

    /** The minor units that the gateway uses; by default those of ISO 4217. */
    default Amounts amounts() {
        return Amounts.ISO;
    }

    /**
     * The id of our capture fact if a settlement report names both the payment and the capture. By default the capture's id.
     *
     * @param payment the gateway's id of the payment
     * @param capture the gateway's id of the capture; the payment's id if the report names no capture
     */
    default String captureId(String payment, String capture) {
        return capture;
    }

    /** The response that the gateway requires after its notification is stored. */
    Acknowledgement acknowledgement();
}

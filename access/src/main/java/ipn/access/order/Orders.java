package ipn.access.order;

import ipn.avro.Order;
import java.util.concurrent.CompletionStage;

/** Takes orders of checkouts. */
public interface Orders {
    /** What became of an order. */
    enum Outcome {
        /** All replicas have it. */
        CREATED,
        /** All replicas had it before. */
        UNCHANGED,
        /** Its id has another content, which stays. */
        OTHER_CONTENT,
        /** Its key was used for another order. */
        KEY_USED,
        /** What was written before is not known yet. */
        LOADING,
        /** Too many orders are being written. */
        BUSY,
        /** Kafka did not say in time that it has the order. It may have it. */
        UNCONFIRMED
    }

    /**
     * Writes an order that keeps all rules. Does not block.
     *
     * @param caller who writes it
     * @param key by which the caller knows the request again
     */
    CompletionStage<Outcome> put(Order order, String caller, String key);
}

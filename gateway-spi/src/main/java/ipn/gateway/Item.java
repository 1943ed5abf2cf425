package ipn.gateway;

import ipn.gateway.content.Bytes;
import ipn.gateway.content.GatewayIds;

/**
 * One notification within a delivery. Most deliveries contain one, a batch several.
 *
 * @param index index in the batch, from 0
 * @param paymentKey {@code gateway/account/id}, shared by all facts that must merge
 * @param eventKey {@code gateway/account/id} of the event, the same on every redelivery
 * @param type the gateway's name for the event; empty if it cannot be read
 */
public record Item(int index, String paymentKey, String eventKey, String type) {
    /**
     * An item that is identified by ids of the gateway.
     *
     * @param paymentId the id shared by all facts that must merge
     * @param eventId the same on every redelivery
     */
    public static Item of(int index, AccountId account, String paymentId, String eventId, String type) {
        return new Item(index, account.keyOf(paymentId), account.eventKeyOf(eventId), type);
    }

    /** An authentic item without an event id: the hash of its bytes identifies redeliveries. */
    public static Item unidentified(AccountId account, Bytes body) {
        var key = account.key("unidentified:" + body.sha256());
        return new Item(0, key, key, "");
    }

    /** An id as part of a key: unchanged if it is a plain id, otherwise its hash. */
    public static String keyPart(String id) {
        return GatewayIds.isId(id) ? id : "sha256:" + Bytes.utf8(id).sha256();
    }
}

package ipn.gateway;

import ipn.gateway.content.Bytes;
import ipn.gateway.content.GatewayIds;

/**
 * One notification within a delivery: most deliveries hold one, a batch several.
 *
 * @param index place in the batch, from 0
 * @param paymentKey {@code gateway/account/id} on which all facts meet that must merge
 * @param eventKey {@code gateway/account/id} of the event, the same on every redelivery
 * @param type the gateway's name for the event; empty where it cannot be read
 */
public record Item(int index, String paymentKey, String eventKey, String type) {
    /**
     * One that is identified by ids of the gateway.
     *
     * @param paymentId on which all facts meet that must merge
     * @param eventId the same on every redelivery
     */
    public static Item of(int index, AccountId account, String paymentId, String eventId, String type) {
        return new Item(index, account.keyOf(paymentId), account.eventKeyOf(eventId), type);
    }

    /** Something authentic that names no event: the hash of its bytes makes its redelivery known all the same. */
    public static Item unidentified(AccountId account, Bytes body) {
        var key = account.key("unidentified:" + body.sha256());
        return new Item(0, key, key, "");
    }

    /** An id fit for a key: as it is where it is a plain id, else its hash. */
    public static String keyPart(String id) {
        return GatewayIds.isId(id) ? id : "sha256:" + Bytes.utf8(id).sha256();
    }
}

package ipn.gateway;

/**
 * One notification within a delivery: most deliveries hold one, a batch several.
 *
 * @param index place in the batch, from 0
 * @param paymentKey {@code gateway/account/id} on which all facts meet that must merge
 * @param eventKey {@code gateway/account/id} of the event, the same on every redelivery
 * @param type the gateway's name for the event; empty where it cannot be read
 */
public record Item(int index, String paymentKey, String eventKey, String type) {
    /** Ids longer than this are no gateway's; they are hashed, so that keys have a bound. */
    private static final int ID_LENGTH_MAX = 200;

    /**
     * One that is identified by ids of the gateway.
     *
     * @param paymentId on which all facts meet that must merge
     * @param eventId the same on every redelivery
     */
    public static Item of(int index, AccountId account, String paymentId, String eventId, String type) {
        return new Item(index, account.keyOf(paymentId), account.keyOf(eventId), type);
    }

    /** Something authentic that names no event: the hash of its bytes makes its redelivery known all the same. */
    public static Item unidentified(AccountId account, Bytes body) {
        var key = account.key("unidentified:" + body.sha256());
        return new Item(0, key, key, "");
    }

    /** An id fit for a key: as it is where it is a plain id, else its hash. */
    public static String keyPart(String id) {
        return isId(id) ? id : "sha256:" + Bytes.utf8(id).sha256();
    }

    /** What gateways use as ids: printable, free of slashes and blanks, neither empty nor long. */
    public static boolean isId(String text) {
        return !text.isEmpty()
                && text.length() <= ID_LENGTH_MAX
                && text.chars().allMatch(c -> c > ' ' && c < 127 && c != '/');
    }
}

package ipn.gateway;

/**
 * The client that sent a delivery, as an opaque key of its address: one IPv4 address, or one /64 network of IPv6. Serves only
 * to share limits out fairly; it proves nothing, is not stored and is not printed.
 *
 * @param key equal for deliveries of one client; empty if the client is not known
 */
public record Source(String key) {
    /** No limit per client applies to it, and it never counts as proven. */
    public static final Source UNKNOWN = new Source("");

    public boolean isKnown() {
        return !key.isEmpty();
    }

    @Override
    public String toString() {
        return isKnown() ? "Source[known]" : "Source[unknown]";
    }
}

package ipn.twin.gateway;

/** Names of the headers of raw records. */
public final class RawHeaders {
    public static final String GATEWAY = "gateway";
    public static final String EVENT_KEY = "event-key";

    private RawHeaders() {}
}

package ipn.gateway;

/**
 * The response to a stored notification.
 *
 * @param status 2xx
 * @param contentType media type of the body; empty if there is no body
 */
public record Acknowledgement(int status, String contentType, String body) {
    /** 200 with an empty body, which most gateways expect. */
    public static final Acknowledgement EMPTY_200 = new Acknowledgement(200, "", "");
}

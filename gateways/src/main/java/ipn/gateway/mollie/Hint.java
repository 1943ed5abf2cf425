package ipn.gateway.mollie;

import ipn.gateway.content.Bytes;
import ipn.gateway.content.Form;
import ipn.gateway.content.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The content of a classic webhook: the id of an object that has changed. It is not authenticated and serves only for a
 * look-up. It becomes part of a URL, so only strictly valid ids are accepted.
 *
 * @param id such as {@code tr_5B8cwPMGnU6qLbRvo7qEZo}
 */
record Hint(String id) {
    /** Event type of a hint; Mollie has no name for it. */
    static final String TYPE = "look";

    private static final int BODY_BYTES_MAX = 1_024;

    /** The hint in a body; empty where there is none. */
    static Optional<Hint> in(Bytes body) {
        if (body.size() > BODY_BYTES_MAX) {
            return Optional.empty();
        }
        try {
            return Form.decode(body, charset -> StandardCharsets.UTF_8)
                    .text("id")
                    .filter(id -> id.matches("[a-z]{2,5}_[A-Za-z0-9]{1,64}"))
                    .map(Hint::new);
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    /** Orders, subscriptions and other objects are not looked up: each of their payments has its own webhook. */
    boolean isPayment() {
        return isPayment(id);
    }

    static boolean isPayment(String id) {
        return id.matches("tr_[A-Za-z0-9]{1,64}");
    }
}

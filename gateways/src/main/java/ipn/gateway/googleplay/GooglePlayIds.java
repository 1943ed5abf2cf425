package ipn.gateway.googleplay;

import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;

/** The syntax of Google Play's ids. */
final class GooglePlayIds {
    private static final int TOKEN_LENGTH_MAX = 1_000;

    private GooglePlayIds() {}

    /** Purchase tokens are opaque, about 150 characters long, and may become longer. */
    static boolean isToken(String text) {
        return !text.isEmpty()
                && text.length() <= TOKEN_LENGTH_MAX
                && text.chars().allMatch(c -> c > ' ' && c < 127);
    }

    /**
     * A purchase token, which is mandatory.
     *
     * @throws RefusedException MISSING_FIELD or INVALID_ID
     */
    static String token(JsonField field) {
        return field.required()
                .glance()
                .filter(GooglePlayIds::isToken)
                .orElseThrow(() -> new RefusedException(
                        Reason.INVALID_ID, field.pointer() + ": not a purchase token (expected: printable ASCII)"));
    }
}

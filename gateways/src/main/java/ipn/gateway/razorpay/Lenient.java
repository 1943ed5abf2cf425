package ipn.gateway.razorpay;

import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;

/** Razorpay's own samples write the same field in several types. */
final class Lenient {
    private Lenient() {}

    /** A flag as {@code true}, {@code 1} or {@code "1"}; absent counts as false. */
    static boolean flag(JsonField field) {
        if (!field.isPresent()) {
            return false;
        }
        return switch (field.node().isBoolean()
                ? field.node().asText()
                : field.glance().orElse("")) {
            case "true", "1" -> true;
            case "false", "0", "" -> false;
            default -> throw new RefusedException(Reason.MALFORMED, field.pointer() + ": not true or false");
        };
    }
}

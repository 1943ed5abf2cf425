package ipn.gateway.razorpay;

import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;

/** Reads fields that have several types in Razorpay's own samples. */
final class Lenient {
    private Lenient() {}

    /** A flag as {@code true}, {@code 1} or {@code "1"}; an absent flag is false. */
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

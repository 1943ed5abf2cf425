package ipn.twin.gateway;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a payment is for, as the checkout has written it into the metadata of the payment.
 *
 * @param reference the thing that the product applies to, for example a post
 * @param paidUntil the end of the paid period of a subscription
 */
public record Purchase(
        String subject, String product, Optional<String> reference, String currency, Optional<Instant> paidUntil) {
    /** Reads the metadata; empty if it names no subject or no product. */
    static Optional<Purchase> of(JsonNode metadata, String subjectField, String currency, Optional<Instant> paidUntil) {
        return text(metadata, subjectField)
                .flatMap(subject -> text(metadata, "product")
                        .map(product ->
                                new Purchase(subject, product, text(metadata, "reference"), currency, paidUntil)));
    }

    private static Optional<String> text(JsonNode object, String field) {
        return Optional.of(object.path(field).asString("")).filter(value -> !value.isEmpty());
    }
}

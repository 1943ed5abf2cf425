package ipn.gateway.braintree;

import ipn.gateway.content.JsonField;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a notification is about: the one element inside its {@code subject}. Does not validate. */
record BraintreePayload(JsonField notification) {
    /** Path of the payment id by element name; for other elements it is the element's own id. */
    private static final Map<String, List<String>> PAYMENTS = Map.of(
            "dispute", List.of("transaction", "id"),
            "transaction-review", List.of("transaction-id"),
            "local-payment", List.of("transaction", "id"),
            "local-payment-funded", List.of("transaction", "id"));

    /** The element inside {@code subject}; absent if there is none. */
    JsonField entity() {
        var subject = notification.at("subject");
        return subject.node().properties().stream()
                .findFirst()
                .map(entry -> subject.at(entry.getKey()))
                .orElse(subject.at("*"));
    }

    private String name() {
        var pointer = entity().pointer();
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }

    /** The id of that element. */
    Optional<String> id() {
        return glance(entity().at("id")).or(() -> glance(entity().at("payment-id")));
    }

    /** The id for the payment key; empty if the notification is about no payment. */
    Optional<String> paymentId() {
        return switch (name()) {
            case "transaction" -> glance(entity().at("refunded-transaction-id")).or(this::id);
            case "subscription" ->
                isCharge() ? newestTransaction().flatMap(charge -> glance(charge.at("id"))) : skippedPeriod();
            default -> {
                var at = entity();
                for (var step : PAYMENTS.getOrDefault(name(), List.of("id"))) {
                    at = at.at(step);
                }
                yield glance(at).or(this::id);
            }
        };
    }

    /**
     * A period paid without a charge is a separate payment. Empty if the period, the price or the currency is missing; a
     * subscription contains no currency, but its earlier charges do.
     */
    Optional<String> skippedPeriod() {
        var known = kind().equals("subscription_billing_skipped")
                && glance(entity().at("price")).isPresent()
                && newestTransaction()
                        .flatMap(charge -> glance(charge.at("currency-iso-code")))
                        .isPresent();
        return known
                ? id().flatMap(id ->
                        glance(entity().at("billing-period-start-date")).map(start -> id + ":" + start))
                : Optional.empty();
    }

    String kind() {
        return notification.at("kind").glance().orElse("");
    }

    boolean isCharge() {
        return kind().startsWith("subscription_charged_");
    }

    /** The newest transaction of a subscription. */
    Optional<JsonField> newestTransaction() {
        return all(entity().at("transactions").at("transaction")).stream()
                .max(Comparator.comparing(
                        (JsonField charge) -> charge.at("created-at").glance().orElse("")));
    }

    /** One element, or several of the same name. */
    static List<JsonField> all(JsonField field) {
        return field.node().isArray() ? field.elements() : field.isPresent() ? List.of(field) : List.of();
    }

    static Optional<String> glance(JsonField field) {
        return field.glance().filter(text -> !text.isEmpty());
    }
}

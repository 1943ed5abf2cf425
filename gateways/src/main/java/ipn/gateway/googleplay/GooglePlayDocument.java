package ipn.gateway.googleplay;

import ipn.fact.Fact;
import ipn.fact.Fact.ReferenceName;
import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.NotificationTime;
import ipn.gateway.References;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.Times;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A document with the values that its translation needs.
 *
 * @param notifiedAt the time of the notification that caused the fetch
 */
record GooglePlayDocument(AccountId account, PublisherResource place, JsonField json, Times times, Instant notifiedAt) {
    private static final int SKUS_MAX = 20;

    static GooglePlayDocument read(AccountId account, PublisherResource place, JsonField json, Delivery delivery) {
        return new GooglePlayDocument(
                account, place, json, new Times(delivery.receivedAt()), NotificationTime.read(delivery));
    }

    JsonField at(String name) {
        return json.at(name);
    }

    /** Purchases of license testers cost nothing. */
    void requireMode(String testField) {
        if (at(testField).isPresent() == account.live()) {
            throw new RefusedException(
                    Reason.WRONG_MODE,
                    json.pointer() + "/" + testField + ": not the mode of the account (see gateways.google-play)");
        }
    }

    /**
     * A time of a plan; empty where it is absent.
     *
     * @throws RefusedException INVALID_TIME or TIME_OUT_OF_RANGE
     */
    Optional<Instant> planned(JsonField field) {
        return field.isPresent()
                ? Optional.of(times.planned(Times.isoOrSeconds(field), field.pointer()))
                : Optional.empty();
    }

    /** The account and profile ids that the app set when it started the purchase. */
    static List<Fact> references(JsonField account, JsonField profile) {
        return Stream.concat(reference(ReferenceName.SUBJECT, account), reference(ReferenceName.REFERENCE, profile))
                .toList();
    }

    private static Stream<Fact> reference(ReferenceName name, JsonField field) {
        return field.isPresent() ? Stream.of(References.reference(name, field)) : Stream.empty();
    }

    /** Products, and products with their base plans. */
    static List<Fact> skus(List<JsonField> lines, String details) {
        Set<String> skus = new LinkedHashSet<>();
        lines.forEach(line -> skus.addAll(names(line, details)));
        return skus.stream()
                .limit(SKUS_MAX)
                .map(sku -> (Fact) new Fact.Sku(sku))
                .toList();
    }

    /** The product of a line, and the product with its base plan. */
    static List<String> names(JsonField line, String details) {
        return line.at("productId").id().stream()
                .flatMap(product -> Stream.concat(
                        Stream.of(product),
                        line.at(details).at("basePlanId").id().stream().map(plan -> product + ":" + plan)))
                .toList();
    }

    static RefusedException unknown(JsonField state) {
        return new RefusedException(Reason.MALFORMED, state.pointer() + ": not a state known here");
    }
}

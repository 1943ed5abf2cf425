package ipn.gateway.paddle;

import com.fasterxml.jackson.databind.node.TextNode;
import ipn.fact.Fact;
import ipn.fact.Money;
import ipn.gateway.AccountId;
import ipn.gateway.References;
import ipn.gateway.content.Amounts;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.Times;
import ipn.topics.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One event, with what is needed to read its entity.
 *
 * @param object {@code data}: the entity at the time of the event
 */
record PaddleEvent(String type, JsonField object, AccountId account, References references, Times times) {
    /** Paddle counts every currency in the minor units of ISO 4217: JPY, KRW, CLP and VND have none. */
    private static final Amounts AMOUNTS = new Amounts(Map.of());

    private static final int SKUS_MAX = 20;

    JsonField at(String name) {
        return object.at(name);
    }

    /** A required id of the entity. */
    String id(String name) {
        return at(name).required().id().orElseThrow();
    }

    /** An amount: a string of digits that counts minor units, in the currency of the entity. */
    Money money(JsonField field) {
        var units = field.required().node();
        if (!units.isTextual() || !units.textValue().matches("-?[0-9]{1,18}")) {
            throw new RefusedException(
                    Reason.INVALID_AMOUNT, field.pointer() + ": not a text of digits (expected: minor units)");
        }
        var currency = at("currency_code").required().glance().orElse("");
        return AMOUNTS.ofUnits(new BigDecimal(units.textValue()), currency, field.pointer());
    }

    /** An amount that may be negative, as minor units of the entity's currency. */
    long signed(JsonField field) {
        var text = field.required().node();
        var negative = text.isTextual() && text.textValue().startsWith("-");
        var size = negative
                ? money(new JsonField(TextNode.valueOf(text.textValue().substring(1)), field.pointer()))
                : money(field);
        return negative ? -size.minorUnits() : size.minorUnits();
    }

    /** A time that may be in the future; empty where the field is absent. */
    Optional<Instant> planned(JsonField field) {
        return field.isPresent()
                ? Optional.of(times.planned(Times.isoOrSeconds(field), field.pointer()))
                : Optional.empty();
    }

    /** The payment key of another entity of this account; empty where the entity names none. */
    Optional<String> key(String name) {
        return at(name).id().map(id -> account.keyOf(id));
    }

    /** The references that the merchant put into the entity's custom data. */
    List<Fact> customData() {
        return references.in(List.of(at("custom_data")));
    }

    /** The SKUs that were bought: ids of prices and products in Paddle's catalog. */
    List<Fact> skus() {
        return items().stream()
                .flatMap(List::stream)
                .distinct()
                .limit(SKUS_MAX)
                .map(sku -> (Fact) new Fact.Sku(sku))
                .toList();
    }

    /** The names of each item: the ids of its price and its product. */
    List<List<String>> items() {
        return at("items").elements().stream()
                .map(item -> item.at("price"))
                .map(price -> Stream.of(price.at("id"), price.at("product_id"))
                        .flatMap(name -> name.id().stream())
                        .toList())
                .toList();
    }

    RefusedException unknown(String name) {
        return new RefusedException(
                Reason.MALFORMED,
                at(name).pointer() + ": unknown value (the event is kept until a release supports it)");
    }
}

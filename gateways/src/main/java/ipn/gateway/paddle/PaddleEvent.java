package ipn.gateway.paddle;

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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One event and what is needed to read its entity.
 *
 * @param object {@code data}, the entity as it stood
 */
record PaddleEvent(String type, JsonField object, AccountId account, References references, Times times) {
    /** All of Paddle's currencies count in ISO's minor units: yen, won, Chilean pesos and dong have none. */
    private static final Amounts AMOUNTS = new Amounts(Map.of());

    private static final int SKUS_MAX = 20;

    JsonField at(String name) {
        return object.at(name);
    }

    /** An id of the entity that has to be there. */
    String id(String name) {
        return at(name).required().id().orElseThrow();
    }

    /** A text that holds a count of the smallest unit, in the currency of the entity. */
    Money money(JsonField field) {
        var units = field.required().node();
        if (!units.isTextual() || !units.textValue().matches("-?[0-9]{1,18}")) {
            throw new RefusedException(
                    Reason.INVALID_AMOUNT, field.pointer() + ": not a text of digits (expected: minor units)");
        }
        var currency = at("currency_code").required().glance().orElse("");
        return AMOUNTS.ofUnits(new BigDecimal(units.textValue()), currency, field.pointer());
    }

    /** A time of a plan; empty where it is absent. */
    Optional<Instant> planned(JsonField field) {
        return field.isPresent()
                ? Optional.of(times.planned(Times.isoOrSeconds(field), field.pointer()))
                : Optional.empty();
    }

    /** The payment key of another entity of this account; empty where there is none. */
    Optional<String> key(String name) {
        return at(name).id().map(id -> account.keyOf(id));
    }

    /** What the merchant wrote on the entity. */
    List<Fact> customData() {
        return references.in(List.of(at("custom_data")));
    }

    /** What was bought, by the names of Paddle's catalogue: price and product. */
    List<Fact> skus() {
        var skus = new LinkedHashSet<String>();
        for (var item : at("items").elements()) {
            item.at("price").at("id").id().ifPresent(skus::add);
            item.at("price").at("product_id").id().ifPresent(skus::add);
        }
        return skus.stream()
                .limit(SKUS_MAX)
                .map(sku -> (Fact) new Fact.Sku(sku))
                .toList();
    }

    RefusedException unknown(String name) {
        return new RefusedException(
                Reason.MALFORMED, at(name).pointer() + ": not a word known here (kept for a newer version)");
    }
}

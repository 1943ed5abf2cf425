package ipn.gateway.razorpay;

import ipn.fact.Fact;
import ipn.fact.Money;
import ipn.gateway.AccountId;
import ipn.gateway.References;
import ipn.gateway.content.Amounts;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.Times;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One event, with what is needed to read the entities in its payload. */
record RazorpayEvent(JsonField payload, AccountId account, References references, Times times, Instant occurredAt) {
    /**
     * Razorpay counts in the minor units of ISO 4217: JPY has no decimals, and dinars have three, of which the last is
     * 0.
     */
    private static final Amounts AMOUNTS = new Amounts(Map.of());

    JsonField entity(String name) {
        return payload.at(name).at("entity");
    }

    JsonField payment() {
        return entity("payment").required();
    }

    /** A required id. */
    static String id(JsonField field) {
        return field.required().id().orElseThrow();
    }

    /** An amount in the currency of its entity. */
    static Money money(JsonField entity, String name) {
        var field = entity.at(name);
        var currency = entity.at("currency").required().glance().orElse("");
        return AMOUNTS.ofUnits(field.number(Reason.INVALID_AMOUNT), currency, field.pointer());
    }

    /** The payment key of another object of this account. */
    String key(String id) {
        return account.keyOf(id);
    }

    /**
     * The references in the notes of the entities; an earlier entity has precedence. Razorpay writes empty notes as a
     * list.
     */
    List<Fact> notes(String... entities) {
        return references.in(
                Stream.of(entities).map(name -> entity(name).at("notes")).toList());
    }
}

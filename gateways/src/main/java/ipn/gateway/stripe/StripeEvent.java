package ipn.gateway.stripe;

import ipn.fact.Fact;
import ipn.fact.Money;
import ipn.gateway.AccountId;
import ipn.gateway.References;
import ipn.gateway.content.Amounts;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.Times;
import ipn.topics.Reason;
import java.util.List;
import java.util.Map;

/**
 * One event, with what is needed to read its object.
 *
 * @param object {@code data.object}, in the format of the endpoint's API version
 */
record StripeEvent(String type, JsonField object, AccountId account, References references, Times times) {
    /**
     * Currencies whose minor unit at Stripe differs from ISO 4217. ISK and UGX have two decimals, which are always 00.
     */
    static final Amounts AMOUNTS = new Amounts(Map.of("MGA", 0, "ISK", 2, "UGX", 2));

    JsonField at(String name) {
        return object.at(name);
    }

    /** A required id of the object. */
    String id(String name) {
        return at(name).required().reference().orElseThrow();
    }

    /** The id in the payment key, shared by all events of the payment. */
    String paymentId() {
        return at("payment_intent")
                .reference()
                .or(() -> at("charge").reference())
                .orElseGet(() -> id("id"));
    }

    /** An amount in the currency of the object. */
    Money money(String name) {
        var field = at(name);
        var currency = at("currency").required().glance().orElse("");
        return AMOUNTS.ofUnits(field.number(Reason.INVALID_AMOUNT), currency, field.pointer());
    }

    /** An amount that may be negative, as minor units of the object's currency. */
    long signed(JsonField field) {
        var units = field.number(Reason.INVALID_AMOUNT);
        var currency = at("currency").required().glance().orElse("");
        var size = AMOUNTS.ofUnits(units.abs(), currency, field.pointer()).minorUnits();
        return units.signum() < 0 ? -size : size;
    }

    /** The payment key of another object of this account. */
    String key(String id) {
        return account.keyOf(id);
    }

    /** The merchant's references in the object's metadata. */
    List<Fact> metadata() {
        return references.in(List.of(at("metadata")));
    }

    /** The link to the invoice: in API versions before 2025 a payment names the invoice it pays. */
    List<Fact> invoice() {
        return at("invoice").reference().stream()
                .map(invoice -> (Fact) new Fact.Link(Fact.LinkKind.PAYS, key(invoice)))
                .toList();
    }
}

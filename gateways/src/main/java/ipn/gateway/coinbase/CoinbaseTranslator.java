package ipn.gateway.coinbase;

import static java.util.Map.entry;

import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.EventContent;
import ipn.gateway.References;
import ipn.gateway.Translation;
import ipn.gateway.coinbase.Checkouts.Checkout;
import ipn.gateway.content.EventType;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.StrictJson;
import ipn.gateway.content.Times;
import java.util.Map;
import java.util.function.Function;

/** Translates an event. Coinbase has no test mode and sends none. */
record CoinbaseTranslator(AccountId account, References references) {
    // spotless:off
    private static final Map<String, Function<Charge, EventContent>> CHARGES = Map.ofEntries(
            entry("charge:created",               Charges::created),
            entry("charge:pending",               Charges::pending),
            entry("charge:confirmed",             Charges::confirmed),
            entry("charge:failed",                Charges::failed),
            entry("charge:delayed",               Charges::delayed),
            entry("charge:resolved",              Charges::resolved));

    private static final Map<String, Function<Checkout, EventContent>> CHECKOUTS = Map.ofEntries(
            entry("payment_link.payment.success", Checkouts::paid),
            entry("payment_link.payment.failed",  Checkouts::failed),
            entry("payment_link.payment.expired", Checkouts::expired),
            entry("checkout.payment.success",     Checkouts::paid),
            entry("checkout.payment.failed",      Checkouts::failed),
            entry("checkout.payment.expired",     Checkouts::expired));
    // spotless:on

    Translation translate(Delivery delivery) {
        var body = StrictJson.read(delivery.body());
        var times = new Times(delivery.receivedAt());
        return CoinbaseKeys.isCommerce(body) ? charge(body.at("event"), times) : checkout(body, times);
    }

    private Translation charge(JsonField event, Times times) {
        var type = EventType.required(event.at("type"));
        var reader = CHARGES.get(type);
        if (reader == null) {
            return new Translation.Ignored(type);
        }
        var unused = event.at("id").required().id();
        var time = event.at("created_at");
        var occurredAt = times.occurred(Times.isoOrSeconds(time), time.pointer());
        return reader.apply(new Charge(event.at("data"), references)).translation(type, occurredAt);
    }

    private Translation checkout(JsonField body, Times times) {
        var type = EventType.required(body.at("eventType"));
        var reader = CHECKOUTS.get(type);
        if (reader == null) {
            return new Translation.Ignored(type);
        }
        var time = body.at("updatedAt").isPresent() ? body.at("updatedAt") : body.at("createdAt");
        var occurredAt = times.occurred(Times.isoOrSeconds(time), time.pointer());
        return reader.apply(new Checkout(body, references)).translation(type, occurredAt);
    }
}

package ipn.gateway.coinbase;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Money;
import ipn.gateway.EventContent;
import ipn.gateway.References;
import ipn.gateway.content.JsonField;
import java.util.List;
import java.util.Optional;

/** Events of payment links and checkouts, whose body is the link or checkout itself. Each is paid once, in full or not at all. */
final class Checkouts {
    private Checkouts() {}

    /**
     * A link or checkout.
     *
     * @param object the body
     */
    record Checkout(JsonField object, References references) {
        String id() {
            return object.at("id").required().id().orElseThrow();
        }

        Money amount() {
            return CoinbaseAmounts.money(object.at("amount"), object.at("currency"));
        }

        Optional<Money> fee() {
            var settlement = object.at("settlement");
            var fee = settlement.at("feeAmount");
            return fee.isPresent()
                    ? Optional.of(CoinbaseAmounts.money(fee, settlement.at("currency")))
                    : Optional.empty();
        }
    }

    static EventContent paid(Checkout checkout) {
        return content(checkout, 3, new Fact.Captured(checkout.id(), checkout.amount(), checkout.fee()));
    }

    static EventContent failed(Checkout checkout) {
        return content(checkout, 1, new Fact.Attempt(checkout.id(), AttemptStatus.FAILED, ""));
    }

    static EventContent expired(Checkout checkout) {
        return content(checkout, 2, new Fact.Attempt(checkout.id(), AttemptStatus.EXPIRED, ""));
    }

    private static EventContent content(Checkout checkout, long rank, Fact fact) {
        return EventContent.of(rank, checkout.amount(), fact)
                .and(checkout.references().in(List.of(checkout.object().at("metadata"))));
    }
}

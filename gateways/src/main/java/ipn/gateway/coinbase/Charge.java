package ipn.gateway.coinbase;

import ipn.fact.Fact;
import ipn.fact.Money;
import ipn.gateway.References;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A charge of Commerce, as of the event.
 *
 * @param object {@code event.data}
 */
record Charge(JsonField object, References references) {
    String id() {
        var code = object.at("code");
        return code.isPresent()
                ? code.id().orElseThrow()
                : object.at("id").required().id().orElseThrow();
    }

    /** The requested amount; empty if the payer chooses it. */
    Optional<Money> asked() {
        return CoinbaseAmounts.money(object.at("pricing").at("local"));
    }

    /** The final amount received, in the requested currency; empty if there is none or the payments do not contain it. */
    Optional<Money> received() {
        var values = confirmed().stream()
                .map(payment -> payment.at("value").at("local"))
                .toList();
        if (values.isEmpty() || !values.stream().allMatch(this::inCurrencyOfCharge)) {
            return Optional.empty();
        }
        var sum = values.stream()
                .map(value -> CoinbaseAmounts.decimal(value.at("amount")))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        var currency = CoinbaseAmounts.currency(values.get(0).at("currency"));
        return Optional.of(CoinbaseAmounts.money(sum, currency, object.at("payments")));
    }

    /** The confirmed amount: the amount received, or the requested amount if no payment is listed. */
    Money confirmedAmount() {
        var payments = object.at("payments");
        if (payments.isPresent()
                && !(payments.node().isArray() && payments.node().isEmpty())) {
            return required();
        }
        var local = object.at("pricing").at("local");
        return asked().orElseThrow(() -> new RefusedException(Reason.MISSING_FIELD, local.pointer() + ": missing"));
    }

    /** The amount received, which is required: the requested amount does not prove a payment. */
    Money required() {
        return received()
                .orElseThrow(
                        () -> new RefusedException(
                                Reason.MISSING_FIELD,
                                object.at("payments").pointer()
                                        + ": no sum (expected: a confirmed payment, its local value in the currency of the price)"));
    }

    boolean isUnderpaid() {
        var asked = asked();
        return asked.isPresent()
                && received()
                        .filter(money -> money.minorUnits() < asked.get().minorUnits())
                        .isPresent();
    }

    /** The current status of the charge: the last entry of its timeline. */
    String lastStatus() {
        return last().map(entry -> entry.at("status").code()).orElse("");
    }

    /** The reason why it is unresolved, in lower case: underpaid, overpaid, delayed. */
    String context() {
        return last().map(entry -> entry.at("context").code().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    List<Fact> metadata() {
        return references.in(List.of(object.at("metadata")));
    }

    private List<JsonField> confirmed() {
        return object.at("payments").elements().stream()
                .filter(payment -> payment.at("status").code().equalsIgnoreCase("confirmed"))
                .toList();
    }

    private boolean inCurrencyOfCharge(JsonField value) {
        var local = object.at("pricing").at("local").at("currency");
        return value.isPresent()
                && (!local.isPresent()
                        || CoinbaseAmounts.currency(local).equals(CoinbaseAmounts.currency(value.at("currency"))));
    }

    private Optional<JsonField> last() {
        var timeline = object.at("timeline").elements();
        return timeline.isEmpty() ? Optional.empty() : Optional.of(timeline.get(timeline.size() - 1));
    }
}

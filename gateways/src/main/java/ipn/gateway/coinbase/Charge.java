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
 * A charge of Commerce, as it stood when something happened to it.
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

    /** What was asked for; empty where the payer chooses. */
    Optional<Money> asked() {
        return CoinbaseAmounts.money(object.at("pricing").at("local"));
    }

    /** What has come for good, in the currency asked for; empty where nothing has, or the payments do not say. */
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

    /** What Coinbase calls confirmed: what came, or what was asked for where no payment at all is listed. */
    Money confirmedAmount() {
        var payments = object.at("payments");
        if (payments.isPresent()
                && !(payments.node().isArray() && payments.node().isEmpty())) {
            return required();
        }
        var local = object.at("pricing").at("local");
        return asked().orElseThrow(() -> new RefusedException(Reason.MISSING_FIELD, local.pointer() + ": missing"));
    }

    /** What came, which has to be told: what was asked for is nobody's word that it came. */
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

    /** Where the charge stands: the last entry of its timeline. */
    String lastStatus() {
        return last().map(entry -> entry.at("status").code()).orElse("");
    }

    /** Why it is unresolved, in lower case: underpaid, overpaid, delayed. */
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

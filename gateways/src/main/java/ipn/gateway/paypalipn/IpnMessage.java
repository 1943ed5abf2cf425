package ipn.gateway.paypalipn;

import ipn.fact.Money;
import ipn.gateway.content.Amounts;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.Form;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The variables of one message, with typed access by name. */
record IpnMessage(Form form) {
    /** Currencies that PayPal takes without decimals; for the others it follows ISO 4217. */
    static final Amounts AMOUNTS = new Amounts(Map.of("HUF", 0, "JPY", 0, "TWD", 0));

    static IpnMessage read(Bytes body) {
        return new IpnMessage(Form.decode(body, IpnCharsets::named));
    }

    Optional<String> text(String name) {
        return form.text(name);
    }

    /** {@code txn_type} in lower case; empty where it is absent, as on refunds and reversals. */
    String txnType() {
        return text("txn_type").orElse("").toLowerCase(Locale.ROOT);
    }

    Optional<PaymentStatus> status() {
        return text("payment_status").flatMap(PaymentStatus::of);
    }

    /** {@code txn_type/payment_status}, or the one of the two that is present and has the form of a name. */
    String type() {
        return Stream.of("txn_type", "payment_status")
                .flatMap(name -> text(name).stream())
                .filter(name -> name.matches("[A-Za-z0-9_.-]{1,80}"))
                .collect(Collectors.joining("/"));
    }

    /**
     * A variable that holds one of PayPal's ids.
     *
     * @throws RefusedException INVALID_ID where the value is not an id
     */
    Optional<String> id(String name) {
        var id = text(name);
        if (id.isPresent() && !id.get().matches("[!-~]{1,127}")) {
            throw new RefusedException(
                    Reason.INVALID_ID, name + ": not an id (expected: up to 127 printable characters)");
        }
        return id;
    }

    /** {@code txn_id}. */
    String transaction() {
        return id("txn_id").orElseThrow(() -> missing("txn_id"));
    }

    /** The sale that a refund, a reversal or a case is about. */
    String sale() {
        return id("parent_txn_id").orElseGet(this::transaction);
    }

    /** The subscription or the recurring payments profile. */
    String subscription() {
        return id("subscr_id")
                .or(() -> id("recurring_payment_id"))
                .orElseThrow(() -> missing("subscr_id, recurring_payment_id"));
    }

    /** True where {@code mc_gross} is negative: money leaves the merchant. */
    boolean takesMoney() {
        return text("mc_gross").orElse("").startsWith("-");
    }

    /** {@code mc_gross}; a negative amount is refused. */
    Money gross() {
        return money("mc_gross", text("mc_gross").orElseThrow(() -> missing("mc_gross")));
    }

    /** The absolute value of {@code mc_gross}, for messages whose amount is negative. */
    Money grossMoved() {
        var gross = text("mc_gross").orElseThrow(() -> missing("mc_gross"));
        return money("mc_gross", gross.startsWith("-") ? gross.substring(1) : gross);
    }

    /** {@code mc_fee}: PayPal's fee. */
    Optional<Money> fee() {
        return text("mc_fee").map(fee -> money("mc_fee", fee));
    }

    private Money money(String name, String amount) {
        var currency = text("mc_currency").orElseThrow(() -> missing("mc_currency"));
        return AMOUNTS.ofDecimal(amount, currency, name);
    }

    static RefusedException missing(String name) {
        return new RefusedException(Reason.MISSING_FIELD, name + ": missing");
    }
}

package ipn.projector.settlement;

import ipn.avro.Bill;
import ipn.avro.Claim;
import ipn.avro.PaymentState;
import ipn.avro.Subscription;
import ipn.projector.settlement.Product.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A payment key under assessment, or one of its bills.
 *
 * @param product what it is for; empty where nothing of the catalogue is named
 * @param reversals what took its money back
 * @param name what claims and discrepancies about it go by; a storage format
 */
record Assessed(
        ProductCatalogue catalogue,
        PaymentState own,
        Worth worth,
        Optional<Product> product,
        Reversals reversals,
        String name) {

    /** One bill of this key. */
    Assessed of(Billed billed, Optional<Product> sold) {
        return new Assessed(catalogue, own, worth, sold, billed.reversals(), billed.name());
    }

    Assessment payment(String currency, long paid) {
        return mismatch(currency, paid).orElseGet(() -> {
            var from = Objects.requireNonNull(own.getCapturedAt(), "money was captured");
            var sold = product.orElseThrow();
            var standing = reversals.standing(paid, currency);
            return sold.kind() == Kind.ONCE
                    ? Assessment.claims(claim("ONCE", standing, from).setFrom(from))
                    : Assessment.claims(
                            claim("PERIOD", standing, from).setFrom(from).setUntil(sold.periodEnd(from)));
        });
    }

    Assessment bill(Bill bill) {
        if (bill.getStatus().equals("FAILED")) {
            return unproven(bill);
        }
        // a bill of nothing proves nothing: a trial is what the subscription says
        if (!bill.getStatus().equals("PAID") || bill.getPaid() == 0) {
            return Assessment.NOTHING;
        }
        return mismatch(bill.getCurrency(), bill.getPaid()).orElseGet(() -> {
            var sold = product.orElseThrow();
            var standing = reversals.standing(bill.getPaid(), bill.getCurrency());
            var from = from(bill);
            if (sold.kind() == Kind.ONCE) {
                return Assessment.claims(
                        claim("ONCE", standing, from).setBill(id(bill)).setFrom(from));
            }
            return Assessment.claims(claim("PERIOD", standing, from)
                    .setSubscription(bill.getSubscription())
                    .setBill(id(bill))
                    .setFrom(from)
                    .setUntil(until(bill, sold)));
        });
    }

    /** A renewal that failed claims nothing, and tells why access is in grace. */
    private Assessment unproven(Bill bill) {
        if (bill.getSubscription() == null || !ready()) {
            return Assessment.NOTHING;
        }
        return Assessment.claims(claim("PERIOD", "FAILED", bill.getAt())
                .setSubscription(bill.getSubscription())
                .setFrom(from(bill)));
    }

    Assessment subscription(Subscription subscription) {
        if (!ready() || product.orElseThrow().kind() != Kind.SUBSCRIPTION) {
            return Assessment.NOTHING;
        }
        return Assessment.claims(claim("SUBSCRIPTION", subscription.getStatus(), subscription.getAt())
                .setSubscription(own.getPaymentKey())
                .setUntil(subscription.getTrialEnd())
                .setCancelScheduled(subscription.getCancelScheduled())
                .setCancelAt(subscription.getCancelAt()));
    }

    /** Everything that must be known before anything is claimed, money apart. */
    private boolean ready() {
        return identity().isEmpty();
    }

    private Optional<Assessment> identity() {
        if (catalogue.live() && !own.getLive()) {
            return Optional.of(wholly("WRONG_MODE", "live money", "test money"));
        }
        if (worth.reference("subject").isEmpty()) {
            return Optional.of(wholly("NO_SUBJECT", "a subject among the references", "none"));
        }
        if (product.isEmpty()) {
            var named = worth.reference("product");
            return Optional.of(wholly(
                    named.isPresent() ? "UNKNOWN_PRODUCT" : "NO_PRODUCT",
                    "a product of the catalogue",
                    named.orElse("none")));
        }
        if (product.get().scoped() && worth.reference("reference").isEmpty()) {
            return Optional.of(wholly("NO_SCOPE", "a reference to what it is for", "none"));
        }
        return Optional.empty();
    }

    /** What does not match for all bills of the key alike. */
    private Assessment wholly(String kind, String expected, String actual) {
        return Assessment.mismatch(kind, own.getPaymentKey(), expected, actual);
    }

    private Optional<Assessment> mismatch(String currency, long paid) {
        return identity().or(() -> price(currency, paid));
    }

    private Optional<Assessment> price(String currency, long paid) {
        var prices = product.orElseThrow().prices();
        var price = prices.get(currency);
        if (price == null) {
            return Optional.of(Assessment.mismatch(
                    "CURRENCY_MISMATCH",
                    name,
                    String.join(" or ", prices.keySet().stream().sorted().toList()),
                    currency));
        }
        if (price == paid) {
            return Optional.empty();
        }
        return Optional.of(Assessment.mismatch(
                paid < price ? "UNDERPAID" : "OVERPAID", name, shown(price, currency), shown(paid, currency)));
    }

    private Claim.Builder claim(String kind, String standing, Instant otherwiseAt) {
        var sold = product.orElseThrow();
        return Claim.newBuilder()
                .setClaimKey(name + (kind.equals("SUBSCRIPTION") ? " subscription" : ""))
                .setPaymentKey(own.getPaymentKey())
                .setSubject(worth.reference("subject").orElseThrow())
                .setEntitlement(sold.entitlement())
                .setScope(sold.scoped() ? worth.reference("reference").orElseThrow() : null)
                .setProduct(sold.name())
                .setKind(kind)
                .setStanding(standing)
                .setAt(reversals.since(standing).orElse(otherwiseAt))
                .setTest(!own.getLive());
    }

    private static @Nullable String id(Bill bill) {
        return bill.getId().isEmpty() ? null : bill.getId();
    }

    private static Instant from(Bill bill) {
        return orElse(bill.getFrom(), bill.getAt());
    }

    private static Instant until(Bill bill, Product product) {
        return orElse(bill.getUntil(), product.periodEnd(from(bill)));
    }

    private static Instant orElse(@Nullable Instant time, Instant otherwise) {
        return time == null ? otherwise : time;
    }

    private static String shown(long minorUnits, String currency) {
        var digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        return BigDecimal.valueOf(minorUnits, digits).toPlainString() + " " + currency;
    }
}

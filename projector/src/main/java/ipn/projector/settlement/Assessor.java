package ipn.projector.settlement;

import ipn.avro.Bill;
import ipn.avro.Claim;
import ipn.avro.PaymentState;
import ipn.avro.SettledPayment;
import ipn.avro.Subscription;
import ipn.projector.settlement.Product.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Assesses a payment key: authentic is not valid, so mode, subject, product, scope, currency and amount must all match
 * before it claims anything.
 *
 * @param catalogue what is sold, for how much
 */
public record Assessor(ProductCatalogue catalogue) {

    public Assessment assess(SettledPayment settled) {
        var own = settled.getOwn();
        if (own == null || settlesSomethingElse(own, settled)) {
            return Assessment.NOTHING;
        }
        var worth = Worth.of(own, settled.getSettledBy().values());
        var subscription = own.getSubscription() == null
                ? Assessment.NOTHING
                : new Assessed(own, worth).subscription(own.getSubscription());
        return money(own, worth).and(subscription);
    }

    /** What it is worth flows on to what it settles; it claims nothing by itself. */
    private static boolean settlesSomethingElse(PaymentState own, SettledPayment settled) {
        return !settled.getSettles().isEmpty()
                || own.getLinks().stream().anyMatch(link -> link.getKind().equals("SETTLES"));
    }

    private Assessment money(PaymentState own, Worth worth) {
        var bill = own.getBill();
        if (bill != null) {
            return new Assessed(own, worth).bill(bill);
        }
        var captured = worth.captured();
        if (captured.isEmpty()) {
            return Assessment.NOTHING;
        }
        return captured.size() == 1
                ? new Assessed(own, worth)
                        .payment(captured.firstKey(), captured.firstEntry().getValue())
                : Assessment.mismatch("CURRENCY_MISMATCH", "one currency", String.join(" and ", captured.keySet()));
    }

    /** One payment key under assessment. */
    private final class Assessed {
        private final PaymentState own;
        private final Worth worth;
        private final Optional<String> subject;
        private final Optional<Product> product;

        Assessed(PaymentState own, Worth worth) {
            this.own = own;
            this.worth = worth;
            this.subject = worth.reference("subject");
            var skus = worth.payments().stream()
                    .flatMap(payment -> payment.getSkus().stream())
                    .toList();
            this.product = catalogue.find(worth.reference("product"), skus);
        }

        Assessment payment(String currency, long paid) {
            return mismatch(currency, paid).orElseGet(() -> {
                var from = Objects.requireNonNull(own.getCapturedAt(), "money was captured");
                var sold = product.orElseThrow();
                var standing = worth.standing(paid, currency);
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
                var standing = worth.standing(bill.getPaid(), bill.getCurrency());
                var from = from(bill);
                if (sold.kind() == Kind.ONCE) {
                    return Assessment.claims(claim("ONCE", standing, from).setFrom(from));
                }
                return Assessment.claims(claim("PERIOD", standing, from)
                        .setSubscription(bill.getSubscription())
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
                return Optional.of(Assessment.mismatch("WRONG_MODE", "live money", "test money"));
            }
            if (subject.isEmpty()) {
                return Optional.of(Assessment.mismatch("NO_SUBJECT", "a subject among the references", "none"));
            }
            if (product.isEmpty()) {
                var named = worth.reference("product");
                return Optional.of(Assessment.mismatch(
                        named.isPresent() ? "UNKNOWN_PRODUCT" : "NO_PRODUCT",
                        "a product of the catalogue",
                        named.orElse("none")));
            }
            if (product.get().scoped() && worth.reference("reference").isEmpty()) {
                return Optional.of(Assessment.mismatch("NO_SCOPE", "a reference to what it is for", "none"));
            }
            return Optional.empty();
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
                        String.join(" or ", prices.keySet().stream().sorted().toList()),
                        currency));
            }
            if (price == paid) {
                return Optional.empty();
            }
            return Optional.of(Assessment.mismatch(
                    paid < price ? "UNDERPAID" : "OVERPAID", shown(price, currency), shown(paid, currency)));
        }

        private Claim.Builder claim(String kind, String standing, Instant otherwiseAt) {
            var sold = product.orElseThrow();
            return Claim.newBuilder()
                    .setClaimKey(own.getPaymentKey() + (kind.equals("SUBSCRIPTION") ? " subscription" : ""))
                    .setPaymentKey(own.getPaymentKey())
                    .setSubject(subject.orElseThrow())
                    .setEntitlement(sold.entitlement())
                    .setScope(sold.scoped() ? worth.reference("reference").orElseThrow() : null)
                    .setProduct(sold.name())
                    .setKind(kind)
                    .setStanding(standing)
                    .setAt(worth.since(standing).orElse(otherwiseAt))
                    .setTest(!own.getLive());
        }
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

package ipn.simulator;

import ipn.fact.Fact.ReferenceName;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Documents of the Android Publisher API, of a license tester: {@code subscriptionsv2}, {@code productsv2}, {@code orders}. */
record PlayObjects(Sample sample) {
    private static final Set<String> NOT_RENEWING = Set.of("SUBSCRIPTION_STATE_CANCELED", "SUBSCRIPTION_STATE_EXPIRED");
    private static final String BASE_PLAN = "monthly";
    private static final int NANO_DIGITS = 9;

    static String product(Sample sample) {
        return sample.says(ReferenceName.PRODUCT).orElse("premium");
    }

    Map<String, @Nullable Object> subscription(String state) {
        var identifiers = Json.object();
        sample.says(ReferenceName.SUBJECT).ifPresent(word -> identifiers.put("obfuscatedExternalAccountId", word));
        sample.says(ReferenceName.REFERENCE).ifPresent(word -> identifiers.put("obfuscatedExternalProfileId", word));
        var until = sample.period().until();
        var line = Json.object(
                "productId", product(sample),
                "expiryTime",
                        state.equals("SUBSCRIPTION_STATE_EXPIRED") ? earlier(until, sample.at()) : until.toString(),
                "latestSuccessfulOrderId", sample.ids().payment(),
                "autoRenewingPlan", Json.object("autoRenewEnabled", !NOT_RENEWING.contains(state)),
                "offerDetails", Json.object("basePlanId", BASE_PLAN));
        return Json.object(
                "kind",
                "androidpublisher#subscriptionPurchaseV2",
                "regionCode",
                "US",
                "startTime",
                earlier(sample.period().from(), sample.at()),
                "subscriptionState",
                state,
                "testPurchase",
                Json.object(),
                "externalAccountIdentifiers",
                identifiers,
                "lineItems",
                List.of(line));
    }

    Map<String, @Nullable Object> product(String state) {
        var purchase = Json.object(
                "kind",
                "androidpublisher#productPurchaseV2",
                "orderId",
                sample.ids().payment(),
                "purchaseStateContext",
                Json.object("purchaseState", state),
                "testPurchaseContext",
                Json.object("fopType", "TEST"),
                "productLineItem",
                List.of(Json.object("productId", product(sample), "productOfferDetails", Json.object("quantity", 1))));
        sample.says(ReferenceName.SUBJECT).ifPresent(word -> purchase.put("obfuscatedExternalAccountId", word));
        sample.says(ReferenceName.REFERENCE).ifPresent(word -> purchase.put("obfuscatedExternalProfileId", word));
        return purchase;
    }

    /** @param state as an order has it, or CHARGEBACK: refunded for that reason */
    Map<String, @Nullable Object> order(String state, String purchaseToken, boolean subscription) {
        var given = state.equals("REFUNDED") || state.equals("CHARGEBACK");
        var began = subscription
                ? earlier(sample.period().from(), sample.at())
                : sample.at().toString();
        var changed = state.equals("PROCESSED") ? began : sample.at().toString();
        var history = Json.object();
        if (state.equals("CANCELED")) {
            history.put("cancellationEvent", Json.object("eventTime", changed));
        } else {
            history.put("processedEvent", Json.object("eventTime", began));
        }
        if (given) {
            history.put(
                    "refundEvent",
                    Json.object(
                            "eventTime",
                            changed,
                            "refundDetails",
                            Json.object("total", money()),
                            "refundReason",
                            state.equals("CHARGEBACK") ? state : "OTHER"));
        }
        return Json.object(
                "orderId",
                sample.ids().payment(),
                "purchaseToken",
                purchaseToken,
                "state",
                given ? "REFUNDED" : state,
                "createTime",
                began,
                "lastEventTime",
                changed,
                "orderHistory",
                history,
                "lineItems",
                List.of(line(subscription)),
                "total",
                money());
    }

    private Map<String, @Nullable Object> line(boolean subscription) {
        var line = Json.object("productId", product(sample), "total", money());
        if (subscription) {
            line.put(
                    "subscriptionDetails",
                    Json.object(
                            "basePlanId",
                            BASE_PLAN,
                            "servicePeriodStartTime",
                            sample.period().from().toString(),
                            "servicePeriodEndTime",
                            sample.period().until().toString()));
        } else {
            line.put("oneTimePurchaseDetails", Json.object("quantity", 1));
        }
        return line;
    }

    private static String earlier(Instant one, Instant other) {
        return (one.isBefore(other) ? one : other).toString();
    }

    /** {@code google.type.Money}: whole units as text, and billionths. */
    private Map<String, @Nullable Object> money() {
        var money = sample.amount();
        var digits = Currency.getInstance(money.currency()).getDefaultFractionDigits();
        var parts = BigDecimal.valueOf(money.minorUnits(), digits).divideAndRemainder(BigDecimal.ONE);
        return Json.object(
                "currencyCode", money.currency(),
                "units", parts[0].toBigInteger().toString(),
                "nanos", parts[1].movePointRight(NANO_DIGITS).intValueExact());
    }
}

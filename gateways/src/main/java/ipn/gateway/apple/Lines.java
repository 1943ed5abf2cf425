package ipn.gateway.apple;

import ipn.fact.Fact;
import ipn.fact.Fact.InvoiceReason;
import java.util.List;
import java.util.Optional;

/**
 * The line of a transaction. The App Store calculates its amount from the price and the offers in App Store
 * Connect; the app and the user cannot change it.
 */
final class Lines {
    private static final int NAME_LENGTH_MAX = 100;
    private static final long QUANTITY_MAX = 999_999;

    private Lines() {}

    static Fact.Breakdown breakdown(AppleEvent event, Fact.Invoice invoice) {
        var line = Fact.Line.of(skus(event), quantity(event), invoice.paid().minorUnits())
                .withDiscount(0, offer(event))
                .prorated(isPaidUpFront(event))
                .withPeriod(invoice.from(), invoice.until());
        return new Fact.Breakdown(reason(event), 0, 0, 0, List.of(line));
    }

    private static List<String> skus(AppleEvent event) {
        return event.transaction().at("productId").word(Purchases.SKU_LENGTH_MAX).stream()
                .toList();
    }

    private static long quantity(AppleEvent event) {
        return event.transaction()
                .at("quantity")
                .glanceCount()
                .filter(quantity -> quantity <= QUANTITY_MAX)
                .orElse(1L);
    }

    /**
     * The offer that reduced the price, by an amount that a transaction does not contain. A renewal after the last discounted
     * period has no offer. A free trial is not paid and has no line.
     */
    private static Optional<String> offer(AppleEvent event) {
        var type = event.transaction().at("offerType");
        return type.isPresent()
                ? event.transaction()
                        .at("offerIdentifier")
                        .glanceWord(NAME_LENGTH_MAX)
                        .or(() -> Optional.of(kind(type.code())))
                : Optional.empty();
    }

    /** An offer that is paid once for all of its periods: the amount is not that of one period of the product. */
    private static boolean isPaidUpFront(AppleEvent event) {
        return event.transaction().at("offerDiscountType").code().equals("PAY_UP_FRONT");
    }

    /** Introductory offers have no identifier. */
    private static String kind(String offerType) {
        return switch (offerType) {
            case "1" -> "introductory offer";
            case "2" -> "promotional offer";
            case "3" -> "offer code";
            case "4" -> "win-back offer";
            default -> "offer";
        };
    }

    /**
     * By the transaction alone, which several notifications repeat. A purchase that is not the first of its subscription is a
     * switch, or a return after an end, which has no period left to replace.
     */
    private static InvoiceReason reason(AppleEvent event) {
        if (event.isShared()) {
            return InvoiceReason.SHARED;
        }
        if (Purchases.price(event).isEmpty()) {
            return InvoiceReason.UNPRICED;
        }
        if (!event.isSubscription()) {
            return InvoiceReason.MANUAL;
        }
        if (event.transaction().at("transactionReason").code().equals("RENEWAL")) {
            return InvoiceReason.RENEWAL;
        }
        return event.transactionId().equals(event.originalId()) ? InvoiceReason.FIRST : InvoiceReason.SWITCH;
    }
}

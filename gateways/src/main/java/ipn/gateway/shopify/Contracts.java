package ipn.gateway.shopify;

import ipn.fact.Fact;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.gateway.EventContent;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.Unknown;
import ipn.topics.Reason;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads topics {@code subscription_contracts/*}; the body is a snapshot of the contract. It contains no time, but a
 * revision number. It contains no reference of the merchant, so only the orders that renew the contract name subject
 * and product.
 */
final class Contracts {
    private static final BigDecimal LAST_REVISION = BigDecimal.valueOf(Long.MAX_VALUE);

    private Contracts() {}

    static TimedContent snapshot(ShopifyEvent event) {
        var id = ShopifyEvent.id(event.at("id"));
        var content = EventContent.of(
                revision(event.at("revision_id")),
                subscription(id, status(event.at("status").required())));
        return new TimedContent(event.occurredAt(), content);
    }

    static Fact subscription(String contractId, SubscriptionStatus status) {
        return new Fact.Subscription(contractId, status, Optional.empty(), Optional.empty(), false, Optional.empty());
    }

    private static SubscriptionStatus status(JsonField status) {
        return switch (status.glance().orElse("").toLowerCase(Locale.ROOT)) {
            case "active" -> SubscriptionStatus.ACTIVE;
            case "paused" -> SubscriptionStatus.PAUSED;
            case "cancelled" -> SubscriptionStatus.CANCELED;
            case "expired" -> SubscriptionStatus.EXPIRED;
            case "failed" -> SubscriptionStatus.UNPAID;
            default -> throw Unknown.status(status);
        };
    }

    private static long revision(JsonField revision) {
        var text = revision.glance().orElse("0");
        if (!text.matches("[0-9]{1,19}") || new BigDecimal(text).compareTo(LAST_REVISION) > 0) {
            throw new RefusedException(Reason.MALFORMED, revision.pointer() + ": not a revision (expected: a number)");
        }
        return Long.parseLong(text);
    }
}

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
 * Topics {@code subscription_contracts/*}: the contract as it stands. It tells no time, but counts its revisions. It bears no
 * word of the merchant, so only the orders that renew it say for whom and for what.
 */
final class Contracts {
    private static final BigDecimal LAST_REVISION = BigDecimal.valueOf(Long.MAX_VALUE);

    private Contracts() {}

    static TimedContent snapshot(ShopifyEvent event) {
        var id = ShopifyEvent.id(event.at("id"));
        var content = EventContent.of(
                revision(event.at("revision_id")),
                standing(id, status(event.at("status").required())));
        return new TimedContent(event.occurredAt(), content);
    }

    static Fact standing(String contractId, SubscriptionStatus status) {
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

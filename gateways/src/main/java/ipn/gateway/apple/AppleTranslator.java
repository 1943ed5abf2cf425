package ipn.gateway.apple;

import static java.util.Map.entry;

import ipn.fact.Fact;
import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.EventContent;
import ipn.gateway.Translation;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.Times;
import ipn.topics.Reason;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Translates a notification.
 *
 * @param subject name of the transaction's field that names the subject
 */
record AppleTranslator(AccountId account, Apps apps, String subject) {
    /** The reader of a type, and the default subscription status if the notification contains none. */
    private record Reading(Function<AppleEvent, EventContent> reader, Optional<AppleSubscriptionStatus> status) {}

    // spotless:off
    private static final Map<String, Reading> READINGS = Map.ofEntries(
            entry("SUBSCRIBED",                        when(Purchases::charged, AppleSubscriptionStatus.ACTIVE)),
            entry("OFFER_REDEEMED.INITIAL_BUY",        when(Purchases::charged, AppleSubscriptionStatus.ACTIVE)),
            entry("OFFER_REDEEMED.RESUBSCRIBE",        when(Purchases::charged, AppleSubscriptionStatus.ACTIVE)),
            entry("OFFER_REDEEMED.UPGRADE",            when(Purchases::charged, AppleSubscriptionStatus.ACTIVE)),
            entry("OFFER_REDEEMED",                    when(AppleTranslator::nothing, AppleSubscriptionStatus.ACTIVE)),
            entry("DID_RENEW",                         when(Purchases::charged, AppleSubscriptionStatus.ACTIVE)),
            entry("RENEWAL_EXTENDED",                  when(Purchases::charged, AppleSubscriptionStatus.ACTIVE)),
            entry("DID_CHANGE_RENEWAL_PREF.UPGRADE",   when(Purchases::charged, AppleSubscriptionStatus.ACTIVE)),
            entry("DID_CHANGE_RENEWAL_PREF",           when(AppleTranslator::nothing, AppleSubscriptionStatus.ACTIVE)),
            entry("DID_CHANGE_RENEWAL_STATUS",         when(AppleTranslator::nothing, AppleSubscriptionStatus.ACTIVE)),
            entry("DID_FAIL_TO_RENEW.GRACE_PERIOD",    when(AppleTranslator::nothing, AppleSubscriptionStatus.GRACE)),
            entry("DID_FAIL_TO_RENEW",                 when(AppleTranslator::nothing, AppleSubscriptionStatus.BILLING_RETRY)),
            entry("GRACE_PERIOD_EXPIRED",              when(AppleTranslator::nothing, AppleSubscriptionStatus.BILLING_RETRY)),
            entry("EXPIRED",                           when(AppleTranslator::nothing, AppleSubscriptionStatus.EXPIRED)),
            entry("REVOKE",                            when(AppleTranslator::nothing, AppleSubscriptionStatus.REVOKED)),
            entry("ONE_TIME_CHARGE",                   when(Purchases::charged)),
            entry("REFUND",                            when(Refunds::refunded)),
            entry("REFUND_REVERSED",                   when(Refunds::reversed)),
            entry("REFUND_DECLINED",                   when(Refunds::declined)),
            entry("CONSUMPTION_REQUEST",               when(Refunds::asked)));
    // spotless:on

    private static Reading when(Function<AppleEvent, EventContent> reader) {
        return new Reading(reader, Optional.empty());
    }

    private static Reading when(Function<AppleEvent, EventContent> reader, AppleSubscriptionStatus status) {
        return new Reading(reader, Optional.of(status));
    }

    Translation translate(Delivery delivery) {
        return Translation.orRefused(
                () -> translate(SignedJson.read(SignedJson.in(delivery.body())), new Times(delivery.receivedAt())));
    }

    private Translation translate(JsonField payload, Times times) {
        var named = payload.at("notificationType").required();
        var type = AppleKeys.type(payload)
                .orElseThrow(() -> new RefusedException(Reason.MALFORMED, named.pointer() + ": not a type"));
        var about = apps.check(payload);
        var reading = Optional.ofNullable(READINGS.get(type))
                .or(() -> Optional.ofNullable(READINGS.get(named.glance().orElse(""))));
        if (reading.isEmpty()) {
            return new Translation.Ignored(type);
        }
        var data = about.orElseGet(() -> payload.at("data").required());
        var event = event(type, payload, data, times);
        return translate(event, reading.get());
    }

    private AppleEvent event(String type, JsonField payload, JsonField data, Times times) {
        var unused = payload.at("notificationUUID").required().id();
        var signedDate = payload.at("signedDate");
        return new AppleEvent(
                type,
                times.occurred(Times.millis(signedDate), signedDate.pointer()),
                data,
                inside(data.at("signedTransactionInfo").required()),
                inside(data.at("signedRenewalInfo")),
                account,
                subject,
                times);
    }

    private JsonField inside(JsonField token) {
        if (!token.isPresent()) {
            return token;
        }
        var inside = SignedJson.read(token);
        apps.checkInside(inside);
        return inside;
    }

    private static Translation translate(AppleEvent event, Reading reading) {
        var content = reading.reader().apply(event);
        var facts = new ArrayList<Fact>(content.facts());
        facts.addAll(Purchases.paid(event));
        facts.addAll(Purchases.words(event));
        var status = event.isSubscription()
                ? AppleSubscriptionStatus.in(event).or(reading::status)
                : Optional.<AppleSubscriptionStatus>empty();
        status.ifPresent(each -> facts.add(each.subscription(event).withPlan(Purchases.present(event))));
        var rank = status.map(each -> each.ordinal() + 1L).orElse(0L);
        return new EventContent(rank, content.amount(), facts).translation(event.type(), event.occurredAt());
    }

    private static EventContent nothing(AppleEvent event) {
        return EventContent.NOTHING;
    }
}

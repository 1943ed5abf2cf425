package ipn.gateway.apple;

import static java.util.Map.entry;

import ipn.fact.Fact;
import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
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
 * Says what a notification means.
 *
 * @param subject name of the transaction's field that names the subject
 */
record AppleTranslator(AccountId account, Apps apps, String subject) {
    /** What a type tells, and the standing of a subscription where the notification names none. */
    private record Reading(Function<AppleEvent, Told> reader, Optional<Standings> standing) {}

    // spotless:off
    private static final Map<String, Reading> READINGS = Map.ofEntries(
            entry("SUBSCRIBED",                        when(Told::taken, Standings.ACTIVE)),
            entry("OFFER_REDEEMED.INITIAL_BUY",        when(Told::taken, Standings.ACTIVE)),
            entry("OFFER_REDEEMED.RESUBSCRIBE",        when(Told::taken, Standings.ACTIVE)),
            entry("OFFER_REDEEMED.UPGRADE",            when(Told::taken, Standings.ACTIVE)),
            entry("OFFER_REDEEMED",                    when(Told::nothing, Standings.ACTIVE)),
            entry("DID_RENEW",                         when(Told::taken, Standings.ACTIVE)),
            entry("RENEWAL_EXTENDED",                  when(Told::taken, Standings.ACTIVE)),
            entry("DID_CHANGE_RENEWAL_PREF.UPGRADE",   when(Told::taken, Standings.ACTIVE)),
            entry("DID_CHANGE_RENEWAL_PREF",           when(Told::nothing, Standings.ACTIVE)),
            entry("DID_CHANGE_RENEWAL_STATUS",         when(Told::nothing, Standings.ACTIVE)),
            entry("DID_FAIL_TO_RENEW.GRACE_PERIOD",    when(Told::nothing, Standings.GRACE)),
            entry("DID_FAIL_TO_RENEW",                 when(Told::nothing, Standings.BILLING_RETRY)),
            entry("GRACE_PERIOD_EXPIRED",              when(Told::nothing, Standings.BILLING_RETRY)),
            entry("EXPIRED",                           when(Told::nothing, Standings.EXPIRED)),
            entry("REVOKE",                            when(Told::nothing, Standings.REVOKED)),
            entry("ONE_TIME_CHARGE",                   when(Told::taken)),
            entry("REFUND",                            when(Refunds::refunded)),
            entry("REFUND_REVERSED",                   when(Refunds::reversed)),
            entry("REFUND_DECLINED",                   when(Refunds::declined)),
            entry("CONSUMPTION_REQUEST",               when(Refunds::asked)));
    // spotless:on

    private static Reading when(Function<AppleEvent, Told> reader) {
        return new Reading(reader, Optional.empty());
    }

    private static Reading when(Function<AppleEvent, Told> reader, Standings standing) {
        return new Reading(reader, Optional.of(standing));
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
        var told = reading.reader().apply(event);
        var facts = new ArrayList<Fact>(told.facts());
        facts.addAll(Purchases.paid(event));
        facts.addAll(Purchases.words(event));
        var standing =
                event.isSubscription() ? Standings.told(event).or(reading::standing) : Optional.<Standings>empty();
        standing.ifPresent(each -> facts.add(each.subscription(event)));
        var rank = standing.map(each -> each.ordinal() + 1L).orElse(0L);
        return facts.isEmpty()
                ? new Translation.Ignored(event.type())
                : new Translation.Understood(event.told(rank, told.amount(), facts));
    }
}

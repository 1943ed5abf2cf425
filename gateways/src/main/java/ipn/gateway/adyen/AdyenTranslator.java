package ipn.gateway.adyen;

import static java.util.Map.entry;

import ipn.gateway.Delivery;
import ipn.gateway.EventContent;
import ipn.gateway.Translation;
import ipn.gateway.content.EventType;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.Times;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/** Translates an item; its event code and {@code success} together determine its meaning. */
record AdyenTranslator(AdyenAccountSettings accountSettings) {
    /** What it means that it succeeded, and that it did not. */
    private record Row(Function<AdyenEvent, EventContent> succeeded, Function<AdyenEvent, EventContent> failed) {}

    private static final Function<AdyenEvent, EventContent> NOTHING = event -> EventContent.NOTHING;

    // spotless:off
    private static final Map<String, Row> ROWS = Map.ofEntries(
            row("AUTHORISATION",                        Payments::authorized,       Payments::failed),
            row("PENDING",                              Payments::pending,          NOTHING),
            row("OFFER_CLOSED",                         Payments::offerClosed,      NOTHING),
            row("RECURRING_CONTRACT",                   Payments::stored,           NOTHING),
            row("AUTHORISATION_ADJUSTMENT",             Captures::adjusted,         NOTHING),
            row("CAPTURE",                              Captures::captured,         NOTHING),
            row("CAPTURE_FAILED",                       Captures::captureFailed,    NOTHING),
            row("CANCELLATION",                         Captures::canceled,         NOTHING),
            row("TECHNICAL_CANCEL",                     Captures::canceled,         NOTHING),
            row("EXPIRE",                               Captures::expired,          NOTHING),
            row("CANCEL_OR_REFUND",                     Refunds::canceledOrRefunded, NOTHING),
            row("REFUND",                               Refunds::refunded,          Refunds::failed),
            row("REFUND_WITH_DATA",                     Refunds::refunded,          Refunds::failed),
            row("REFUND_FAILED",                        Refunds::failed,            NOTHING),
            row("REFUNDED_REVERSED",                    Refunds::failed,            NOTHING),
            row("NOTIFICATION_OF_FRAUD",                FraudSignals::reported,     NOTHING),
            row("MANUAL_REVIEW_ACCEPT",                 FraudSignals::accepted,     NOTHING),
            row("MANUAL_REVIEW_REJECT",                 FraudSignals::rejected,     NOTHING),
            row("REQUEST_FOR_INFORMATION",              Disputes::inquiry,          NOTHING),
            row("NOTIFICATION_OF_CHARGEBACK",           Disputes::announced,        NOTHING),
            row("CHARGEBACK",                           Disputes::chargedBack,      NOTHING),
            row("CHARGEBACK_REVERSED",                  Disputes::reversed,         NOTHING),
            row("SECOND_CHARGEBACK",                    Disputes::lostAgain,        NOTHING),
            row("PREARBITRATION_LOST",                  Disputes::lostAgain,        NOTHING),
            row("PREARBITRATION_WON",                   Disputes::won,              NOTHING),
            row("ISSUER_RESPONSE_TIMEFRAME_EXPIRED",    Disputes::won,              NOTHING),
            row("DISPUTE_DEFENSE_PERIOD_ENDED",         Disputes::undefended,       NOTHING));
    // spotless:on

    private static Map.Entry<String, Row> row(
            String code, Function<AdyenEvent, EventContent> succeeded, Function<AdyenEvent, EventContent> failed) {
        return entry(code, new Row(succeeded, failed));
    }

    /** False for events that yield no facts, whatever they contain. */
    static boolean understands(String eventCode) {
        return ROWS.containsKey(eventCode);
    }

    /** @param index place in the batch */
    Translation translate(Delivery delivery, int index) {
        return Translation.orRefused(() -> {
            var body = AdyenBody.read(delivery.body());
            var items = body.items();
            if (items.isEmpty() && !body.root().at("notificationItems").isPresent()) {
                // another webhook family; none of them reports payments
                return new Translation.Ignored(EventType.required(body.root().at("type")));
            }
            if (index >= items.size()) {
                throw new RefusedException(Reason.MISSING_FIELD, "/notificationItems: has no such item");
            }
            return translate(new AdyenItem(items.get(index)), body.root().at("live"), new Times(delivery.receivedAt()));
        });
    }

    private Translation translate(AdyenItem item, JsonField live, Times times) {
        var type = EventType.required(item.at("eventCode"));
        var row = ROWS.get(type);
        if (row == null) {
            return new Translation.Ignored(type);
        }
        checkMode(live);
        accountSettings.merchantAccounts().check(item.at("merchantAccountCode").required());
        var occurredAt = occurredAt(item.at("eventDate").required(), times);
        var event = new AdyenEvent(item, accountSettings);
        var unused = event.psp();
        var unusedToo = event.payment();
        return (flag(item.at("success")) ? row.succeeded : row.failed)
                .apply(event)
                .translation(type, occurredAt);
    }

    /** Adyen writes booleans as the strings true and false. */
    private static boolean flag(JsonField field) {
        return switch (field.required().glance().orElse("")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new RefusedException(Reason.MALFORMED, field.pointer() + ": neither true nor false");
        };
    }

    private void checkMode(JsonField live) {
        if (flag(live) != accountSettings.account().live()) {
            throw new RefusedException(
                    Reason.WRONG_MODE, live.pointer() + ": not the mode of the account (see gateways.adyen)");
        }
    }

    /** The only time in an item; it is not signed, so it is range-checked: a far-future time would outrank all later events. */
    private static Instant occurredAt(JsonField eventDate, Times times) {
        return times.occurred(Times.iso(eventDate.glance().orElse(""), eventDate.pointer()), eventDate.pointer());
    }
}

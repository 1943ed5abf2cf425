package ipn.gateway.mollie;

import static java.util.Map.entry;

import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.EventContent;
import ipn.gateway.Receiver;
import ipn.gateway.References;
import ipn.gateway.Translation;
import ipn.gateway.content.EventType;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.StrictJson;
import ipn.gateway.content.Times;
import ipn.topics.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Translates fetched payments and events. A hint alone yields no facts.
 *
 * @param profile profiles whose payments are accepted
 * @param looksUp true if payments missing from events are looked up
 */
record MollieTranslator(AccountId account, Receiver profile, boolean looksUp, References references) {
    // spotless:off
    private static final Map<String, Function<MollieObject, EventContent>> READERS = Map.ofEntries(
            entry("payment.pending",     Payments::snapshot),
            entry("payment.authorized",  Payments::snapshot),
            entry("payment.paid",        Payments::snapshot),
            entry("payment.failed",      Payments::snapshot),
            entry("payment.canceled",    Payments::snapshot),
            entry("payment.expired",     Payments::snapshot),
            entry("refund.queued",       Refunds::snapshot),
            entry("refund.pending",      Refunds::snapshot),
            entry("refund.processing",   Refunds::snapshot),
            entry("refund.refunded",     Refunds::snapshot),
            entry("refund.failed",       Refunds::snapshot),
            entry("refund.canceled",     Refunds::snapshot),
            entry("chargeback.received", Chargebacks::snapshot),
            entry("chargeback.reversed", Chargebacks::snapshot));
    // spotless:on

    /** Events about one capture; the payment contains the sum of all captures. */
    private static final Set<String> PARTIAL = Set.of("capture.succeeded");

    /** True for an event that contains less than its payment. */
    static boolean needsLook(String type, JsonField event) {
        var entity = event.at("_embedded").at("entity");
        return PARTIAL.contains(type)
                || READERS.containsKey(type) && (!entity.at("id").isPresent() || Chargebacks.areUnlisted(entity));
    }

    Translation translate(Delivery delivery) {
        return Translation.orRefused(() -> {
            var times = new Times(delivery.receivedAt());
            if (delivery.fetchedFrom().isPresent()) {
                return document(StrictJson.read(delivery.body()), times);
            }
            return Hint.in(delivery.body()).isPresent()
                    ? new Translation.Ignored(Hint.TYPE)
                    : event(StrictJson.read(delivery.body()), times);
        });
    }

    private Translation document(JsonField document, Times times) {
        var payment = new MollieObject(document, account, references, times);
        payment.at("mode").required();
        payment.requireMode();
        profile.check(payment.at("profileId"));
        var content = Payments.snapshot(payment);
        return content.translation(MollieKeys.documentType(payment.at("status").code()), Payments.newest(payment));
    }

    private Translation event(JsonField event, Times times) {
        var type = EventType.required(event.at("type"));
        var reader = READERS.get(type);
        var entity = event.at("_embedded").at("entity");
        if (needsLook(type, event)) {
            return lookedUp(type, entity);
        }
        if (reader == null) {
            return new Translation.Ignored(type);
        }
        var unused = event.at("id").required().id();
        var time = event.at("createdAt");
        var occurredAt = times.occurred(Times.isoOrSeconds(time), time.pointer());
        var object = new MollieObject(entity, account, references, times);
        object.requireMode();
        profile.check(object.at("profileId"));
        requireSame(event, type, object);
        return reader.apply(object).translation(type, occurredAt);
    }

    /** The fetched payment was stored with the event; without an API key the event is refused. */
    private Translation lookedUp(String type, JsonField entity) {
        if (looksUp) {
            return new Translation.Ignored(type);
        }
        throw new RefusedException(
                Reason.MISSING_FIELD,
                entity.pointer() + ": does not contain the whole payment (expected: an api-key to look it up with)");
    }

    /** The id in the event forms the payment key, so it must equal the id of the embedded object. */
    private static void requireSame(JsonField event, String type, MollieObject object) {
        var named = MollieKeys.paymentId(type, event);
        var brought = object.id(type.startsWith("payment.") ? "id" : "paymentId");
        if (!named.equals(Optional.of(brought))) {
            throw new RefusedException(
                    Reason.INVALID_ID, event.at("entityId").pointer() + ": not the id of the embedded object");
        }
    }
}

package ipn.simulator;

import ipn.gateway.paddle.PaddleSignature;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Paddle Billing: each event shows its entity whole. */
public final class PaddleSimulator implements SimulatedGateway {
    /** Event name to the entity it shows. A third word, which Paddle's types do not have, tells variants of one type apart. */
    private static final Map<String, Function<Sample, Map<String, @Nullable Object>>> ENTITIES = entities();

    private static final Pattern VARIANT = Pattern.compile("^([a-z]+\\.[a-z_]+)\\..*");

    private static Map<String, Function<Sample, Map<String, @Nullable Object>>> entities() {
        var entities = new TreeMap<String, Function<Sample, Map<String, @Nullable Object>>>();
        // spotless:off
        entities.put("transaction.created",                        s -> PaddleEntities.transaction(s, "ready"));
        entities.put("transaction.paid",                           s -> PaddleEntities.transaction(s, "paid"));
        entities.put("transaction.completed",                      s -> PaddleEntities.transaction(s, "completed"));
        entities.put("transaction.payment_failed",                 s -> PaddleEntities.transaction(s, "ready"));
        entities.put("transaction.canceled",                       s -> PaddleEntities.transaction(s, "canceled"));
        entities.put("transaction.completed.subscription",         s -> PaddleEntities.period(s, "completed"));
        entities.put("transaction.payment_failed.subscription",    s -> PaddleEntities.period(s, "past_due"));
        entities.put("transaction.past_due.subscription",          s -> PaddleEntities.period(s, "past_due"));
        entities.put("adjustment.created.refund",                  s -> PaddleEntities.adjustment(s, "refund", "pending_approval"));
        entities.put("adjustment.updated.refund",                  s -> PaddleEntities.adjustment(s, "refund", "approved"));
        entities.put("adjustment.created.chargeback",              s -> PaddleEntities.adjustment(s, "chargeback", "approved"));
        entities.put("adjustment.created.chargeback_reverse",      s -> PaddleEntities.adjustment(s, "chargeback_reverse", "approved"));
        entities.put("adjustment.created.chargeback_warning",      s -> PaddleEntities.adjustment(s, "chargeback_warning", "approved"));
        entities.put("subscription.created",                       s -> PaddleEntities.subscription(s, "active"));
        entities.put("subscription.updated",                       s -> PaddleEntities.subscription(s, "active"));
        entities.put("subscription.updated.will_cancel",           PaddleEntities::endingSubscription);
        entities.put("subscription.past_due",                      s -> PaddleEntities.subscription(s, "past_due"));
        entities.put("subscription.paused",                        s -> PaddleEntities.subscription(s, "paused"));
        entities.put("subscription.canceled",                      s -> PaddleEntities.subscription(s, "canceled"));
        // spotless:on
        return entities;
    }

    @Override
    public String name() {
        return "paddle";
    }

    @Override
    public Set<String> events() {
        return ENTITIES.keySet();
    }

    /** A transaction is its own bill. */
    @Override
    public Ids ids(String token) {
        var id = token.toLowerCase(Locale.ROOT);
        return new Ids("evt_" + id, "txn_" + id, "txn_" + id, "sub_" + id);
    }

    @Override
    public Draft draft(String event, Sample sample, Sender sender) {
        var body = Json.object(
                "event_id",
                sample.ids().event(),
                "event_type",
                VARIANT.matcher(event).replaceFirst("$1"),
                "occurred_at",
                sample.at().toString(),
                "notification_id",
                "ntf_" + StripePayments.tail(sample.ids().event()),
                "data",
                ENTITIES.getOrDefault(event, s -> Json.object()).apply(sample));
        return new Draft("application/json", sample.ids().event(), Json.compact(body));
    }

    @Override
    public Outgoing sign(Draft draft, Sender sender, Instant now) {
        var signature = PaddleSignature.sign(draft.body().array(), sender.secret(), now);
        return draft.signed(Map.of("Paddle-Signature", signature, "User-Agent", "Paddle"));
    }
}

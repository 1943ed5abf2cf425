package ipn.simulator.vendor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.gateway.paddle.PaddleSignature;
import ipn.simulator.Draft;
import ipn.simulator.Ids;
import ipn.simulator.Outgoing;
import ipn.simulator.Sample;
import ipn.simulator.Sender;
import ipn.simulator.SimulatedGateway;
import ipn.simulator.template.Json;
import ipn.simulator.template.JsonTemplate;
import ipn.simulator.template.TemplateValues;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Paddle Billing: each event contains its whole entity. */
public final class PaddleSimulator implements SimulatedGateway {
    private static final JsonTemplate EVENT = JsonTemplate.load("paddle/event.json");

    /** Event name to its entity. A suffix that Paddle's types do not have distinguishes variants of one type. */
    private static final Map<String, Function<TemplateValues, ObjectNode>> ENTITIES = entities();

    private static final Pattern VARIANT = Pattern.compile("^([a-z]+\\.[a-z_]+)\\..*");

    private static Map<String, Function<TemplateValues, ObjectNode>> entities() {
        var entities = new TreeMap<String, Function<TemplateValues, ObjectNode>>();
        // spotless:off
        entities.put("transaction.created",                        v -> PaddleEntities.transaction(v, "ready"));
        entities.put("transaction.paid",                           v -> PaddleEntities.transaction(v, "paid"));
        entities.put("transaction.completed",                      v -> PaddleEntities.transaction(v, "completed"));
        entities.put("transaction.payment_failed",                 v -> PaddleEntities.transaction(v, "ready"));
        entities.put("transaction.canceled",                       v -> PaddleEntities.transaction(v, "canceled"));
        entities.put("transaction.completed.subscription",         v -> PaddleEntities.period(v, "completed"));
        entities.put("transaction.payment_failed.subscription",    v -> PaddleEntities.period(v, "past_due"));
        entities.put("transaction.past_due.subscription",          v -> PaddleEntities.period(v, "past_due"));
        entities.put("adjustment.created.refund",                  v -> PaddleEntities.adjustment(v, "refund", "pending_approval"));
        entities.put("adjustment.updated.refund",                  v -> PaddleEntities.adjustment(v, "refund", "approved"));
        entities.put("adjustment.created.chargeback",              v -> PaddleEntities.adjustment(v, "chargeback", "approved"));
        entities.put("adjustment.created.chargeback_reverse",      v -> PaddleEntities.adjustment(v, "chargeback_reverse", "approved"));
        entities.put("adjustment.created.chargeback_warning",      v -> PaddleEntities.adjustment(v, "chargeback_warning", "approved"));
        entities.put("subscription.created",                       v -> PaddleEntities.subscription(v, "active"));
        entities.put("subscription.updated",                       v -> PaddleEntities.subscription(v, "active"));
        entities.put("subscription.updated.will_cancel",           PaddleEntities::endingSubscription);
        entities.put("subscription.past_due",                      v -> PaddleEntities.subscription(v, "past_due"));
        entities.put("subscription.paused",                        v -> PaddleEntities.subscription(v, "paused"));
        entities.put("subscription.canceled",                      v -> PaddleEntities.subscription(v, "canceled"));
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

    /** A transaction is its own invoice. */
    @Override
    public Ids ids(String token) {
        var id = token.toLowerCase(Locale.ROOT);
        return new Ids("evt_" + id, "txn_" + id, "txn_" + id, "sub_" + id);
    }

    @Override
    public Draft draft(String event, Sample sample, Sender sender) {
        var values = TemplateValues.of(sample, sender);
        var body = EVENT.fill(values.with("type", VARIANT.matcher(event).replaceFirst("$1"))
                .with("entity", Events.find(ENTITIES, event).apply(values)));
        return new Draft("application/json", sample.ids().event(), Json.compact(body));
    }

    @Override
    public Outgoing sign(Draft draft, Sender sender, Instant now) {
        var signature = PaddleSignature.sign(draft.body().array(), sender.secret(), now);
        return draft.signed(Map.of("Paddle-Signature", signature, "User-Agent", "Paddle"));
    }
}

package ipn.bench.alerts;

import static ipn.fact.Fact.ReferenceName.PRODUCT;
import static ipn.fact.Fact.ReferenceName.REFERENCE;
import static ipn.fact.Fact.ReferenceName.SUBJECT;

import ipn.bench.load.IngressCall;
import ipn.fact.Money;
import ipn.simulator.Draft;
import ipn.simulator.Fault;
import ipn.simulator.Ids;
import ipn.simulator.Outgoing;
import ipn.simulator.RandomTokens;
import ipn.simulator.Sample;
import ipn.simulator.Sender;
import ipn.simulator.Simulator;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Ordinary purchases, of several gateways in turn, and now and then a refund. What a fault needs can be replaced while they are sent. Thread-safe. */
final class Purchases {
    private static final Money POST = new Money(2500, "USD");
    private static final int REFUNDED_EVERY = 240;
    private static final int REMEMBERED_MAX = 5_000;
    /** The gateways that are sent for, each with the event of a purchase. */
    static final Map<String, String> EVENTS = Map.of(
            "coinbase", "charge:confirmed",
            "stripe", "payment_intent.succeeded",
            "paypal-ipn", "web_accept",
            "razorpay", "payment.captured",
            "square", "payment.updated",
            "paddle", "transaction.completed",
            "standard-webhooks", "payment.succeeded");

    /** Sends nothing but what a fault makes it send. */
    static final String ODD = "coinbase";

    /** Those of ordinary purchases. */
    static final List<String> GATEWAYS =
            EVENTS.keySet().stream().filter(each -> !each.equals(ODD)).sorted().toList();

    private final Map<String, Sender> senders;
    private final Map<String, Sender> replaced = new ConcurrentHashMap<>();
    private final Deque<Sample> refundable = new ArrayDeque<>();
    private volatile String silent = "";
    private int sent;

    /** @param senders by gateway */
    Purchases(Map<String, Sender> senders) {
        this.senders = Map.copyOf(senders);
    }

    /** From now on a gateway signs with another secret. */
    void signWith(String gateway, String secret) {
        replaced.put(gateway, sender(gateway).withSecret(secret));
    }

    /** From now on a gateway sends nothing; empty: all send. */
    void silence(String gateway) {
        silent = gateway;
    }

    /** The next purchases, signed now. */
    synchronized List<IngressCall> next(int count) {
        var calls = new ArrayList<IngressCall>();
        for (var i = 0; i < count; i++) {
            var gateway = GATEWAYS.get(sent++ % GATEWAYS.size());
            if (!gateway.equals(silent)) {
                calls.add(purchase(gateway, Fault.NONE));
            }
            if (sent % REFUNDED_EVERY == 0) {
                calls.addAll(refunds(1));
            }
        }
        return calls;
    }

    /** One purchase. */
    synchronized IngressCall purchase(String gateway, Fault fault) {
        var sample = sample(gateway);
        if (gateway.equals("stripe") && fault == Fault.NONE) {
            refundable.addLast(sample);
            if (refundable.size() > REMEMBERED_MAX) {
                refundable.removeFirst();
            }
        }
        return call(gateway, event(gateway), sample, fault);
    }

    /** Refunds of the oldest purchases that were not refunded yet. */
    synchronized List<IngressCall> refunds(int count) {
        var calls = new ArrayList<IngressCall>();
        for (var i = 0; i < count && !refundable.isEmpty(); i++) {
            var bought = refundable.removeFirst();
            var sample = new Sample(
                    bought.ids().withEvent(Optional.of(bought.ids().event() + "r")),
                    bought.references(),
                    bought.amount(),
                    Instant.now());
            calls.add(call("stripe", "charge.refunded", sample, Fault.NONE));
        }
        return calls;
    }

    /** A purchase whose body is changed before it is signed. */
    synchronized IngressCall changed(String gateway, UnaryOperator<Draft> change) {
        var simulated = Simulator.find(gateway).orElseThrow();
        var sample = sample(gateway);
        var draft = change.apply(simulated.draft(event(gateway), sample, sender(gateway)));
        return call(gateway, sample.ids(), simulated.sign(draft, sender(gateway), Instant.now()));
    }

    private static Sample sample(String gateway) {
        var token = RandomTokens.fresh();
        return new Sample(
                ids(gateway, token),
                Map.of(SUBJECT, "u_" + token, PRODUCT, "promoted-post", REFERENCE, "post-" + token),
                POST,
                Instant.now());
    }

    private IngressCall call(String gateway, String event, Sample sample, Fault fault) {
        var simulated = Simulator.find(gateway).orElseThrow();
        var outgoing = new Simulator(simulated, sender(gateway)).notification(event, sample, fault, Instant.now());
        return call(gateway, sample.ids(), outgoing);
    }

    private static IngressCall call(String gateway, Ids ids, Outgoing outgoing) {
        return new IngressCall(gateway, gateway + "/main/" + ids.event(), IngressCall.Kind.GENUINE, outgoing);
    }

    private static Ids ids(String gateway, String token) {
        return Simulator.find(gateway).orElseThrow().ids(token);
    }

    private static String event(String gateway) {
        return Objects.requireNonNull(EVENTS.get(gateway), gateway);
    }

    private Sender sender(String gateway) {
        var other = replaced.get(gateway);
        return other != null ? other : Objects.requireNonNull(senders.get(gateway), gateway);
    }
}

package ipn.app.demo;

import ipn.app.UserException;
import ipn.app.stack.Stack;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.Item;
import ipn.simulator.DeliveryClient;
import ipn.simulator.Fault;
import ipn.simulator.Outgoing;
import ipn.simulator.RandomTokens;
import ipn.simulator.Sample;
import ipn.simulator.Sender;
import ipn.simulator.Senders;
import ipn.simulator.SimulatedGateway;
import ipn.simulator.Simulator;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** Sends simulated notifications to the embedded pipeline and waits for their outcomes. */
final class DemoClient {
    static final String STRIPE = "stripe";
    static final String PAYPAL = "paypal-ipn";
    static final String STANDARD = "standard-webhooks";
    private static final String ACCOUNT = "main";

    private final Stack stack;
    private final Watch watch;
    private final Clock clock;
    private final DeliveryClient post = new DeliveryClient();

    DemoClient(Stack stack, Watch watch, Clock clock) {
        this.stack = stack;
        this.watch = watch;
        this.clock = clock;
    }

    Watch watch() {
        return watch;
    }

    Stack stack() {
        return stack;
    }

    /** Now, in whole seconds, as gateways send times. */
    Instant now() {
        return clock.instant().truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    }

    /** A payment with new ids. */
    Sample sample(String gateway, Map<ReferenceName, String> references, Money amount) {
        return new Sample(gateway(gateway).ids(RandomTokens.fresh()), references, amount, now());
    }

    /** Another event of the same payment. */
    Sample next(String gateway, Sample sample, Instant at) {
        var fresh = gateway(gateway).ids(RandomTokens.fresh());
        var ids = sample.ids().withEvent(java.util.Optional.of(fresh.event()));
        return new Sample(ids, sample.references(), sample.amount(), at, sample.period());
    }

    /** Sends a notification and waits for its outcome. */
    Delivered deliver(String gateway, String event, Sample sample) {
        return deliver(gateway, event, sample, Fault.NONE);
    }

    Delivered deliver(String gateway, String event, Sample sample, Fault fault) {
        var outgoing = notification(gateway, event, sample, fault);
        var item = item(gateway, outgoing);
        var before = watch.outcomesOf(item.eventKey());
        var answer = send(gateway, outgoing);
        if (!answer.accepted()) {
            throw UserException.problem(
                    "%s %s: HTTP status %d (expected: 200)".formatted(gateway, event, answer.status()));
        }
        return new Delivered(gateway, event, item, answer, watch.outcomeAfter(item.eventKey(), before));
    }

    /** Sends a notification and returns the HTTP answer, without waiting for an outcome. */
    DeliveryClient.Response attempt(String gateway, String event, Sample sample, Fault fault) {
        return send(gateway, notification(gateway, event, sample, fault));
    }

    private Outgoing notification(String gateway, String event, Sample sample, Fault fault) {
        return new Simulator(gateway(gateway), sender(gateway)).notification(event, sample, fault, clock.instant());
    }

    private Sender sender(String gateway) {
        var settings = stack.settings().read();
        var sender = Senders.find(settings, gateway, ACCOUNT);
        settings.problems().throwIfAny();
        return sender.orElseThrow();
    }

    private DeliveryClient.Response send(String gateway, Outgoing outgoing) {
        try {
            return post.send(
                    stack.ingressUrl().resolve("/ipn/" + gateway + "/" + ACCOUNT),
                    outgoing,
                    sender(gateway).standIn());
        } catch (IOException e) {
            throw UserException.problem(
                    "%s: no answer (expected: an answer of the ingress)".formatted(stack.ingressUrl()));
        }
    }

    private Item item(String gateway, Outgoing outgoing) {
        var account = stack.config().accounts().find(gateway, ACCOUNT).orElseThrow();
        return account.identify(outgoing.received(clock.instant())).get(0);
    }

    private static SimulatedGateway gateway(String name) {
        return Simulator.find(name).orElseThrow();
    }
}

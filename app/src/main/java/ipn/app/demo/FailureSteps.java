package ipn.app.demo;

import ipn.avro.EntitlementEventType;
import ipn.avro.OutcomeKind;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.Accounts;
import ipn.operations.Operator;
import ipn.operations.deadletter.DeadLetterFilter;
import ipn.operations.deadletter.Redrive;
import ipn.operations.topic.Progress;
import ipn.simulator.Fault;
import ipn.simulator.RandomTokens;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends a forged notification, a malformed one, and one that a wrong setting makes a dead letter. */
final class FailureSteps {
    private static final Money PRICE = new Money(2500, "USD");

    private final DemoClient client;
    private final DemoOutput output;
    private final String cy = "cy-" + RandomTokens.fresh();
    private final Map<ReferenceName, String> references = Map.of(
            ReferenceName.SUBJECT,
            cy,
            ReferenceName.PRODUCT,
            "promoted-post",
            ReferenceName.REFERENCE,
            "post-" + RandomTokens.fresh());

    FailureSteps(DemoClient client, DemoOutput output) {
        this.client = client;
        this.output = output;
    }

    void run() {
        forgedNotification();
        malformedNotification();
        replayed();
    }

    private void forgedNotification() {
        output.heading("A forged PayPal notification: PayPal does not confirm it, so the ingress refuses it");
        var sale = client.sample(DemoClient.PAYPAL, references, PRICE);
        var answer = client.attempt(DemoClient.PAYPAL, "web_accept", sale, Fault.FORGED);
        output.line(
                DemoClient.PAYPAL,
                "web_accept",
                Integer.toString(answer.status()),
                "-",
                "refused: not authentic; nothing is stored");
        output.expect("the answer", answer.status(), 401);
    }

    private void malformedNotification() {
        output.heading(
                "An authentic notification with a malformed body: it is stored and acknowledged, then becomes a dead letter");
        var sale = client.sample(DemoClient.STRIPE, references, PRICE);
        var sent = client.deliver(DemoClient.STRIPE, "payment_intent.succeeded", sale, Fault.MALFORMED);
        var letter = client.watch().deadLetterOf(sent.item().eventKey());
        output.line(sent, "dead letter, reason " + letter.reason());
        output.expect("the reason", letter.reason(), "MALFORMED");
    }

    private void replayed() {
        output.heading(
                "A PayPal payment to a receiver that is not in the settings becomes a dead letter; then the receiver is added and the dead letter is replayed");
        var sale = client.sample(DemoClient.PAYPAL, references, PRICE);
        var sent = client.deliver(DemoClient.PAYPAL, "web_accept", sale);
        var letter = client.watch().deadLetterOf(sent.item().eventKey());
        output.line(sent, "dead letter, reason " + letter.reason());
        output.expect("the reason", letter.reason(), "WRONG_RECEIVER");

        client.stack().startProcessor(client.stack().config().accounts());
        output.note("the receiver is added to the settings, and the processor is restarted");

        var before = client.watch().outcomesOf(sent.item().eventKey());
        var count = replay(letter.id());
        output.expect("dead letters replayed", count, 1L);
        var outcome = client.watch().outcomeAfter(sent.item().eventKey(), before);
        var granted = client.watch().entitlementBy(cy, sent.item().eventKey());
        output.line(
                DemoClient.PAYPAL,
                "replay of the dead letter",
                "-",
                outcome.getKind().name(),
                PromotionSteps.shown(granted));
        output.expect("the outcome", outcome.getKind(), OutcomeKind.APPLIED);
        output.expect("the entitlement event of Cy", granted.getType(), EntitlementEventType.GRANTED);
    }

    private long replay(String id) {
        var kafka = client.stack().config().kafka();
        var who = new Operator("demo", Optional.of("receiver added to the settings"));
        return new Redrive(kafka, kafka.serdes(), Clock.systemUTC())
                .replay(DeadLetterFilter.OPEN.withIds(Set.of(id)), who, Progress.SILENT)
                .done();
    }

    /** The accounts before the correction: PayPal payments are expected at an old receiver address. */
    static Accounts accountsWithOldReceiver(ipn.app.SettingsSource settings) {
        return Accounts.from(settings.with(Map.of("IPN_GATEWAYS_PAYPAL_IPN_MAIN_RECEIVER", "old-shop@example.com"))
                .read());
    }
}

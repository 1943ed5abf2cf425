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

/** A forger, a notification without sense, and a setting that was wrong. */
final class TroubleChapters {
    private static final Money PRICE = new Money(2500, "USD");

    private final Scene scene;
    private final Teller teller;
    private final String cy = "cy-" + RandomTokens.fresh();
    private final Map<ReferenceName, String> words = Map.of(
            ReferenceName.SUBJECT,
            cy,
            ReferenceName.PRODUCT,
            "promoted-post",
            ReferenceName.REFERENCE,
            "post-" + RandomTokens.fresh());

    TroubleChapters(Scene scene, Teller teller) {
        this.scene = scene;
        this.teller = teller;
    }

    void tell() {
        forged();
        senseless();
        mended();
    }

    private void forged() {
        teller.chapter("Somebody forges a PayPal IPN: PayPal is asked, and does not know it");
        var sale = scene.sample(Scene.PAYPAL, words, PRICE);
        var answer = scene.attempt(Scene.PAYPAL, "web_accept", sale, Fault.FORGED);
        teller.line(Scene.PAYPAL, "web_accept", answer.status(), "refused", "not authentic: nothing is stored");
        teller.expect("the answer", answer.status(), 401);
    }

    private void senseless() {
        teller.chapter("An authentic notification makes no sense: stored, acknowledged, and set aside whole");
        var sale = scene.sample(Scene.STRIPE, words, PRICE);
        var told = scene.deliver(Scene.STRIPE, "payment_intent.succeeded", sale, Fault.MALFORMED);
        var letter = scene.watch().deadLetterOf(told.item().eventKey());
        teller.line(told, "dead letter " + letter.reason());
        teller.expect("its reason", letter.reason(), "MALFORMED");
    }

    private void mended() {
        teller.chapter(
                "PayPal pays to an address that the settings do not name; it is added, the dead letter replayed");
        var sale = scene.sample(Scene.PAYPAL, words, PRICE);
        var told = scene.deliver(Scene.PAYPAL, "web_accept", sale);
        var letter = scene.watch().deadLetterOf(told.item().eventKey());
        teller.line(told, "dead letter " + letter.reason());
        teller.expect("its reason", letter.reason(), "WRONG_RECEIVER");

        scene.stack().startProcessor(scene.stack().config().accounts());
        teller.act("receiver added to the settings, processor restarted");

        var before = scene.watch().outcomesOf(told.item().eventKey());
        var replayed = replay(letter.id());
        teller.expect("dead letters replayed", replayed, 1L);
        var outcome = scene.watch().outcomeAfter(told.item().eventKey(), before);
        var granted = scene.watch().entitlementBy(cy, told.item().eventKey());
        teller.line(
                "dlq replay",
                letter.reason(),
                told.answer().status(),
                outcome.getKind().name(),
                PromotionChapters.shown(granted));
        teller.expect("the outcome", outcome.getKind(), OutcomeKind.APPLIED);
        teller.expect("what Cy got", granted.getType(), EntitlementEventType.GRANTED);
    }

    private long replay(String id) {
        var kafka = scene.stack().config().kafka();
        var who = new Operator("demo", Optional.of("receiver added to the settings"));
        return new Redrive(kafka, kafka.serdes(), Clock.systemUTC())
                .replay(DeadLetterFilter.OPEN.withIds(Set.of(id)), who, Progress.SILENT)
                .done();
    }

    /** The settings before they are mended: PayPal's money is expected at an older address. */
    static Accounts beforeMending(ipn.app.SettingsSource settings) {
        return Accounts.from(settings.with(Map.of("IPN_GATEWAYS_PAYPAL_IPN_MAIN_RECEIVER", "old-shop@example.com"))
                .read());
    }
}

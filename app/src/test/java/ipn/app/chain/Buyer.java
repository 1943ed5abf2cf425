package ipn.app.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.DiscrepancyKind;
import ipn.avro.EntitlementStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.Accounts;
import ipn.gateway.Verdict.Genuine;
import ipn.settings.Settings;
import ipn.simulator.Draft;
import ipn.simulator.Outgoing;
import ipn.simulator.Sample;
import ipn.simulator.Senders;
import ipn.simulator.Simulator;
import ipn.topics.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Somebody who buys at an {@link AttackedShop}: what gateways send because of it, and what follows from that. */
final class Buyer {
    /** After each delivery: long enough for its notifications. */
    private static final Duration SETTLE = Duration.ofSeconds(5);

    private static final Duration MONTH = Duration.ofDays(30);
    private static final Set<EntitlementStatus> USABLE = Set.of(EntitlementStatus.ACTIVE, EntitlementStatus.GRACE);

    private final AttackedShop shop;
    private final Chain chain;
    private final String token;
    private final int lettersBefore;

    Buyer(AttackedShop shop, String token) {
        this.shop = shop;
        this.chain = shop.chain();
        this.token = token;
        this.lettersBefore = chain.deadLetters().size();
    }

    String subject() {
        return "u-" + token;
    }

    /** A month of a product at its price. */
    Sample month(String gateway, String product) {
        return sample(gateway, product, AttackedShop.PRICE, Chain.NOW.plus(MONTH));
    }

    Sample sample(String gateway, String product, Money amount, Instant until) {
        return new Sample(
                Simulator.find(gateway).orElseThrow().ids(token),
                Map.of(ReferenceName.SUBJECT, subject(), ReferenceName.PRODUCT, product),
                amount,
                Chain.NOW,
                new Sample.Period(Chain.NOW, until));
    }

    /** The same in another event, a minute later. */
    Sample later(Sample sample) {
        return new Sample(
                sample.ids().withEvent(Optional.of(sample.ids().event() + "2")),
                sample.references(),
                sample.amount(),
                sample.at().plusSeconds(60),
                sample.period());
    }

    /** A gateway delivers an event that was edited before it was signed. */
    void deliver(String account, String event, Sample sample, UnaryOperator<Draft> edit) {
        deliver(shop.settings(), account, event, sample, edit);
    }

    /** @param from settings of the merchant that the event is about */
    void deliver(Settings from, String account, String event, Sample sample, UnaryOperator<Draft> edit) {
        var before = chain.outcomes().size();
        var simulator = simulator(from, account);
        chain.receive(simulator.sender(), signed(simulator, event, sample, edit));
        chain.advance(SETTLE);
        assertThat(chain.outcomes()).hasSizeGreaterThan(before);
    }

    /** Google Play notifies, and its API, at the address in the settings, has no document about it. */
    void receive(Settings settings, String event, Sample sample) {
        var account = Accounts.from(settings).find("google-play", "main").orElseThrow();
        var notification = signed(simulator(settings, "google-play/main"), event, sample, Edits.none())
                .received(chain.now());
        var verdict = account.authenticate(notification, chain.now())
                .toCompletableFuture()
                .join();
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Genuine.class, genuine -> assertThat(genuine.fetched()).isEmpty());
        chain.store(account, notification);
        chain.advance(SETTLE);
    }

    private Outgoing signed(Simulator simulator, String event, Sample sample, UnaryOperator<Draft> edit) {
        var draft = simulator.gateway().draft(event, sample, simulator.sender());
        return simulator.gateway().sign(edit.apply(draft), simulator.sender(), chain.now());
    }

    private static Simulator simulator(Settings from, String account) {
        var path = account.split("/");
        return new Simulator(
                Simulator.find(path[0]).orElseThrow(),
                Senders.find(from, path[0], path[1]).orElseThrow());
    }

    /** The buyer can use Premium, and nobody has to look at anything. */
    void assertGranted() {
        assertThat(access()).containsExactly("premium");
        assertThat(chain.discrepancies(subject())).isEmpty();
        assertThat(deadLetters()).isEmpty();
    }

    /** The buyer can use nothing, and a discrepancy is open. */
    void assertMismatch(DiscrepancyKind kind) {
        assertThat(access()).isEmpty();
        assertThat(chain.discrepancies(subject())).containsOnly(kind.name());
        assertThat(deadLetters()).isEmpty();
    }

    /** What the buyer can use now. */
    List<String> access() {
        return chain.entitlements().values().stream()
                .map(entitlement -> entitlement.getLast())
                .filter(last -> last.getSubject().equals(subject()) && USABLE.contains(last.getStatus()))
                .map(last -> last.getEntitlement())
                .toList();
    }

    /** The reasons of the dead letters since the buyer came. */
    List<String> deadLetters() {
        return chain.deadLetters().stream()
                .skip(lettersBefore)
                .map(letter -> letter.headers().lastHeader(Headers.DLQ_REASON).value())
                .map(reason -> new String(reason, UTF_8))
                .toList();
    }
}

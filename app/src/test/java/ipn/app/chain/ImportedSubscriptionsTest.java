package ipn.app.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.SettingsSource;
import ipn.app.chain.StripeSubscription.Event;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementStatus;
import ipn.avro.NotificationKind;
import ipn.avro.OutcomeKind;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.gateway.GatewayAccount;
import ipn.imported.ImportedSubscription;
import ipn.processor.Reverifier;
import ipn.topics.Headers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A subscription is known in two ways: one from all of its events; the other from an export that was made after some of them, and from
 * the events since. From the import on, both have the same access.
 *
 * <p>What an export cannot contain differs, and only that: what went back before the export, the payment of the
 * current period if the export does not name it, that the payment of a period that has just begun is still to come, and when the collection failed of a subscription in arrears, whose grace then counts
 * from the export. Whoever had no access at the export has no entitlement instead of one that ended.
 */
class ImportedSubscriptionsTest {
    private static final Map<String, Integer> HAPPENED = new TreeMap<>();

    @TempDir
    private static Path folder;

    private static Chain chain;
    private static GatewayAccount stripe;

    @BeforeAll
    static void start() {
        var config = Chain.config(SettingsSource.builtIn(Chain.UNBRAKED).read());
        chain = new Chain(folder, config, Reverifier.OFF);
        stripe = config.accounts().find("stripe", "main").orElseThrow();
    }

    @AfterAll
    static void stop() {
        chain.close();
        assertThat(HAPPENED)
                .as("every kind of story was told")
                .containsKeys(
                        "imported ACTIVE",
                        "imported TRIALING",
                        "imported PAST_DUE",
                        "imported CANCELED",
                        "delivered late",
                        "imported late",
                        "reversed after",
                        "ACTIVE",
                        "GRACE",
                        "SUSPENDED",
                        "ENDED");
    }

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("imports.seeds", 60));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void an_imported_subscription_joins_as_if_all_of_its_events_had_been_seen(long seed) {
        var random = new SplittableRandom(seed);
        var events = StripeSubscription.story(random, chain.now().plus(Duration.ofDays(1)));
        var exported = random.nextInt(events.size());
        var at = events.get(exported);
        var withPayment = random.nextBoolean();
        var importedAfter = Math.min(events.size() - 1, exported + random.nextInt(3));
        var late = random.nextInt(3) == 0;
        happened("imported " + at.after().status());
        happened(importedAfter > exported ? "imported late" : "imported at once");
        for (var i = 0; i < events.size(); i++) {
            var event = events.get(i);
            passUntil(event.at());
            deliver(event, full(seed), i);
            if (i > exported) {
                deliver(event, part(seed), i);
            }
            if (i == importedAfter) {
                send(at.after().imported(part(seed), at.at(), withPayment));
                if (late && at.after().period() >= 0) {
                    happened("delivered late");
                    for (var before = Math.max(0, exported - 2); before <= exported; before++) {
                        deliver(events.get(before), part(seed), before);
                    }
                }
            }
            if (i >= importedAfter) {
                compare(seed, events, exported, i, withPayment || late);
            }
        }
        passUntil(chain.now().plus(Duration.ofDays(50)));
        compare(seed, events, exported, events.size() - 1, withPayment || late);
        assertThat(chain.discrepancies(part(seed))).isEmpty();
        assertThat(chain.books("stripe/main/sub_" + part(seed)))
                .as("an import is no money")
                .isEmpty();
        assertThat(chain.notifications())
                .filteredOn(sent -> sent.getSubject().equals(part(seed)) && sent.getKind() == NotificationKind.RECEIPT)
                .allMatch(receipt -> receipt.getAmount() > 0);
    }

    private void compare(long seed, List<Event> events, int exported, int last, boolean paymentKnown) {
        var full = entitlement(full(seed));
        var part = entitlement(part(seed));
        full.ifPresent(event -> happened(event.getStatus().name()));
        var snapshot = events.get(exported).after();
        if (events.get(last).after().collecting()) {
            happened("collecting");
            return;
        }
        var reversedSince = events.subList(exported + 1, last + 1).stream()
                .anyMatch(event -> event.isReversal() && event.after().period() == snapshot.period());
        if (reversedSince) {
            happened("reversed after");
        }
        var reversedBefore = events.subList(0, exported + 1).stream()
                .anyMatch(event -> event.isReversal() && event.after().period() == snapshot.period() - 1);
        var unknown = snapshot.reversed()
                || reversedSince && !paymentKnown
                || reversedBefore && (snapshot.collecting() || snapshot.unpaid());
        if (unknown && events.get(last).after().period() <= snapshot.period() + 1) {
            happened("not in an export");
            return;
        }
        if (snapshot.inArrears() && status(full).equals("ENDED") && status(part).equals("GRACE")) {
            happened("longer grace");
            return;
        }
        assertThat(text(part))
                .as("access after %d of %s, exported after %d (%s)", last, types(events), exported, snapshot)
                .isEqualTo(text(full));
    }

    private static List<String> types(List<Event> events) {
        return events.stream().map(event -> event.at() + " " + event.type()).toList();
    }

    private static String status(Optional<EntitlementEvent> event) {
        return event.map(each -> each.getStatus().name()).orElse("ENDED");
    }

    /** Of access that ended, an import does not know when. */
    private static String text(Optional<EntitlementEvent> event) {
        return event.filter(each -> each.getStatus() != EntitlementStatus.ENDED)
                .map(each -> each.getStatus() + " until " + each.getUntil())
                .orElse("ENDED");
    }

    @Test
    void the_same_import_again_changes_nothing_and_a_newer_one_replaces_it() {
        var at = chain.now();
        var story = StripeSubscription.story(new SplittableRandom(4), at.minus(Duration.ofDays(3)));
        var line = story.get(0).after().with(SubscriptionStatus.ACTIVE).imported("twice", at, false);
        send(line);
        send(line);
        assertThat(lastOutcomes(2)).containsExactly(OutcomeKind.APPLIED, OutcomeKind.DUPLICATE);
        assertThat(text(entitlement("twice"))).startsWith("ACTIVE");
        var later = story.get(0)
                .after()
                .with(SubscriptionStatus.ACTIVE)
                .next()
                .imported("twice", at.plusSeconds(60), false);
        send(later);
        send(line);
        assertThat(lastOutcomes(2)).containsExactly(OutcomeKind.APPLIED, OutcomeKind.DUPLICATE);
        assertThat(entitlement("twice").orElseThrow().getUntil())
                .isEqualTo(later.terms().paid().orElseThrow().until());
        assertThat(entitlement("twice").orElseThrow().getStatus()).isEqualTo(EntitlementStatus.ACTIVE);
    }

    /** The product keeps access only while more than 40 percent of the payment remain. */
    @Test
    void a_refund_of_most_of_the_payment_that_the_export_names_ends_access() {
        var at = chain.now();
        var story = StripeSubscription.story(new SplittableRandom(4), at.minus(Duration.ofDays(3)));
        var snapshot = story.get(0).after().with(SubscriptionStatus.ACTIVE);
        send(snapshot.imported("partly", at, true));
        refund("partly", snapshot, 400);
        assertThat(text(entitlement("partly"))).startsWith("ACTIVE");
        refund("partly", snapshot, 500);
        assertThat(text(entitlement("partly"))).isEqualTo("ENDED");
        assertThat(chain.books("stripe/main/sub_partly")).isEmpty();
    }

    private static void refund(String name, StripeSubscription.Snapshot snapshot, int amount) {
        var pi = StripeSubscription.payment("NAME", snapshot.period());
        var object =
                "{'id':'re_%s','object':'refund','payment_intent':'%s','amount':%d,'currency':'usd','status':'succeeded'}"
                        .formatted(pi, pi, amount);
        deliver(new Event(chain.now().plusSeconds(amount), "refund.updated", object, snapshot), name, amount);
    }

    private List<OutcomeKind> lastOutcomes(int count) {
        var all = chain.outcomes();
        return all.subList(all.size() - count, all.size()).stream()
                .map(outcome -> outcome.getKind())
                .toList();
    }

    private static Optional<EntitlementEvent> entitlement(String subject) {
        return Optional.ofNullable(chain.entitlements().get(subject + "/premium"))
                .map(entitlement -> entitlement.getLast());
    }

    private static void deliver(Event event, String name, int number) {
        chain.store(stripe, event.delivery(name, number, chain.now()));
    }

    private static void send(ImportedSubscription line) {
        var item = line.item(stripe.id());
        var headers = new RecordHeaders();
        headers.add(Headers.CE_ID, item.eventKey().getBytes(UTF_8))
                .add(Headers.CE_SOURCE, stripe.id().path().getBytes(UTF_8))
                .add(Headers.CE_TYPE, item.type().getBytes(UTF_8))
                .add(Headers.CONTENT_TYPE, ImportedSubscription.CONTENT_TYPE.getBytes(UTF_8))
                .add(Headers.RECEIVED_AT, chain.now().toString().getBytes(UTF_8))
                .add(Headers.VERIFIED_BY, "import/ada".getBytes(UTF_8));
        chain.store(new TestRecord<>(item.paymentKey(), line.document().array(), headers, chain.now()));
    }

    private static void passUntil(Instant time) {
        if (time.isAfter(chain.now())) {
            chain.advance(Duration.between(chain.now(), time));
        }
    }

    private static void happened(String what) {
        HAPPENED.merge(what, 1, Integer::sum);
    }

    private static String full(long seed) {
        return "full" + seed;
    }

    private static String part(long seed) {
        return "part" + seed;
    }
}

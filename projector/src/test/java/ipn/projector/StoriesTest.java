package ipn.projector;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Discrepancy;
import ipn.avro.EntitlementEvent;
import ipn.key.EntitlementKey;
import ipn.projector.catalogue.Cancellation;
import ipn.projector.catalogue.Discounts;
import ipn.projector.catalogue.KeepsAbove;
import ipn.projector.catalogue.Offers;
import ipn.projector.catalogue.Prices;
import ipn.projector.catalogue.Product;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.projector.catalogue.Tolerance;
import ipn.projector.ledger.Balances;
import ipn.projector.oracle.Oracle;
import ipn.projector.oracle.RandomStory;
import ipn.projector.oracle.Story;
import ipn.projector.oracle.Story.Line;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random lives of subscribers: access, books and open discrepancies are those of the {@link Oracle}, whatever the order of events. */
class StoriesTest {
    /** Of the rules alone; through the topology a thirtieth of it. {@code -Dseeds=2000} asks for more. */
    private static final int SEEDS = Integer.getInteger("seeds", 100);

    private static final long FIRST = Long.getLong("first.seed", 0);
    /** How many days are looked at in one story. */
    private static final int CHECKPOINTS = 10;

    private static final int LONG = 60;
    private static final Observer OBSERVER = new Observer(Projection.NOON);

    @TempDir
    private Path folder;

    @Test
    void rules_say_what_the_oracle_says_on_any_day_in_any_order() {
        var met = new TreeMap<String, Long>();
        var wrong = new ArrayList<String>();
        for (var seed = FIRST; seed < FIRST + SEEDS; seed++) {
            var story = RandomStory.create(new Random(seed));
            count(story, met);
            var at = seed;
            disagreement(story, seed).ifPresent(first -> wrong.add(report(story, at)));
            if (wrong.size() >= 5) {
                break;
            }
        }
        assertThat(String.join("\n\n", wrong)).as("disagreements").isEmpty();
        assertThat(met.keySet())
                .as("what stories contained, and what the oracle said of them")
                .contains(
                        "access ACTIVE",
                        "access GRACE",
                        "access SUSPENDED",
                        "access none",
                        "open UNDERPAID",
                        "open OVERPAID",
                        "open UNKNOWN_PRODUCT",
                        "open UNSOLD_TRIAL",
                        "open CURRENCY_MISMATCH",
                        "books revenue",
                        "books refunds",
                        "books disputes",
                        "books unmatched",
                        "discount",
                        "switch",
                        "trial",
                        "refund",
                        "refund of a line",
                        "refund of one of several products",
                        "refund of a line that was not sold",
                        "dispute OPEN",
                        "dispute WON",
                        "dispute LOST",
                        "several products in one invoice",
                        "failed renewal of several products",
                        "paid without money",
                        "items not reported",
                        "several items",
                        "several items in a trial",
                        "item removed with a credit",
                        "item removed without a credit",
                        "item switched with a credit",
                        "item switched without a credit",
                        "item switched without a credit to a shorter interval of its entitlement",
                        "several items, later CANCELED",
                        "several items, later EXPIRED",
                        "several items, later PAST_DUE",
                        "several items, later PAUSED",
                        "several items, later UNPAID",
                        "several items, later scheduled to cancel",
                        "former item, later CANCELED",
                        "former item, later EXPIRED",
                        "former item, later PAST_DUE",
                        "former item, later PAUSED",
                        "former item, later UNPAID",
                        "former item, later scheduled to cancel");
        System.getLogger("stories").log(System.Logger.Level.INFO, met);
    }

    static LongStream seeds() {
        return LongStream.range(FIRST, FIRST + SEEDS / 30);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void so_does_the_topology(long seed) {
        var story = RandomStory.create(new Random(seed));
        var random = new Random(seed);
        var events = StoryEvents.of(story);
        Collections.shuffle(events, random);
        var last = story.days().isEmpty() ? 0 : story.days().last();
        try (var projection = new Projection(folder, catalogue(story))) {
            var states = new StoryEvents();
            events.forEach(event -> projection.applied(ipn.avro.PaymentState.newBuilder(states.after(event))));
            for (var day = 0; day < last + LONG; day += 3) {
                projection.pass(Duration.ofDays(3));
            }
            var today =
                    (int) Duration.between(Projection.NOON, projection.now()).toDays();
            var ended = new HashMap<String, EntitlementEvent>();
            projection
                    .events()
                    .forEach(event -> ended.put(EntitlementKey.of(event).toString(), event));
            var found = new TreeMap<String, Discrepancy>();
            projection.discrepancies().forEach(each -> found.put(each.getDiscrepancyId(), each));
            assertThat(OBSERVER.see(ended.values(), Balances.of(projection.ledger()), found.values()))
                    .as("seed %d on day %d:\n%s", seed, today, story)
                    .isEqualTo(Oracle.expect(story, today));
        }
    }

    /** Day by day, each event perhaps twice; and all events at once in any order. */
    private static Optional<Disagreement> disagreement(Story story, long seed) {
        var random = new Random(seed);
        var events = StoryEvents.of(story);
        var days = new ArrayList<>(story.days());
        if (days.isEmpty()) {
            return Optional.empty();
        }
        var last = days.get(days.size() - 1);
        var world = new World(catalogue(story));
        var states = new StoryEvents();
        var looks = new ArrayList<Integer>();
        for (var i = 0; i < CHECKPOINTS; i++) {
            looks.add(random.nextInt(last + LONG));
        }
        looks.add(last + LONG);
        Collections.sort(looks);
        var today = 0;
        var next = 0;
        for (var look : looks) {
            var batch = new ArrayList<StoryEvents.Event>();
            while (next < events.size() && events.get(next).day() <= look) {
                batch.add(events.get(next++));
            }
            if (next > 0 && random.nextBoolean()) {
                batch.add(events.get(random.nextInt(next)));
            }
            Collections.shuffle(batch, random);
            world.pass(Duration.ofDays(look - today), random);
            today = look;
            batch.forEach(event -> world.published(states.after(event)));
            world.runAll(random);
            var difference = difference(world, story.until(look), look);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return late(story, events, last + LONG, random);
    }

    private static Optional<Disagreement> late(Story story, List<StoryEvents.Event> events, int today, Random random) {
        var world = new World(catalogue(story));
        var states = new StoryEvents();
        var shuffled = new ArrayList<>(events);
        events.stream().filter(event -> random.nextInt(4) == 0).forEach(shuffled::add);
        Collections.shuffle(shuffled, random);
        shuffled.forEach(event -> world.published(states.after(event)));
        world.runAll(random);
        world.pass(Duration.ofDays(today), random);
        return difference(world, story, today);
    }

    /** @param what access, books or open discrepancies */
    private record Disagreement(String what, String text) {}

    private static Optional<Disagreement> difference(World world, Story story, int today) {
        var expected = Oracle.expect(story, today);
        var actual = OBSERVER.see(world.events(), world.end().balances(), world.discrepancies());
        return difference("access", today, expected.access(), actual.access())
                .or(() -> difference("books", today, expected.books(), actual.books()))
                .or(() -> difference("open", today, expected.open(), actual.open()));
    }

    private static Optional<Disagreement> difference(
            String what, int today, Map<String, ?> expected, Map<String, ?> actual) {
        return expected.equals(actual)
                ? Optional.empty()
                : Optional.of(new Disagreement(
                        what,
                        "%s on day %d%n  by the oracle: %s%n  by the rules:  %s"
                                .formatted(what, today, expected, actual)));
    }

    /** The smallest story that still shows an error, and the error. */
    private static String report(Story story, long seed) {
        var what = disagreement(story, seed).orElseThrow().what();
        var smallest = story;
        for (var smaller = Optional.of(story); smaller.isPresent(); ) {
            smallest = smaller.get();
            smaller = smallest.smaller()
                    .filter(each -> disagreement(each, seed)
                            .filter(found -> found.what().equals(what))
                            .isPresent())
                    .findFirst();
        }
        return "seed %d: %s%n%s"
                .formatted(seed, disagreement(smallest, seed).orElseThrow().text(), smallest);
    }

    private static ProductCatalogue catalogue(Story story) {
        var byName = new HashMap<String, Product>();
        for (var each : story.products()) {
            var product = new Product(
                    each.name(),
                    each.entitlement(),
                    Product.Kind.SUBSCRIPTION,
                    Period.ofDays(each.days()),
                    Duration.ofDays(each.grace()),
                    each.endsAtOnce() ? Cancellation.AT_ONCE : Cancellation.AT_PERIOD_END,
                    false,
                    Prices.always(each.prices()),
                    Tolerance.NONE,
                    new Offers(
                            new Discounts(each.discount()),
                            each.trial().isPresent()
                                    ? Optional.of(Period.ofDays(each.trial().getAsInt()))
                                    : Optional.empty()),
                    new KeepsAbove(each.keepsAbove()));
            byName.put(each.name(), product);
            byName.put(each.sku(), product);
        }
        return new ProductCatalogue(byName, true, "v1");
    }

    private static void count(Story story, Map<String, Long> met) {
        var days = story.days();
        var middle = days.stream().skip(days.size() / 2).findFirst().orElse(0);
        Stream.of(Oracle.expect(story.until(middle), middle), Oracle.expect(story.until(middle), middle + LONG))
                .forEach(expected -> {
                    expected.access().values().forEach(text -> add(met, "access " + text.split(" ")[0]));
                    if (expected.access().isEmpty()) {
                        add(met, "access none");
                    }
                    expected.open().keySet().forEach(key -> add(met, "open " + key.split(" ")[1]));
                    expected.books().keySet().forEach(key -> add(met, "books " + key.split(" ")[0]));
                });
        story.purchases().forEach(purchase -> {
            purchase.statuses().stream()
                    .filter(status -> status.trialEnd().isPresent())
                    .forEach(status -> add(met, "trial"));
            purchase.invoices().forEach(invoice -> count(invoice, met));
            countItems(story, purchase, met);
        });
    }

    private static void countItems(Story story, Story.Purchase purchase, Map<String, Long> met) {
        var products = story.products().stream().collect(Collectors.toMap(Story.Product::sku, product -> product));
        var before = new ArrayList<Story.Product>();
        var ever = new HashSet<Story.Product>();
        for (var status : purchase.statuses()) {
            if (!status.areItems()) {
                add(met, "items not reported");
                continue;
            }
            var items = status.skus().stream()
                    .filter(products::containsKey)
                    .<Story.Product>map(products::get)
                    .toList();
            ever.addAll(items);
            var state = status.cancelScheduled()
                    ? "scheduled to cancel"
                    : status.state().name();
            if (items.size() > 1) {
                add(met, "several items");
                add(met, "several items, later " + state);
                if (status.trialEnd().isPresent()) {
                    add(met, "several items in a trial");
                }
            }
            if (ever.size() > items.size()) {
                add(met, "former item, later " + state);
            }
            before.stream()
                    .filter(former -> !items.contains(former))
                    .map(former -> change(former, items, before, status, purchase.invoices()))
                    .forEach(change -> add(met, change));
            before.clear();
            before.addAll(items);
        }
    }

    private static String change(
            Story.Product former,
            List<Story.Product> items,
            List<Story.Product> before,
            Story.Status status,
            List<Story.Invoice> invoices) {
        var lines = invoices.stream()
                .filter(invoice -> invoice.result() == Story.Result.PAID)
                .flatMap(invoice -> invoice.lines().stream())
                .filter(line -> line.from() == status.day())
                .toList();
        var credit =
                lines.stream().anyMatch(line -> line.amount() < 0 && line.sku().equals(former.sku()))
                        ? " with a credit"
                        : " without a credit";
        var next = items.stream().filter(product -> !before.contains(product)).findFirst();
        var isShorter = next.filter(product -> product.days() < former.days()
                        && product.entitlement().equals(former.entitlement())
                        && lines.stream().anyMatch(line -> line.sku().equals(product.sku())))
                .isPresent();
        return (next.isPresent() ? "item switched" : "item removed")
                + credit
                + (isShorter ? " to a shorter interval of its entitlement" : "");
    }

    private static void count(Story.Invoice invoice, Map<String, Long> met) {
        invoice.refunds().forEach(refund -> count(refund, invoice, met));
        invoice.disputes().forEach(dispute -> add(met, "dispute " + dispute.outcome()));
        if (invoice.discount() > 0 || invoice.lines().stream().anyMatch(line -> line.discount() > 0)) {
            add(met, "discount");
        }
        var skus = invoice.lines().stream()
                .collect(Collectors.groupingBy(Line::sku, Collectors.summingLong(Line::amount)));
        if (skus.size() > 1) {
            add(met, skus.values().stream().anyMatch(sum -> sum < 0) ? "switch" : "several products in one invoice");
        }
        if (invoice.result() == Story.Result.FAILED && skus.size() > 1) {
            add(met, "failed renewal of several products");
        }
        if (invoice.result() == Story.Result.PAID && invoice.paid() == 0) {
            add(met, "paid without money");
        }
    }

    private static void count(Story.Refund refund, Story.Invoice invoice, Map<String, Long> met) {
        add(met, "refund");
        if (!refund.sku().isEmpty()) {
            var skus = invoice.lines().stream().map(Line::sku).collect(Collectors.toSet());
            add(met, skus.contains(refund.sku()) ? "refund of a line" : "refund of a line that was not sold");
            if (skus.contains(refund.sku()) && skus.size() > 1) {
                add(met, "refund of one of several products");
            }
        }
    }

    private static void add(Map<String, Long> met, String what) {
        met.merge(what, 1L, Long::sum);
    }
}

package ipn.app.kill;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.FreePorts;
import ipn.app.SettingsSource;
import ipn.app.command.Console;
import ipn.app.diff.Change;
import ipn.app.diff.DiffReport;
import ipn.app.diff.DiffRun;
import ipn.app.diff.Kind;
import ipn.app.kill.Purchase.Sent;
import ipn.app.rebuild.Rebuild;
import ipn.app.rebuild.RebuildPlan;
import ipn.app.rebuild.RebuildTopics;
import ipn.app.stack.Announcer;
import ipn.app.stack.Stack;
import ipn.app.stack.StackPlan;
import ipn.app.stack.Stage;
import ipn.gateway.Accounts;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Translation;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.polling.Polling;
import ipn.runtime.process.Closing;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A history of two gateways, with orders, refunds, disputes, dead letters, redeliveries in any order and a decision, is run again on a real
 * broker: unchanged code makes the same of it, also when it is killed meanwhile, and a changed translator and price make exactly the differences
 * that they must.
 */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RebuiltHistoryIT {
    private static final int PURCHASES = 40;
    private static final int KINDS = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /**
     * Longer than it takes until users are notified. That time is longer than a slow machine needs for what was stored at once: the live stages
     * measure it by when they process, the rebuild by when it was stored.
     */
    private static final Duration QUIET = Duration.ofMillis(2_800);

    private static final String SETTINGS = """
            gateways:
              stripe: {main: {mode: test, secrets: ["test:whsec_TEST_ONLY_protects_nothing_at_all"]}}
              standard-webhooks: {main: {mode: test, secrets: ["test:whsec_dGVzdCBvbmx5OiBwcm90ZWN0cyBub3RoaW5nIGF0IGFsbA=="]}}
            products:
              premium: {entitlement: premium, kind: subscription, interval: P1M, grace: P7D, prices: {USD: 800}, aliases: [price_premium]}
              promoted-post: {entitlement: promotion, kind: once, scope: reference, prices: {USD: %d}}
            brake: {max: 1000000000, share: 100}
            notifications: {settle: PT2S}
            """;

    @TempDir
    static Path folder;

    private static Path unchanged;
    private static Path changed;
    private static Stack stack;
    private static Instant middle;
    private static Map<TopicPartition, Long> ends;

    @BeforeAll
    static void makeHistory() throws Exception {
        unchanged = Files.writeString(folder.resolve("ipn.yaml"), SETTINGS.formatted(2500));
        changed = Files.writeString(folder.resolve("new.yaml"), SETTINGS.formatted(2600));
        var settings = new SettingsSource(Optional.of(unchanged), FreePorts.with(Map.of("IPN_TOPICS_PARTITIONS", "2")));
        stack = Stack.start(
                new StackPlan(settings, folder.resolve("data"), EnumSet.of(Stage.PROCESSOR, Stage.PROJECTOR)),
                Announcer.SILENT);
        write(new Purchases(settings, Clock.systemUTC().instant()).from(0, PURCHASES));
        ends = awaitQuiet();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    /** Half of it, a decision, and the other half. */
    private static void write(List<Purchase> purchases) {
        var random = new Random(1);
        var sent = new ArrayList<Sent>();
        purchases.forEach(purchase -> sent.addAll(purchase.deliveries()));
        sent.addAll(sent.stream().filter(each -> random.nextInt(4) == 0).toList());
        Collections.shuffle(sent, random);
        var half = sent.size() / 2;
        try (var raw = new RawWriter(stack.config())) {
            var orders =
                    purchases.stream().flatMap(each -> each.order().stream()).toList();
            orders.subList(0, orders.size() / 2).forEach(raw::order);
            sent.subList(0, half).forEach(each -> raw.deliver(each, now()));
            raw.flush();
            awaitQuiet();
            run(0, "grant", "user-4", "premium", "--for", "P1D", "--by", "ada", "--why", "gift", "--yes");
            middle = now();
            orders.subList(orders.size() / 2, orders.size()).forEach(raw::order);
            sent.subList(half, sent.size()).forEach(each -> raw.deliver(each, now()));
            raw.flush();
        }
    }

    @Test
    @Order(1)
    void a_killed_rebuild_goes_on_and_makes_the_same_of_the_same_history() throws Exception {
        killAmidst("shadow.");
        run(0, "rebuild");
        assertThat(run(0, "diff", "ipn.", "shadow.")).contains("no difference");
        assertThat(run(1, "rebuild")).contains("topics of a rebuild that is done");
        assertLiveUntouched();
    }

    @Test
    @Tag("long")
    @Order(2)
    void what_begins_before_is_counted_and_not_compared() {
        run(0, "rebuild", "--from", middle.toString(), "--fresh");
        try (var report = diff("shadow.")) {
            assertThat(report.isEmpty()).as(text(report)).isTrue();
            assertThat(report.notCompared().paymentsBefore()).isBetween(10L, PURCHASES + 10L);
            assertThat(report.notCompared().entitlementsBefore()).isPositive();
            assertThat(report.records()).isPositive();
        }
        assertLiveUntouched();
    }

    @Test
    @Order(3)
    void a_changed_translator_and_a_changed_price_make_exactly_the_differences_that_they_must() {
        var plan = RebuildPlan.of(
                stack.config().kafka(),
                "changed.",
                new SettingsSource(Optional.of(changed), environment()).read(),
                "changed",
                folder,
                Optional.empty());
        var planted = new RebuildPlan(
                plan.live(),
                plan.topics(),
                plan.processor().with(ignoringFailures(stack.config().accounts())),
                plan.projector(),
                plan.catalogues(),
                plan.build(),
                plan.data(),
                plan.from());
        new Rebuild(planted, Clock.systemUTC(), Progress.SILENT).run(false, new Closing());
        try (var report = diff("changed.")) {
            assertThat(keys(report, Kind.PAYMENT))
                    .as("payments that failed: %s", text(report))
                    .hasSize(PURCHASES / KINDS)
                    .allMatch(key -> kind(key) == 4);
            assertThat(report.sum(Kind.PAYMENT).different()).isEqualTo(PURCHASES / KINDS);
            assertThat(users(report, Kind.ENTITLEMENT))
                    .as("users who paid the old price for a post: %s", text(report))
                    .isEqualTo(usersOf(0, 1, 2, 3));
            assertThat(users(report, Kind.DISCREPANCY))
                    .as("what was paid is too little now, or by more than before; a lost dispute has gone back")
                    .isEqualTo(usersOf(0, 3, 8));
            assertThat(users(report, Kind.NOTIFICATION)).isSubsetOf(usersOf(0, 1, 2, 3));
            assertThat(keys(report, Kind.LEDGER)).isNotEmpty().allMatch(key -> kind(key) < 4);
            assertThat(report.sum(Kind.DEAD_LETTER).count()).isZero();
        }
        assertLiveUntouched();
    }

    /** A translator of Stripe's notifications that forgot what a failed payment is. */
    private static Accounts ignoringFailures(Accounts accounts) {
        var all = new HashMap<>(accounts.byName());
        all.computeIfPresent("stripe/main", (name, account) -> (GatewayAccount) Proxy.newProxyInstance(
                GatewayAccount.class.getClassLoader(),
                new Class<?>[] {GatewayAccount.class},
                (proxy, method, given) -> {
                    if (method.getName().equals("translate")
                            && ((Item) given[1]).type().equals("payment_intent.payment_failed")) {
                        return new Translation.Ignored("payment_intent.payment_failed");
                    }
                    try {
                        return method.invoke(account, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
        return new Accounts(all, accounts.payerWordsByName());
    }

    private static void killAmidst(String prefix) throws Exception {
        var process = CommandProcess.start(
                folder,
                512,
                environment(),
                List.of(
                        "--config",
                        unchanged.toString(),
                        "--data",
                        folder.toString(),
                        "rebuild",
                        "--to-prefix",
                        prefix));
        try (var topics = new Topics(new RebuildTopics(stack.config().kafka(), prefix).kafka())) {
            assertThat(Polling.upTo(PATIENCE)
                            .every(Duration.ofMillis(1))
                            .until(() -> !process.isAlive() || topics.end(TopicCatalogue.OUTCOMES) > 0))
                    .isTrue();
        }
        process.kill();
        assertThat(process.await().exitCode()).as("killed before its end").isNotZero();
    }

    private static DiffReport diff(String prefix) {
        var kafka = stack.config().kafka();
        return new DiffRun(kafka, "ipn-processor", "ipn-projector", Progress.SILENT)
                .run(new RebuildTopics(kafka, prefix));
    }

    private static void assertLiveUntouched() {
        assertThat(ends(stack.config().kafka()))
                .as("ends of all topics of the pipeline")
                .isEqualTo(ends);
    }

    private static List<String> keys(DiffReport report, Kind kind) {
        return changes(report, kind).stream().map(Change::key).toList();
    }

    private static List<String> users(DiffReport report, Kind kind) {
        return changes(report, kind).stream()
                .map(Change::user)
                .distinct()
                .sorted()
                .toList();
    }

    private static List<Change> changes(DiffReport report, Kind kind) {
        var found = new ArrayList<Change>();
        report.changes(kind, found::add);
        return found;
    }

    private static List<String> usersOf(Integer... kinds) {
        var wanted = List.of(kinds);
        return IntStream.range(0, PURCHASES)
                .filter(number -> wanted.contains(number % KINDS))
                .mapToObj(number -> "user-" + number)
                .sorted()
                .toList();
    }

    /** Which kind of purchase a key of the simulator belongs to: it contains k and the number. */
    private static int kind(String key) {
        var number = java.util.regex.Pattern.compile("k([0-9]+)").matcher(key);
        return number.find() ? Integer.parseInt(number.group(1)) % KINDS : -1;
    }

    private static String text(DiffReport report) {
        var lines = new ArrayList<String>();
        for (var kind : Kind.values()) {
            changes(report, kind)
                    .forEach(each -> lines.add(
                            "%s %s %s %s: %s".formatted(kind, each.side(), each.key(), each.user(), each.text())));
        }
        return String.join("\n", lines);
    }

    /** The ends of all topics when nothing is written any more. */
    private static Map<TopicPartition, Long> awaitQuiet() {
        var kafka = stack.config().kafka();
        var last = new TreeMap<String, Long>();
        var since = new long[] {System.nanoTime()};
        try (var topics = new Topics(kafka)) {
            assertThat(Polling.upTo(PATIENCE).every(Duration.ofMillis(50)).until(() -> {
                        var now = new TreeMap<String, Long>();
                        ends(kafka).forEach((partition, end) -> now.put(partition.toString(), end));
                        if (!now.equals(last) || !topics.allRead("ipn-processor")) {
                            last.clear();
                            last.putAll(now);
                            since[0] = System.nanoTime();
                        }
                        return System.nanoTime() - since[0] > QUIET.toNanos();
                    }))
                    .as("the pipeline has nothing to do")
                    .isTrue();
        }
        return ends(kafka);
    }

    private static Map<TopicPartition, Long> ends(KafkaSettings kafka) {
        var all = new HashMap<TopicPartition, Long>();
        try (var reader = TopicReader.open(kafka)) {
            for (var spec : kafka.topics().specs()) {
                all.putAll(reader.all(kafka.topics().name(spec.name())).to());
            }
        }
        return all;
    }

    private static Map<String, String> environment() {
        var kafka = stack.config().kafka();
        return Map.of(
                "IPN_TOPICS_PARTITIONS", "2",
                "IPN_KAFKA_BOOTSTRAP_SERVERS", kafka.clients().get("bootstrap.servers"),
                "IPN_SCHEMA_REGISTRY_URL", kafka.registry().get("schema.registry.url"));
    }

    /** Runs a command with the unchanged settings; returns what it printed. */
    private static String run(int expected, String... command) {
        var console = new Console(environment());
        var all = new ArrayList<>(List.of("--config", unchanged.toString(), "--data", folder.toString()));
        all.addAll(List.of(command));
        var code = console.run(all.toArray(String[]::new));
        var printed = console.output() + console.errors();
        assertThat(code).as("%s: %s", String.join(" ", command), printed).isEqualTo(expected);
        return printed;
    }

    private static Instant now() {
        return Clock.systemUTC().instant();
    }
}

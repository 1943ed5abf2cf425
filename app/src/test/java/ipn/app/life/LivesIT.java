package ipn.app.life;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.FreePorts;
import ipn.app.SettingsSource;
import ipn.app.stack.Announcer;
import ipn.app.stack.Stack;
import ipn.app.stack.StackPlan;
import ipn.app.stack.Stage;
import ipn.app.stack.Waiting;
import ipn.decision.ApprovalPolicy;
import ipn.operations.conservation.ConservationCheck;
import ipn.operations.explain.Explain;
import ipn.operations.explain.coverage.CoverageReport;
import ipn.operations.topic.Progress;
import ipn.simulator.DeliveryClient;
import ipn.simulator.Outgoing;
import ipn.simulator.RandomTokens;
import ipn.simulator.Senders;
import ipn.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole lives over HTTP, through the broker and every stage: they end alike, whatever the order of their notifications. */
@Timeout(180)
class LivesIT {
    private static final int SHUFFLES = Integer.getInteger("lives.shuffles", 2);
    private static final DeliveryClient POST = new DeliveryClient();

    @TempDir
    static Path data;

    private static final Map<Life, List<Delivered>> DELIVERED = new LinkedHashMap<>();
    private static Stack stack;
    private static Tables tables;

    @BeforeAll
    static void start() throws IOException {
        var ports = FreePorts.with(Map.of("IPN_GATEWAYS_MOLLIE_MAIN_FETCH_PER_SECOND", "10000"));
        var plan = new StackPlan(SettingsSource.builtIn(ports), data, EnumSet.range(Stage.INGRESS, Stage.PROJECTOR));
        stack = Stack.start(plan, Announcer.SILENT);
        for (var life : Lives.all().toList()) {
            for (var seed = 0; seed < SHUFFLES; seed++) {
                DELIVERED.computeIfAbsent(life, first -> new ArrayList<>()).add(deliver(life, seed));
            }
        }
        awaitAllDecided();
        tables = Tables.read(stack.config().kafka());
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
    }

    static Stream<Life> lives() {
        return DELIVERED.keySet().stream();
    }

    @Test
    void no_gateway_is_left_out() {
        assertThat(Lives.all().map(Life::gateway)).containsExactlyInAnyOrderElementsOf(Senders.gateways());
    }

    /** One delivery of a life, in an order of its own. */
    private record Delivered(String subject, TreeSet<String> paymentKeys) {}

    @ParameterizedTest
    @MethodSource("lives")
    void a_life_ends_alike_in_any_order_of_its_notifications_and_with_duplicates(Life life) {
        assertThat(DELIVERED.get(life))
                .hasSize(SHUFFLES)
                .allSatisfy(each -> assertThat(end(each)).as(each.subject()).isEqualTo(life.end()));
    }

    @Test
    void every_raw_record_has_one_outcome() {
        assertThat(conservation().run(Progress.SILENT).balanced()).isTrue();
    }

    @Test
    void every_change_is_explained() {
        var explained = explained();
        assertThat(explained.events()).isPositive();
        assertThat(explained.unexplained()).isEmpty();
    }

    /** Every change so far, down to the bytes. */
    private static CoverageReport explained() {
        var kafka = stack.config().kafka();
        return new Explain(kafka, kafka.serdes(), "ipn-projector", ApprovalPolicy.NONE).checkAll(10, Progress.SILENT);
    }

    private static Delivered deliver(Life life, long seed) throws IOException {
        var sender =
                Senders.find(stack.settings().read(), life.gateway(), "main").orElseThrow();
        var simulator = new Simulator(Simulator.find(life.gateway()).orElseThrow(), sender);
        var subject = "u-" + RandomTokens.fresh().toLowerCase(java.util.Locale.ROOT);
        var now = Clock.systemUTC().instant();
        var sent = life.notifications(simulator, RandomTokens.fresh(), subject, now);
        var keys = new TreeSet<String>();
        var url = stack.ingressUrl().resolve("/ipn/" + life.gateway() + "/main");
        for (var outgoing : shuffled(sent, new Random(seed))) {
            var account = stack.config().accounts().find(life.gateway(), "main").orElseThrow();
            account.identify(outgoing.received(now)).forEach(item -> keys.add(item.paymentKey()));
            assertThat(POST.send(url, outgoing, sender.standIn()).status()).isEqualTo(200);
        }
        return new Delivered(subject, keys);
    }

    /** Everything once, in disorder, and half of it again. */
    private static List<Outgoing> shuffled(List<Outgoing> sent, Random random) {
        var all = new ArrayList<>(sent);
        sent.stream().filter(each -> random.nextBoolean()).forEach(all::add);
        Collections.shuffle(all, random);
        return all;
    }

    private static ConservationCheck conservation() {
        var kafka = stack.config().kafka();
        var stages = new ConservationCheck.Stages("ipn-processor", "ipn-projector");
        return new ConservationCheck(kafka, kafka.serdes(), stages);
    }

    private static void awaitAllDecided() {
        var check = conservation();
        Waiting.until(
                "everything sent has been decided",
                Duration.ofSeconds(60),
                () -> check.run(Progress.SILENT).allDecided());
    }

    private static Life.End end(Delivered delivered) {
        var payments = delivered.paymentKeys().stream()
                .map(key -> tables.payments().get(key))
                .filter(Objects::nonNull)
                .map(state -> state.getStatus() + " " + state.getDisputeStatus())
                .toList();
        var current = tables.entitlements().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(delivered.subject() + "/"))
                .map(entry -> entry.getValue().getLast())
                .toList();
        assertThat(current).as("entitlements").hasSize(1);
        return new Life.End(current.get(0).getStatus(), current.get(0).getReason(), payments);
    }
}

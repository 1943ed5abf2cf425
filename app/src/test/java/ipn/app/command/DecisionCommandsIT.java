package ipn.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.avro.DisputeStatus;
import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.avro.RecordPosition;
import ipn.avro.Totals;
import ipn.embedded.EmbeddedRegistry;
import ipn.embedded.KafkaUnderTest;
import ipn.polling.Polling;
import ipn.projector.ProjectorSettings;
import ipn.runtime.streams.StreamsStage;
import ipn.settings.Settings;
import ipn.topics.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People decide, with commands, a real broker and a projector. */
class DecisionCommandsIT {
    private static final String PREFIX = "decision-commands.";
    private static final Pattern DECISION = Pattern.compile("decision (\\S+) written");

    @TempDir
    private static Path folder;

    private static EmbeddedRegistry registry;
    private static String config;
    private static KafkaSettings kafka;
    private static StreamsStage projector;

    private Console console = new Console(Map.of());

    @BeforeAll
    static void start() throws IOException {
        registry = EmbeddedRegistry.start(folder.resolve("schemas.json"), 0);
        var file = Files.writeString(folder.resolve("ipn.yaml"), """
                        kafka: {bootstrap.servers: "%s"}
                        schema-registry: {url: "%s"}
                        topics: {prefix: %s, partitions: 2, replication: 1}
                        projector: {application-id: decision-commands-projector}
                        policy: {goodwill: {longest: P2M, per-person-per-day: 2}, approval: [transfer]}
                        products:
                          promoted-post: {entitlement: promotion, kind: once, scope: reference, prices: {USD: 2500}}
                        """.formatted(
                        KafkaUnderTest.shared().bootstrapServers(), registry.url(), PREFIX));
        config = file.toString();
        var console = new Console(Map.of());
        assertThat(console.run("topics", "apply", "--config", config)).isZero();
        assertThat(console.run("schemas", "apply", "--config", config)).isZero();
        var settings = Settings.load(file, Map.of());
        kafka = KafkaSettings.from(settings, "", "");
        projector = ProjectorSettings.from(settings, 2, folder).start(kafka, new SimpleMeterRegistry());
    }

    @AfterAll
    static void stop() {
        projector.close();
        registry.close();
    }

    @Test
    void an_underpayment_is_accepted_and_the_decision_is_undone() {
        underpaid("pi_1");
        var id = "UNDERPAID/stripe/main/pi_1";
        assertThat(Polling.upTo(Duration.ofSeconds(30))
                        .until(() -> run("discrepancy list --user u_1") == 0
                                && console.output().contains(id)))
                .isTrue();
        assertThat(console.output()).contains("1 discrepancies; money of their payments: 20.00 USD");

        assertThat(run("discrepancy show " + id)).isZero();
        assertThat(console.output()).contains("accept, dismiss", "next: ", "ipn discrepancy accept " + id);
        assertThat(run("discrepancy accept " + id + " --why=gift --yes --dry-run"))
                .isZero();
        assertThat(console.output()).contains("u_1 has: nothing", "dry run: nothing was written");

        assertThat(run("discrepancy accept " + id + " --why=gift --yes --by=ada"))
                .as(console.errors())
                .isZero();
        assertThat(console.output())
                .contains("discrepancy: CLOSED by decision", "access: promotion post_7 ACTIVE (PAID), before: nothing");
        var decision = DECISION.matcher(console.output())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);

        assertThat(run("discrepancy list --state=closed --payment=stripe/main/pi_1"))
                .isZero();
        assertThat(console.output()).contains(decision);
        assertThat(run("explain u_1")).as(console.errors()).isBetween(0, 1);
        assertThat(console.output()).contains("Decisions", "ACCEPT by ada", "(gift) [counts]");

        assertThat(run("discrepancy undo " + id + " --why=typo --yes")).isEqualTo(1);
        assertThat(console.errors()).contains("expected: a decision about this discrepancy: " + decision);
        assertThat(run("discrepancy undo " + decision + " --why=typo --yes --json"))
                .as(console.errors())
                .isZero();
        assertThat(console.output())
                .contains("\"processed\" : true", "\"kind\" : \"UNDO\"", "WITHDRAWN")
                .contains("\"source\" : \"SYSTEM_USER\"");
        assertThat(run("discrepancy undo " + decision + " --why=typo --yes")).isEqualTo(1);
        assertThat(console.errors()).contains(decision + ": undone already");
        assertThat(run("discrepancy show " + id)).isZero();
        assertThat(console.output()).contains("OPEN", "undone");
    }

    @Test
    void access_is_granted_extended_transferred_with_approval_and_undone() {
        assertThat(run("grant u_2 promotion --scope post_1 --for P1Y --why=gift --yes"))
                .isEqualTo(1);
        assertThat(console.errors()).contains("too long (expected: at most P2M at once, policy.goodwill.longest)");
        assertThat(run("grant u_2 promotion --scope post_1 --for P30D --why=gift --yes --by=ada --dry-run"))
                .isZero();
        assertThat(console.output()).contains("product promoted-post", "u_2 has: nothing", "dry run");

        assertThat(run("grant u_2 promotion --scope post_1 --for P30D --why=gift --yes --by=ada"))
                .as(console.errors())
                .isZero();
        assertThat(console.output()).contains("access: promotion post_1 ACTIVE (GRANTED) until ", "before: nothing");
        assertThat(run("extend u_2 promotion --scope post_1 --for P1M --why=more --yes --by=ada"))
                .as(console.errors())
                .isZero();
        assertThat(run("revoke u_2 promotion --scope post_1 --why=third --yes --by=ada"))
                .isEqualTo(1);
        assertThat(console.errors()).contains("ada: 2 decisions about access within 24 hours (expected: at most 2,");

        assertThat(run("transfer u_2 promotion --scope post_1 --to u_3 --why=sold --yes --by=bob"))
                .as(console.errors())
                .isZero();
        var transfer = DECISION.matcher(console.output())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        assertThat(console.output())
                .contains("it counts once somebody else approves it: ipn decision approve " + transfer);
        assertThat(run("entitlements u_3")).isEqualTo(1);
        assertThat(run("decision approve " + transfer + " --why=ok --yes --by=bob"))
                .isEqualTo(1);
        assertThat(console.errors()).contains("made by bob (expected: the approval of somebody else)");
        assertThat(run("decision approve " + transfer + " --why=ok --yes --by=ada"))
                .as(console.errors())
                .isZero();
        assertThat(run("entitlements u_3")).isZero();
        assertThat(console.output()).contains("ACTIVE", "GRANTED");
        assertThat(run("transfer u_3 promotion --scope post_1 --to u_4 --why=on --yes --by=eve"))
                .isEqualTo(1);
        assertThat(console.errors()).contains("transferred to this user already");
        assertThat(run("explain u_2")).as(console.output() + console.errors()).isZero();
        assertThat(console.output()).contains("GRANT by ada", "EXTEND by ada", "TRANSFER by bob", "[counts]");

        assertThat(run("decision undo " + transfer + " --why=typo --yes --by=ada"))
                .as(console.errors())
                .isZero();
        var undo = DECISION.matcher(console.output())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        assertThat(console.output())
                .as("what two persons decided is not undone by one")
                .contains("it counts once somebody else approves it: ipn decision approve " + undo);
        assertThat(run("entitlements u_3")).isZero();
        assertThat(run("decision approve " + undo + " --why=yes --yes --by=bob"))
                .as(console.errors())
                .isZero();
        assertThat(run("entitlements u_2")).isZero();
        assertThat(console.output()).contains("ACTIVE", "GRANTED");
        assertThat(run("decision list --about u_2 --json")).isZero();
        assertThat(console.output()).contains("\"UNDONE\"", "\"EFFECTIVE\"", "\"APPROVE\"");
    }

    @Test
    void access_that_does_not_exist_and_products_that_do_not_fit_are_refused() {
        assertThat(run("extend u_9 promotion --scope post_1 --for P1D --why=x --yes"))
                .isEqualTo(1);
        assertThat(console.errors()).contains("no access to extend (expected: access now; use 'ipn grant')");
        assertThat(run("revoke u_9 promotion --scope post_1 --why=x --yes")).isEqualTo(1);
        assertThat(console.errors()).contains("no access now or before (expected: an entitlement from");
        assertThat(run("transfer u_9 promotion --scope post_1 --to u_8 --why=x --yes"))
                .isEqualTo(1);
        assertThat(console.errors()).contains("no purchase (expected: an entitlement from");
        assertThat(run("grant u_9 promotion --for P1D --why=x --yes")).isEqualTo(2);
        assertThat(console.errors()).contains("--scope: missing (expected: what promoted-post is limited to");
        assertThat(run("grant u_9 premium --for P1D --why=x --yes")).isEqualTo(2);
        assertThat(console.errors()).contains("--product: missing (expected: a product that gives premium");
        assertThat(run("grant u_9 promotion --product gold --scope p --for P1D --why=x --yes"))
                .isEqualTo(2);
        assertThat(console.errors()).contains("--product: gold (expected: a product of the settings that gives");
        assertThat(run("decision list --about u_9 --json")).isZero();
        assertThat(console.output()).as("nothing was written").doesNotContain("u_9");
    }

    @Test
    void unknown_ids_and_impossible_decisions_are_exit_code_1() {
        assertThat(run("discrepancy accept LATE/nope --why=x --yes")).isEqualTo(1);
        assertThat(console.errors()).contains("LATE/nope: no such discrepancy (expected: an id from");
        assertThat(run("discrepancy undo d_nope --why=x --yes")).isEqualTo(1);
        assertThat(console.errors()).contains("d_nope: no such decision (expected: ");
    }

    private static void underpaid(String id) {
        var key = "stripe/main/" + id;
        var state = PaymentState.newBuilder()
                .setPaymentKey(key)
                .setGateway("stripe")
                .setAccount("main")
                .setLive(true)
                .setStatus(PaymentStatus.COMPLETED)
                .setDisputeStatus(DisputeStatus.NONE)
                .setFraudFlagged(false)
                .setCapturedAt(Instant.parse("2026-09-01T12:00:00Z"))
                .setTotals(List.of(new Totals("USD", 0L, 2000L, 0L, 0L, 0L, 0L)))
                .setReferences(Map.of("subject", "u_1", "product", "promoted-post", "reference", "post_7"))
                .setFacts(List.of())
                .setEvents(List.of())
                .build();
        var outcome = Outcome.newBuilder()
                .setKind(OutcomeKind.APPLIED)
                .setPaymentKey(key)
                .setEventKey("stripe/main/evt_" + id)
                .setGateway("stripe")
                .setAccount("main")
                .setEventType("some.type")
                .setSource(new RecordPosition(PREFIX + "raw", 0, 1L))
                .setPayment(state)
                .build();
        try (var texts = new KafkaProducer<>(
                        kafka.client(), new StringSerializer(), kafka.serdes().serializer(Outcome.class));
                var states = new KafkaProducer<>(
                        kafka.client(), new StringSerializer(), kafka.serdes().serializer(PaymentState.class))) {
            texts.send(new ProducerRecord<>(PREFIX + "outcomes", key, outcome));
            states.send(new ProducerRecord<>(PREFIX + "payments", key, state));
        }
    }

    private int run(String command) {
        console = new Console(Map.of());
        return console.run(
                Stream.concat(Stream.of(command.split(" ")), Stream.of("--config", config, "--data", folder.toString()))
                        .toArray(String[]::new));
    }
}

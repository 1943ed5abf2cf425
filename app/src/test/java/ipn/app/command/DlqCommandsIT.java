package ipn.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.embedded.EmbeddedRegistry;
import ipn.embedded.KafkaUnderTest;
import ipn.gateway.stripe.StripeSignature;
import ipn.polling.Polling;
import ipn.processor.ProcessorSettings;
import ipn.projector.ProjectorSettings;
import ipn.runtime.streams.StreamsStage;
import ipn.seal.SealRole;
import ipn.seal.Sealer;
import ipn.settings.Settings;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** An engineer on call and a dead letter, with commands, a real broker, a processor and a projector. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DlqCommandsIT {
    private static final String PREFIX = "dlq-commands.";
    private static final String SECRET = "whsec_0123456789abcdef";
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "STRIPE", SECRET,
            "INGRESS_SEAL", "a-secret-of-the-tests-that-is-long-enough-1",
            "TOOLS_SEAL", "a-secret-of-the-tests-that-is-long-enough-2");

    @TempDir
    private static Path folder;

    private static EmbeddedRegistry registry;
    private static Path config;
    private static Settings settings;
    private static KafkaSettings kafka;
    private static StreamsStage processor;
    private static StreamsStage projector;

    private Console console = new Console(ENVIRONMENT);

    @BeforeAll
    static void start() throws IOException {
        registry = EmbeddedRegistry.start(folder.resolve("schemas.json"), 0);
        config = Files.writeString(folder.resolve("ipn.yaml"), """
                        kafka: {bootstrap.servers: "%s"}
                        schema-registry: {url: "%s"}
                        topics: {prefix: %s, partitions: 2, replication: 1}
                        gateways: {stripe: {main: {mode: test, secrets: 'env:STRIPE'}}}
                        seal: {ingress: 'env:INGRESS_SEAL', tools: 'env:TOOLS_SEAL'}
                        processor: {application-id: dlq-commands-processor}
                        projector: {application-id: dlq-commands-projector}
                        products:
                          promoted-post: {entitlement: promotion, kind: once, scope: reference, prices: {USD: 2500}}
                        """.formatted(
                        KafkaUnderTest.shared().bootstrapServers(), registry.url(), PREFIX));
        var console = new Console(ENVIRONMENT);
        assertThat(console.run("topics", "apply", "--config", config.toString()))
                .as(console.errors())
                .isZero();
        assertThat(console.run("schemas", "apply", "--config", config.toString()))
                .isZero();
        settings = Settings.load(config, ENVIRONMENT);
        kafka = KafkaSettings.from(settings, "", "");
        var meters = new SimpleMeterRegistry();
        processor = ProcessorSettings.from(settings, folder).start(kafka, meters);
        projector = ProjectorSettings.from(settings, 2, folder).start(kafka, meters);
    }

    @AfterAll
    static void stop() {
        processor.close();
        projector.close();
        registry.close();
    }

    @Test
    @Order(1)
    void is_found_understood_repaired_and_kept() throws IOException {
        receive(1);
        assertThat(Polling.upTo(Duration.ofSeconds(60))
                        .until(() -> run("dlq") == 0 && console.output().contains("UNKNOWN_CURRENCY")))
                .isTrue();
        assertThat(console.output())
                .contains("1 open dead letters, 1 causes", "GROWING", "stripe/main; payment_intent.succeeded")
                .contains("1 payments", "dead-letters.md#unknown_currency", "next     ipn dlq show " + PREFIX + "raw-");
        var id = Pattern.compile("ipn dlq show (\\S+)")
                .matcher(console.output())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);

        assertThat(run("dlq list --user u_42 --event-type payment_intent.succeeded"))
                .isZero();
        assertThat(console.output()).contains(id);
        assertThat(run("dlq list --user u_43")).isZero();
        assertThat(console.output()).doesNotContain(id);

        assertThat(run("dlq show " + id)).isZero();
        assertThat(console.output())
                .contains("nothing is known", "UNPROCESSABLE (UNKNOWN_CURRENCY", "pi_1", "<masked: ")
                .doesNotContain("u_42", "not verified");
        assertThat(run("dlq show --reveal " + id)).isZero();
        assertThat(console.output()).contains("u_42");

        assertThat(run("dlq replay --dry-run " + id)).isZero();
        assertThat(console.output()).contains("1 UNPROCESSABLE UNKNOWN_CURRENCY", "nothing was written");
        repair(id);
    }

    private void repair(String id) throws IOException {
        var patch = Files.writeString(folder.resolve("patch.json"), "{\"data\":{\"object\":{\"currency\":\"usd\"}}}");
        var edit = "dlq edit " + id + " --why=case77 --patch " + patch;
        assertThat(run(edit + " --dry-run")).as(console.errors()).isZero();
        assertThat(console.output()).contains("would become APPLIED").doesNotContain("u_42", "not verified");

        assertThat(run("dlq discard " + id + " --why=noise")).isZero();
        assertThat(run(edit + " --yes")).as("discarded").isEqualTo(1);
        assertThat(run("dlq undo " + id + " --why=sorry")).isZero();
        assertThat(console.output()).contains("1 dead letter(s) opened again");

        assertThat(run(edit + " --yes --wait PT1M --by=ada"))
                .as(console.errors())
                .isZero();
        assertThat(console.output()).contains("1 dead letter(s) repaired and replayed", "processed (APPLIED)");
        assertThat(run("payment show stripe/main/pi_1")).isZero();
        assertThat(console.output()).contains("COMPLETED", "25.00 USD");
        assertThat(run("dlq")).isZero();
        assertThat(console.output()).contains("no open dead letters");

        var file = folder.resolve("letters.jsonl");
        assertThat(run("dlq export --all --file " + file)).isZero();
        assertThat(Files.readAllLines(file)).singleElement().asString().contains(id, "\"body\"");
        assertThat(run("dlq export --all --file " + file)).as("exists").isEqualTo(2);
    }

    @Test
    @Order(2)
    void is_replayed_from_a_file_when_its_topic_and_its_record_are_gone() throws Exception {
        receive(2);
        assertThat(Polling.upTo(Duration.ofSeconds(60))
                        .until(() -> openLetter("stripe/main/pi_2").isPresent()))
                .isTrue();
        var id = openLetter("stripe/main/pi_2").orElseThrow();
        var file = folder.resolve("gone.jsonl");
        assertThat(run("dlq export --file " + file + " --payment stripe/main/pi_2"))
                .isZero();
        var line = Files.readAllLines(file).get(0);
        var forged = line.replace("\"body\":\"ey", "\"body\":\"fy").replace(base64(id), base64("forged"));
        var both = Files.writeString(folder.resolve("both.jsonl"), line + "\n" + forged + "\n");
        assertThat(run("dlq import --dry-run --file " + both)).isEqualTo(1);
        assertThat(console.output() + console.errors())
                .contains(
                        "1 UNPROCESSABLE UNKNOWN_CURRENCY", "forged: it differs from the record at " + PREFIX + "raw-");
        var other = Files.writeString(
                folder.resolve("other.jsonl"), line.replaceFirst("(\"cluster\":\")[^\"]*", "$1elsewhere"));
        assertThat(run("dlq import --file " + other)).isEqualTo(2);
        assertThat(console.errors()).contains("line 1 of " + other + " is of the Kafka cluster elsewhere (expected: ");

        delete("dlq", "raw");
        assertThat(openLetter("stripe/main/pi_2")).isEmpty();
        assertThat(run("dlq import --why=kept --file " + file))
                .as("the original is gone")
                .isEqualTo(1);
        assertThat(console.output() + console.errors()).contains("retention deleted the original", "--from-copy");
        assertThat(run("dlq import --from-copy --file " + file)).as("no reason").isEqualTo(2);
        assertThat(run("dlq import --dry-run --from-copy --why=kept --file " + file))
                .isZero();
        assertThat(console.output()).contains("1 UNPROCESSABLE UNKNOWN_CURRENCY", "nothing was written");
        assertThat(run("dlq import --from-copy --why=kept --wait PT1M --file " + file))
                .isEqualTo(1);
        assertThat(console.output()).contains("1 dead letter(s) replayed", "failed again: UNKNOWN_CURRENCY");
        assertThat(Polling.upTo(Duration.ofSeconds(60))
                        .until(() -> openLetter("stripe/main/pi_2").equals(Optional.of(id))))
                .isTrue();
        assertThat(run("dlq show " + id)).isZero();
        assertThat(console.output()).contains("pi_2");

        assertThat(run("dlq import --from-copy --why=again --file " + file))
                .as("already replayed")
                .isZero();
        assertThat(console.output()).contains("0 dead letter(s) replayed");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @Test
    void a_file_with_a_line_that_is_no_dead_letter_is_refused_whole() throws IOException {
        var file = Files.writeString(folder.resolve("odd.jsonl"), "{\"letter\":{\"at\":{}}}\n");
        assertThat(run("dlq import --why=try --file " + file)).isEqualTo(2);
        assertThat(console.errors()).contains("line 1 of " + file + " is no dead letter (expected: ");
        assertThat(run("dlq import --why=try --file " + folder.resolve("none.jsonl")))
                .isEqualTo(2);
        assertThat(console.errors()).contains("cannot be read (expected: a file that 'ipn dlq export' wrote)");
    }

    private Optional<String> openLetter(String payment) {
        return run("dlq list --json --payment " + payment) == 0
                ? Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"")
                        .matcher(console.output())
                        .results()
                        .findFirst()
                        .map(found -> found.group(1))
                : Optional.empty();
    }

    /** As retention does. */
    private static void delete(String... topics) throws Exception {
        try (var admin = Admin.create(kafka.client())) {
            var ends = new HashMap<TopicPartition, OffsetSpec>();
            for (var topic : topics) {
                for (var partition = 0; partition < 2; partition++) {
                    ends.put(new TopicPartition(PREFIX + topic, partition), OffsetSpec.latest());
                }
            }
            var before = new HashMap<TopicPartition, RecordsToDelete>();
            admin.listOffsets(ends)
                    .all()
                    .get()
                    .forEach((partition, end) -> before.put(partition, RecordsToDelete.beforeOffset(end.offset())));
            admin.deleteRecords(before).all().get();
        }
    }

    /** As the ingress writes it, with a currency that nobody knows. */
    private static void receive(int number) {
        var now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
        var body =
                ("{'id':'evt_%d','object':'event','type':'payment_intent.succeeded','created':%d,'livemode':false,'data':{'object':{'id':'pi_%d','object':'payment_intent','amount':2500,'amount_received':2500,'currency':'zzz',"
                                + "'metadata':{'user_id':'u_42','product':'promoted-post','reference':'post_1'}}}}")
                        .formatted(number, now.getEpochSecond(), number)
                        .replace('\'', '"');
        var record = new ProducerRecord<>(
                PREFIX + "raw", ("stripe/main/pi_" + number).getBytes(UTF_8), body.getBytes(UTF_8));
        Map.of(
                        Headers.CE_ID,
                        "stripe/main/evt_" + number,
                        Headers.CE_SOURCE,
                        "/ipn/stripe/main",
                        Headers.CE_TYPE,
                        "payment_intent.succeeded",
                        Headers.CONTENT_TYPE,
                        "application/json",
                        Headers.RECEIVED_AT,
                        now.toString(),
                        Headers.VERIFIED_BY,
                        "hmac-sha256 1",
                        "http.stripe-signature",
                        StripeSignature.sign(body.getBytes(UTF_8), SECRET, now))
                .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        Sealer.from(settings, SealRole.INGRESS).orElseThrow().seal(record);
        try (var producer = new KafkaProducer<>(kafka.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(record);
            producer.flush();
        }
    }

    private int run(String command) {
        console = new Console(ENVIRONMENT);
        return console.run(Stream.concat(
                        Stream.of(command.split(" ")),
                        Stream.of("--config", config.toString(), "--data", folder.toString()))
                .toArray(String[]::new));
    }
}

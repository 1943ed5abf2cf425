package ipn.app.acl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.access.AccessStage;
import ipn.app.IpnConfig;
import ipn.app.SettingsSource;
import ipn.app.command.Console;
import ipn.embedded.EmbeddedRegistry;
import ipn.operations.Operator;
import ipn.operations.acl.AclFile;
import ipn.operations.acl.AclNames;
import ipn.operations.acl.AclRole;
import ipn.operations.policy.PolicyApplication;
import ipn.operations.topic.Progress;
import ipn.polling.Polling;
import ipn.query.IndexedTopics;
import ipn.query.reader.TopicExtent;
import ipn.runtime.process.Closing;
import ipn.topics.TopicCatalogue;
import ipn.topics.TopicSpec;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * The pipeline and its tools on a real broker that permits each principal only what {@code deploy/acls.yaml} grants. What is forbidden is in
 * {@code docs/security-acls.md}, which this test reads.
 */
@Timeout(120)
class AccessControlIT {
    private static final AclFile FILE = AclFile.load(Path.of("..", "deploy", "acls.yaml"));
    private static final TopicCatalogue TOPICS = new TopicCatalogue("eu.ipn.", 2, (short) 1);
    private static final String PROCESSOR = "eu-processor";
    private static final String PROJECTOR = "eu-projector";
    private static final AclNames NAMES = new AclNames(TOPICS, PROCESSOR, PROJECTOR);
    private static final Duration FLOW = Duration.ofSeconds(40);

    private static final Closing CLOSING = new Closing();
    private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();

    @TempDir
    static Path folder;

    private static SecuredKafka kafka;
    private static EmbeddedRegistry registry;
    private static String ingressUrl;

    @BeforeAll
    static void start() throws Exception {
        kafka = CLOSING.add("kafka", SecuredKafka.start(folder));
        registry = CLOSING.add("registry", EmbeddedRegistry.start(folder.resolve("schemas.json"), 0));
        kafka.createUsers(FILE.principals());
        run(SecuredKafka.SUPER_USER, "topics", "apply", "--acls");
        run(principal("topic-admin"), "topics", "apply");
        run(principal("topic-admin"), "schemas", "apply");

        var projector = config("projector");
        var projecting = CLOSING.add("projector", projector.projector().start(projector.kafka(), METERS));
        var processor = config("processor");
        var processing = CLOSING.add("processor", processor.processor().start(processor.kafka(), METERS));
        CLOSING.add("deferred records", processor.processor().startDeferred(processor.kafka(), METERS));
        CLOSING.add("watch of silences", processor.processor().startSilenceWatch(processor.kafka(), METERS));
        var ingress = config("ingress");
        var receiving = CLOSING.add("ingress", ingress.ingress().start(ingress.kafka(), METERS));
        ingressUrl = "http://127.0.0.1:" + receiving.port();
        assertThat(projecting.awaitReady(FLOW)).isTrue();
        assertThat(processing.awaitReady(FLOW)).isTrue();
        assertThat(Polling.upTo(FLOW).until(receiving::ready)).isTrue();
    }

    @AfterAll
    static void stop() {
        CLOSING.close();
    }

    static Stream<String> roles() {
        return FILE.roles().stream().map(AclRole::name);
    }

    @Test
    void every_stage_and_tool_works_with_the_rights_of_its_role() throws Exception {
        var reader = principal("reader");
        run(reader, "send", "stripe", "invoice.paid", "--subject", "u_42", "--url", ingressUrl);
        awaitOutput("ACTIVE", reader, "entitlements", "u_42");

        run(
                principal("checkout"),
                "order",
                "put",
                "o_1",
                "--subject",
                "u_7",
                "--product",
                "promoted-post",
                "--reference",
                "post_7",
                "--amount",
                "25.00");
        run(
                reader,
                "send",
                "stripe",
                "payment_intent.succeeded",
                "--order",
                "o_1",
                "--reference",
                "post_7",
                "--url",
                ingressUrl);
        awaitOutput("ACTIVE", reader, "entitlements", "u_7");
        assertThat(run(reader, "order", "show", "o_1")).contains("MATCHED");

        putOrderOverHttp();

        writeRecordThatNobodyCanRead(TopicCatalogue.RAW);
        awaitOutput("stripe/main/pi_nonsense", reader, "dlq", "list");
        assertThat(problems(principal("redrive"), "dlq", "replay", "--all", "--why", "to see whether it may"))
                .contains("1 dead letter(s) replayed", "failed again 1")
                .doesNotContain("stopped");

        run(principal("brake-operator"), "brake", "release", "--why", "to see whether it may");
        run(reader, "brake", "status");

        applyCatalogue();

        assertThat(problems(
                        principal("report-injector"),
                        "reconcile",
                        "--gateway",
                        "stripe",
                        "--account",
                        "main",
                        "--report",
                        report().toString(),
                        "--inject",
                        "--yes",
                        "--why",
                        "to see whether it may"))
                .contains("missing here", "1 record(s) injected: stripe/main/")
                .doesNotContain("stopped");

        for (var topic : List.of("entitlements", "entitlement-state")) {
            awaitRecord("entitlement-consumer", topic);
        }
        awaitRecord("notification-sender", "notifications");
        awaitRecord("finance-consumer", "ledger");

        assertThat(TopicExtent.read(config("query").kafka(), IndexedTopics.USUAL)
                        .total())
                .isPositive();

        for (var command : List.of("explain u_42", "notifications u_42", "ledger balance", "gateways drift", "check")) {
            run(reader, command.split(" "));
        }
        run(principal("topic-admin"), "topics", "check");
        run(principal("topic-admin"), "schemas", "check");
        run(principal("topic-admin"), "topics", "check", "--acls");

        run(principal("rebuilder"), "rebuild", "--fresh", "--data", folder.toString());
        assertThat(run(principal("rebuilder"), "diff", TOPICS.prefix(), "shadow."))
                .contains("no difference");

        writeRecordThatNobodyCanRead(TopicCatalogue.RAW_DEFERRED);
        assertThat(Polling.upTo(FLOW).until(() -> passages() > 0))
                .as("the processor moves what waits, and sees how far the stages are")
                .isTrue();
    }

    private static void putOrderOverHttp() throws Exception {
        var config = config("access");
        try (var access = AccessStage.start(config.access(), config.kafka(), METERS)) {
            assertThat(Polling.upTo(FLOW)
                            .until(() -> access.ready() && access.note().isEmpty()))
                    .isTrue();
            var order = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/v1/orders/o_2".formatted(access.port())))
                    .header("content-type", "application/json")
                    .header("idempotency-key", "k_1")
                    .PUT(BodyPublishers.ofString(
                            "{\"subject\":\"u_8\",\"product\":\"premium\",\"amount\":800,\"currency\":\"USD\","
                                    + "\"createdAt\":\"2026-09-01T12:00:00Z\",\"live\":false}"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(order, BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    private static long passages() {
        return METERS.get("ipn.processor.deferred.passage").timer().count();
    }

    /** The command reads everything and has nothing to change; what it would write and wait for is done with the same rights. */
    private static void applyCatalogue() {
        var applier = principal("policy-applier");
        assertThat(run(applier, "policy", "apply", "--by", "ada", "--why", "to see whether it may", "--yes"))
                .contains("0 user(s) would lose access");
        var config = config("policy-applier");
        var application = new PolicyApplication(config.kafka(), config.kafka().serdes(), PROJECTOR, Clock.systemUTC());
        var decision = application.write(
                config.projector().products().version(),
                Optional.empty(),
                Optional.empty(),
                new Operator("ada", Optional.of("to see whether it may")));
        var applied = application.await(decision, 0, Progress.SILENT);
        assertThat(applied.complete()).as(applied.toString()).isTrue();
        assertThat(applied.examined()).isPositive();
        run(applier, "policy", "status");
    }

    @Test
    void rights_that_are_withdrawn_while_stages_run_cost_no_notification() throws Exception {
        var reader = principal("reader");
        try (var admin = Admin.create(new HashMap<String, Object>(kafka.client(SecuredKafka.SUPER_USER)))) {
            withdraw(admin, "processor", TopicCatalogue.OUTCOMES);
            run(reader, "send", "stripe", "invoice.paid", "--subject", "u_43", "--url", ingressUrl);
            assertThat(Polling.upTo(FLOW).until(() -> threadFailures() > 0))
                    .as("the processor cannot write what it decides")
                    .isTrue();
            assertThat(problems(reader, "entitlements", "u_43")).doesNotContain("ACTIVE");

            withdraw(admin, "ingress", TopicCatalogue.RAW);
            assertThat(problems(reader, "send", "stripe", "invoice.paid", "--subject", "u_44", "--url", ingressUrl))
                    .as("what cannot be stored is not acknowledged")
                    .contains("503");
        } finally {
            run(SecuredKafka.SUPER_USER, "topics", "apply", "--acls");
        }
        awaitOutput("ACTIVE", reader, "entitlements", "u_43");
        awaitExit(0, "", reader, "send", "stripe", "invoice.paid", "--subject", "u_44", "--url", ingressUrl);
        awaitOutput("ACTIVE", reader, "entitlements", "u_44");
        run(reader, "check");
    }

    private static void withdraw(Admin admin, String role, String topic) throws Exception {
        var filter = new AclBindingFilter(
                new ResourcePattern(ResourceType.TOPIC, TOPICS.name(topic), PatternType.LITERAL).toFilter(),
                new AccessControlEntryFilter(principal(role), null, AclOperation.WRITE, AclPermissionType.ALLOW));
        assertThat(admin.deleteAcls(List.of(filter)).all().get()).isNotEmpty();
    }

    private static double threadFailures() {
        return METERS.find("ipn.stage.thread.failures").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    void what_exists_beyond_the_file_is_reported_and_deleted_only_on_request() throws Exception {
        var root = SecuredKafka.SUPER_USER;
        var granted = entry("User:ipn-checkout", TOPICS.name("entitlements"), PatternType.LITERAL);
        var prefixed = entry("User:curious", TOPICS.prefix(), PatternType.PREFIXED);
        var ofOthers = entry("User:other", "others", PatternType.LITERAL);
        var needed = entry(principal("notification-sender"), TOPICS.name("notifications"), PatternType.LITERAL);
        try (var admin = Admin.create(new HashMap<String, Object>(kafka.client(root)))) {
            admin.createAcls(List.of(granted, prefixed, ofOthers)).all().get();
            admin.deleteAcls(List.of(needed.toFilter())).all().get();
            try {
                awaitExit(1, "missing", root, "topics", "check", "--acls");
                assertThat(problems(root, "topics", "check", "--acls"))
                        .containsPattern(
                                "missing +User:ipn-notification-sender +read +allow +topic eu.ipn.notifications ")
                        .containsPattern("extra +User:ipn-checkout +read +allow +topic eu.ipn.entitlements ")
                        .containsPattern("extra +User:curious +read +allow +topic eu.ipn.\\* ")
                        .doesNotContain("User:other");
                assertThat(problems(root, "topics", "apply", "--acls"))
                        .containsPattern("created +User:ipn-notification-sender")
                        .containsPattern("extra +User:ipn-checkout")
                        .containsPattern("extra +User:curious");
                assertThat(problems(root, "topics", "apply", "--acls", "--delete-extra"))
                        .containsPattern("deleted +User:ipn-checkout")
                        .as("other topics of the cluster may begin with the prefix")
                        .containsPattern("extra +User:curious");
                assertThat(admin.describeAcls(AclBindingFilter.ANY).values().get())
                        .contains(prefixed, ofOthers, needed)
                        .doesNotContain(granted);
            } finally {
                admin.createAcls(List.of(needed)).all().get();
                admin.deleteAcls(List.of(granted.toFilter(), prefixed.toFilter(), ofOthers.toFilter()))
                        .all()
                        .get();
            }
            awaitExit(0, "", root, "topics", "check", "--acls");
        }
    }

    @Test
    void only_a_super_user_applies_the_file_and_others_are_told_what_they_need() {
        var console = new Console(environment(principal("topic-admin")));
        assertThat(console.run(arguments("topics", "apply", "--acls", "--principal", "checkout=User:shop")))
                .isEqualTo(1);
        assertThat(console.errors())
                .contains("ACLs: not permitted for this principal (expected: describe on the cluster");
    }

    @Test
    void the_table_of_topics_is_as_the_file_and_as_the_broker_decides() throws Exception {
        for (var role : FILE.roles()) {
            try (var client = client(role.name())) {
                assertThat(client.permitted(AclOperation.READ))
                        .as("topics that %s may read", role.name())
                        .containsExactlyElementsOf(topicsOf(role.name(), Row::readers));
                assertThat(client.permitted(AclOperation.WRITE))
                        .as("topics that %s may write", role.name())
                        .containsExactlyElementsOf(topicsOf(role.name(), Row::writers));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("roles")
    void whoever_is_not_named_in_the_tables_is_refused(String role) {
        // each refusal is logged as an error by the client
        ((Logger) LoggerFactory.getLogger("org.apache.kafka.clients")).setLevel(Level.OFF);
        var refused = new TreeSet<String>();
        try (var client = client(role)) {
            acts().forEach((act, attempt) -> {
                if (!permitted(act).contains(role)) {
                    assertThat(attempt.apply(client)).as("%s: %s", role, act).isPresent();
                    refused.add(act);
                }
            });
        }
        assertThat(refused).hasSizeGreaterThan(acts().size() / 2);
    }

    @Test
    void the_tables_name_every_act_and_known_roles_only() {
        assertThat(topicTable().keySet())
                .containsExactlyElementsOf(
                        TOPICS.specs().stream().map(TopicSpec::name).toList());
        assertThat(actTable().keySet()).containsExactlyElementsOf(otherActs().keySet());
        var named = Stream.concat(
                        topicTable().values().stream()
                                .flatMap(row -> Stream.concat(row.readers().stream(), row.writers().stream())),
                        actTable().values().stream().flatMap(Set::stream))
                .collect(Collectors.toSet());
        assertThat(roles()).containsAll(named);
        assertThat(roles()).containsExactlyInAnyOrderElementsOf(named);
    }

    private static Map<String, Function<Client, Optional<AuthorizationException>>> acts() {
        var acts = new LinkedHashMap<String, Function<Client, Optional<AuthorizationException>>>();
        for (var spec : TOPICS.specs()) {
            var topic = TOPICS.name(spec.name());
            acts.put("read " + spec.name(), client -> client.read(topic));
            acts.put("write " + spec.name(), client -> client.write(topic));
        }
        acts.putAll(otherActs());
        return acts;
    }

    private static Map<String, Function<Client, Optional<AuthorizationException>>> otherActs() {
        var raw = TOPICS.name(TopicCatalogue.RAW);
        var acts = new LinkedHashMap<String, Function<Client, Optional<AuthorizationException>>>();
        acts.put("read a changelog of the processor", client -> client.read(PROCESSOR + "-payments-changelog"));
        acts.put("read the changelog of brake state", client -> client.read(PROJECTOR + "-brake-state-changelog"));
        acts.put("read the changelog of claims", client -> client.read(PROJECTOR + "-entitlement-claims-changelog"));
        acts.put(
                "read the changelog of applied settings",
                client -> client.read(PROJECTOR + "-catalogues-applied-changelog"));
        acts.put("write a changelog of the processor", client -> client.write(PROCESSOR + "-payments-changelog"));
        acts.put(
                "write a changelog of the projector",
                client -> client.write(PROJECTOR + "-entitlement-claims-changelog"));
        acts.put("join the group of the processor", client -> client.joinGroup(PROCESSOR));
        acts.put("join the group of deferred records", client -> client.joinGroup(PROCESSOR + "-deferred"));
        acts.put("join the group that elects who watches silences", client -> client.joinGroup(PROCESSOR + "-silence"));
        acts.put("join the group of the projector", client -> client.joinGroup(PROJECTOR));
        acts.put("use a transactional id of the processor", client -> client.useTransactionalId(PROCESSOR + "-1-1"));
        acts.put("use a transactional id of the projector", client -> client.useTransactionalId(PROJECTOR + "-1-1"));
        acts.put("use the transactional id of redrives", client -> client.useTransactionalId(TOPICS.name("redrive")));
        acts.put(
                "use the transactional id of brake commands",
                client -> client.useTransactionalId(TOPICS.name("brake-command")));
        acts.put("use a transactional id of decisions", client -> client.useTransactionalId(TOPICS.name("decision-1")));
        acts.put(
                "use the transactional id of settings",
                client -> client.useTransactionalId(TOPICS.name("decision-catalogue")));
        acts.put(
                "use the transactional id of injections",
                client -> client.useTransactionalId(TOPICS.name("reconcile")));
        acts.put("use the transactional id of imports", client -> client.useTransactionalId(TOPICS.name("import")));
        acts.put("create a topic of the catalogue", client -> client.createTopic(raw));
        acts.put("change the settings of a topic", client -> client.alterTopic(raw));
        acts.put("delete a topic", client -> client.deleteTopic(raw));
        acts.put("delete records", client -> client.deleteRecords(raw));
        acts.put("list ACLs", Client::listAcls);
        acts.put("create an ACL", Client::createAcl);
        return acts;
    }

    private static Set<String> permitted(String act) {
        if (actTable().containsKey(act)) {
            return actTable().get(act);
        }
        var row = topicTable().get(act.substring(act.indexOf(' ') + 1));
        return act.startsWith("read ") ? row.readers() : row.writers();
    }

    private static List<String> topicsOf(String role, Function<Row, Set<String>> column) {
        return topicTable().entrySet().stream()
                .filter(entry -> column.apply(entry.getValue()).contains(role))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Who may read and write a topic. */
    private record Row(Set<String> readers, Set<String> writers) {}

    private static Map<String, Row> topicTable() {
        return table(3).stream()
                .collect(Collectors.toMap(
                        cells -> cells.get(0).replace("`", ""),
                        cells -> new Row(names(cells.get(1)), names(cells.get(2))),
                        (first, second) -> first,
                        LinkedHashMap::new));
    }

    private static Map<String, Set<String>> actTable() {
        return table(2).stream()
                .collect(Collectors.toMap(
                        cells -> cells.get(0),
                        cells -> names(cells.get(1)),
                        (first, second) -> first,
                        LinkedHashMap::new));
    }

    private static Set<String> names(String cell) {
        return cell.equals("nobody") ? Set.of() : Set.of(cell.split(", "));
    }

    /** The rows of the table in the document with so many columns, without its heading. */
    private static List<List<String>> table(int columns) {
        try {
            return Files.readAllLines(Path.of("..", "docs", "security-acls.md")).stream()
                    .filter(line -> line.startsWith("| "))
                    .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                            .map(String::strip)
                            .toList())
                    .filter(cells -> cells.size() == columns)
                    .skip(1)
                    .toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Client client(String role) {
        return new Client(kafka.client(principal(role)), TOPICS);
    }

    private static String principal(String role) {
        return FILE.roles().stream()
                .filter(each -> each.name().equals(role))
                .findFirst()
                .orElseThrow()
                .principals()
                .get(0);
    }

    private static Map<String, String> environment(String principal) {
        var environment = new HashMap<>(kafka.environment(principal));
        environment.put("IPN_SCHEMA_REGISTRY_URL", registry.url());
        environment.put("IPN_TOPICS_PREFIX", TOPICS.prefix());
        environment.put("IPN_TOPICS_PARTITIONS", Integer.toString(TOPICS.partitions()));
        environment.put("IPN_PROCESSOR_APPLICATION_ID", PROCESSOR);
        environment.put("IPN_PROJECTOR_APPLICATION_ID", PROJECTOR);
        environment.put("IPN_INGRESS_PORT", "0");
        environment.put("IPN_ACCESS_PORT", "0");
        environment.put("IPN_NOTIFICATIONS_SETTLE", "PT1S");
        return environment;
    }

    private static IpnConfig config(String role) {
        return IpnConfig.from(
                SettingsSource.builtIn(environment(principal(role))).read(), folder.resolve(role));
    }

    private static AclBinding entry(String principal, String name, PatternType pattern) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, name, pattern),
                new AccessControlEntry(principal, "*", AclOperation.READ, AclPermissionType.ALLOW));
    }

    /** Runs a command that finds problems; returns what it printed. */
    private static String problems(String principal, String... command) {
        var console = new Console(environment(principal));
        assertThat(console.run(arguments(command))).as(console.errors()).isEqualTo(1);
        return console.output();
    }

    /** Runs a command as a principal; returns what it printed. */
    private static String run(String principal, String... command) {
        var console = new Console(environment(principal));
        assertThat(console.run(arguments(command)))
                .as("%s: ipn %s%n%s%s", principal, String.join(" ", command), console.output(), console.errors())
                .isZero();
        return console.output();
    }

    private static void awaitOutput(String expected, String principal, String... command) {
        awaitExit(0, expected, principal, command);
    }

    private static void awaitExit(int code, String expected, String principal, String... command) {
        assertThat(Polling.upTo(FLOW).every(Duration.ofMillis(50)).until(() -> {
                    var console = new Console(environment(principal));
                    return console.run(arguments(command)) == code
                            && console.output().contains(expected);
                }))
                .as("%s printed by %s", expected, String.join(" ", command))
                .isTrue();
    }

    private static String[] arguments(String... command) {
        var arguments = new ArrayList<>(List.of("--config", "built-in"));
        arguments.addAll(0, Arrays.asList(command));
        return arguments.toArray(String[]::new);
    }

    /** Waits for a record in a consumer group with the name of the principal. */
    private static void awaitRecord(String role, String topic) {
        var settings = new HashMap<String, Object>(kafka.client(principal(role)));
        settings.put("group.id", principal(role).substring("User:".length()));
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(TOPICS.name(topic)));
            assertThat(Polling.upTo(FLOW)
                            .until(() -> !consumer.poll(Duration.ofMillis(100)).isEmpty()))
                    .as("%s receives a record of %s", role, topic)
                    .isTrue();
            consumer.commitSync();
        }
    }

    private static void writeRecordThatNobodyCanRead(String topic) throws Exception {
        var settings = new HashMap<String, Object>(kafka.client(principal("ingress")));
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            TOPICS.name(topic), "stripe/main/pi_nonsense".getBytes(UTF_8), "nonsense".getBytes(UTF_8)))
                    .get();
        }
    }

    private static Path report() throws Exception {
        return Files.writeString(folder.resolve("report.csv"), """
                balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category,source_id,charge_id,payment_intent_id
                txn_1,2026-09-01 12:00:03,usd,25.00,1.03,23.97,charge,ch_1,ch_1,pi_reported
                """);
    }
}

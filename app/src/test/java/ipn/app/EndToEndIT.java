package ipn.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.app.canary.Beat;
import ipn.app.canary.Canary;
import ipn.app.canary.CanaryAccount;
import ipn.app.command.Console;
import ipn.app.demo.Watch;
import ipn.app.life.Life;
import ipn.app.life.Lives;
import ipn.app.stack.Announcer;
import ipn.app.stack.Stack;
import ipn.app.stack.StackPlan;
import ipn.app.stack.Stage;
import ipn.app.stack.Waiting;
import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.avro.OutcomeKind;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.operations.conservation.ConservationCheck;
import ipn.operations.conservation.ConservationReport;
import ipn.operations.conservation.RollingCheck;
import ipn.operations.query.EntitlementQuery;
import ipn.operations.topic.Progress;
import ipn.simulator.DeliveryClient;
import ipn.simulator.Fault;
import ipn.simulator.Outgoing;
import ipn.simulator.RandomTokens;
import ipn.simulator.Sample;
import ipn.simulator.Senders;
import ipn.simulator.Simulator;
import ipn.topics.Headers;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole way, with real parts: a signed notification over HTTP, the broker, the stages, an entitlement. */
@Timeout(120)
@TestMethodOrder(OrderAnnotation.class)
class EndToEndIT {
    /** Who do not sign: what they do not confirm when asked is answered like the rest, and kept nowhere. */
    private static final Set<String> UNSIGNED = Set.of("mollie");

    private static final Money PREMIUM = new Money(800, "USD");

    @TempDir
    static Path data;

    private static Collector collector;
    private static Stack stack;
    private static Watch watch;

    @BeforeAll
    static void start() {
        collector = Collector.start();
        stack = startStack(0);
        watch = Watch.open(stack.config().kafka());
    }

    /** @param tracesPercent the share of traces that is exported, besides failures */
    private static Stack startStack(int tracesPercent) {
        var ports = FreePorts.with(Map.of(
                "IPN_TRACES_ENDPOINT", collector.endpoint(),
                "IPN_TRACES_PERCENT", Integer.toString(tracesPercent),
                "IPN_TRACES_SLOW_AFTER", "PT1H",
                "IPN_NOTIFICATIONS_SETTLE", "PT1S",
                // The ingress seals what it stores, and the processor requires it.
                "IPN_SEAL_INGRESS", "env:SEAL",
                "SEAL", "a-secret-of-the-tests-that-is-long-enough",
                // One revocation in each partition.
                "IPN_BRAKE_MAX", "8"));
        var plan = new StackPlan(SettingsSource.builtIn(ports), data, EnumSet.allOf(Stage.class));
        return Stack.start(plan, Announcer.SILENT);
    }

    @AfterAll
    static void stop() {
        if (watch != null) {
            watch.close();
        }
        if (stack != null) {
            stack.close();
        }
        if (collector != null) {
            collector.close();
        }
    }

    @Test
    @Order(1)
    void a_signed_event_becomes_an_entitlement_and_its_redelivery_changes_nothing() throws Exception {
        var user = "user-" + RandomTokens.fresh();
        var sale = sample("stripe", user);
        var eventKey = "stripe/main/" + sale.ids().event();

        assertThat(post("stripe", "invoice.paid", sale, Fault.NONE)).isEqualTo(200);
        var granted = watch.entitlementBy(user, eventKey);
        assertThat(granted.getType()).isEqualTo(EntitlementEventType.GRANTED);
        assertThat(granted.getUntil())
                .isEqualTo(sale.period().until().truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
        assertThat(current(user)).extracting(EntitlementEvent::getEventId).containsExactly(granted.getEventId());

        assertThat(post("stripe", "invoice.paid", sale, Fault.NONE)).isEqualTo(200);
        assertThat(watch.outcomeAfter(eventKey, 1).getKind()).isEqualTo(OutcomeKind.DUPLICATE);
        assertThat(current(user)).extracting(EntitlementEvent::getRevision).containsExactly(1L);
    }

    @Test
    @Order(2)
    void every_gateway_is_believed_when_genuine_and_refused_when_forged() throws Exception {
        for (var life : Lives.all().toList()) {
            var gateway = life.gateway();
            var user = "user-" + RandomTokens.fresh();
            var rawBefore = check().records();

            assertThat(post(gateway, paid(life, user, Fault.FORGED)))
                    .as(gateway)
                    .isEqualTo(UNSIGNED.contains(gateway) ? 200 : 401);
            assertThat(check().records()).as("raw records").isEqualTo(rawBefore);

            assertThat(post(gateway, paid(life, user, Fault.NONE))).as(gateway).isEqualTo(200);
            within(gateway, () -> !watch.entitlements(user).isEmpty());
            assertThat(watch.entitlements(user))
                    .as(gateway)
                    .extracting(EntitlementEvent::getType)
                    .containsExactly(EntitlementEventType.GRANTED);
        }
    }

    @Test
    @Order(3)
    void what_makes_no_sense_is_stored_and_set_aside() throws Exception {
        for (var gateway : List.of("stripe", "paypal-ipn", "standard-webhooks")) {
            var outgoing = paid(Lives.with(gateway), "nobody", Fault.MALFORMED);
            var eventKey = stack.config()
                    .accounts()
                    .find(gateway, "main")
                    .orElseThrow()
                    .identify(outgoing.received(Clock.systemUTC().instant()))
                    .get(0)
                    .eventKey();
            assertThat(post(gateway, outgoing)).isEqualTo(200);
            assertThat(watch.deadLetterOf(eventKey).reason()).isEqualTo("MALFORMED");
        }
        assertThat(check().balanced()).isTrue();
    }

    @Test
    @Order(3)
    void a_record_that_a_rule_fails_on_is_a_dead_letter_and_the_projector_goes_on() throws Exception {
        var kafka = stack.config().kafka();
        var topic = kafka.topics().name(TopicCatalogue.CLAIMS);
        var user = "user-" + RandomTokens.fresh();
        var claim = Claim.newBuilder()
                .setClaimKey("broken")
                .setPaymentKey("stripe/main/broken")
                .setSubject(user)
                .setEntitlement("premium")
                .setProduct("premium")
                .setKind(ClaimKind.PERIOD)
                .setStatus(ClaimStatus.PAID)
                .setAt(Clock.systemUTC().instant())
                .setTest(true)
                .setCause(new Cause(user, topic, 0, 0L, false))
                .build();
        var value = kafka.serdes().values(Claim.class).serializer().serialize(topic, claim);
        var record = new ProducerRecord<>(topic, user.getBytes(UTF_8), value);
        record.headers().add(Headers.CE_ID, user.getBytes(UTF_8));
        try (var producer = new KafkaProducer<>(kafka.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        }
        assertThat(watch.deadLetterOf(user).reason()).isEqualTo("INTERNAL_ERROR");

        var sale = sample("stripe", user);
        assertThat(post("stripe", "invoice.paid", sale, Fault.NONE)).isEqualTo(200);
        assertThat(watch.entitlementBy(user, "stripe/main/" + sale.ids().event())
                        .getType())
                .isEqualTo(EntitlementEventType.GRANTED);
    }

    @Test
    @Order(4)
    void health_and_metrics_are_on_the_management_port() throws Exception {
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(get("/metrics").body()).contains("ipn_");
    }

    @Test
    @Order(4)
    void where_no_trace_is_sampled_failures_are_exported_and_nothing_else() {
        within(
                "spans of what made no sense",
                () -> collector.spans().stream()
                                .filter(span -> span.name().equals("process ipn.raw"))
                                .filter(span ->
                                        "MALFORMED".equals(span.attributes().get("ipn.reason")))
                                .count()
                        >= 3);
        assertThat(collector.spans().stream().map(Collector.Seen::traceId).distinct())
                .allSatisfy(trace -> assertThat(collector.of(trace))
                        .anyMatch(span -> span.attributes().containsKey("error.type")
                                || "401".equals(span.attributes().get("http.response.status_code"))));
    }

    @Test
    @Order(5)
    void a_second_start_goes_on_where_the_first_ended() throws Exception {
        var user = "user-" + RandomTokens.fresh();
        var first = sample("stripe", user);
        assertThat(post("stripe", "invoice.paid", first, Fault.NONE)).isEqualTo(200);
        watch.entitlementBy(user, "stripe/main/" + first.ids().event());

        watch.close();
        stack.close();
        stack = startStack(100);
        watch = Watch.open(stack.config().kafka());

        assertThat(current(user)).extracting(EntitlementEvent::getStatus).containsExactly(EntitlementStatus.ACTIVE);
        assertThat(post("stripe", "invoice.paid", first, Fault.NONE)).isEqualTo(200);
        assertThat(watch.outcomeAfter("stripe/main/" + first.ids().event(), 0).getKind())
                .isEqualTo(OutcomeKind.DUPLICATE);
        assertThat(check().balanced()).isTrue();
    }

    @Test
    @Order(6)
    void the_books_balance_and_lead_from_an_entry_back_to_the_event() throws Exception {
        var user = "user-" + RandomTokens.fresh();
        var paid = paid(Lives.with("paypal-ipn"), user, Fault.NONE);
        var account = stack.config().accounts().find("paypal-ipn", "main").orElseThrow();
        var item = account.identify(paid.received(Clock.systemUTC().instant())).get(0);
        assertThat(post("paypal-ipn", paid)).isEqualTo(200);
        watch.entitlementBy(user, item.eventKey());

        assertThat(ipn("ledger", "show", item.paymentKey()))
                .startsWith("0 ")
                .contains("clearing/paypal-ipn/main", "revenue", "25.00 USD", item.eventKey());
        assertThat(ipn("ledger", "balance", "--test", "--group-by", "account,product,day"))
                .startsWith("0 ")
                .contains("clearing/paypal-ipn/main", "all accounts", "balanced: ");
        assertThat(ipn("ledger", "balance")).startsWith("0 ").contains("balanced: 0 entries");
    }

    @Test
    @Order(7)
    void revocations_beyond_the_limit_wait_until_somebody_decides() throws Exception {
        var user = "user-" + RandomTokens.fresh();
        for (var sale : List.of(promotion(user), promotion(user), promotion(user))) {
            assertThat(post("stripe", "payment_intent.succeeded", sale, Fault.NONE))
                    .isEqualTo(200);
            watch.entitlementBy(user, "stripe/main/" + sale.ids().event());
            var refund = new Sample(
                    sale.ids().withEvent(Optional.of("evt_" + RandomTokens.fresh())),
                    sale.references(),
                    sale.amount(),
                    sale.at());
            assertThat(post("stripe", "refund.created", refund, Fault.NONE)).isEqualTo(200);
        }
        within("two are withheld", () -> withheld(user) == 2);
        within("the brake is engaged", () -> ipn("brake", "status").startsWith("1 "));
        assertThat(ipn("entitlements", user)).contains("REVOKED (REFUNDED) is withheld by the brake since");
        assertThat(ipn("brake", "list"))
                .startsWith("0 ")
                .containsPattern("stripe/main +REFUNDED +promotion +2 +1 .*" + user);

        assertThat(ipn("brake", "release")).startsWith("2 ").contains("--why: missing");
        assertThat(ipn("brake", "release", "--why", "genuine")).isEqualTo("0 2 revocation(s) released\n");
        within("all are emitted", () -> watch.entitlements(user).size() == 6);
        assertThat(ipn("brake", "status")).startsWith("0 ").contains("genuine");
        assertThat(ipn("brake", "discard", "--why", "again")).startsWith("0 ").contains("no revocation is withheld");
        assertThat(withheld(user)).isZero();
    }

    private static Sample promotion(String user) {
        var words = Map.of(
                ReferenceName.SUBJECT,
                user,
                ReferenceName.PRODUCT,
                "promoted-post",
                ReferenceName.REFERENCE,
                "post-" + RandomTokens.fresh());
        var ids = Simulator.find("stripe").orElseThrow().ids(RandomTokens.fresh());
        return new Sample(ids, words, new Money(2500, "USD"), Clock.systemUTC().instant());
    }

    private static int withheld(String user) {
        var kafka = stack.config().kafka();
        return new EntitlementQuery(kafka, kafka.serdes())
                .find(user, 0)
                .withheld()
                .size();
    }

    /** The exit code and all that the command says. */
    private static String ipn(String... arguments) {
        var console = console();
        return console.run(arguments) + " " + console.output() + console.errors();
    }

    private static void within(String what, BooleanSupplier condition) {
        Waiting.until(what, Duration.ofSeconds(30), condition);
    }

    @Test
    @Order(8)
    void every_change_is_explained_down_to_raw_records_that_exist() throws Exception {
        var user = "user-" + RandomTokens.fresh();
        var sale = sample("stripe", user);
        assertThat(post("stripe", "invoice.paid", sale, Fault.NONE)).isEqualTo(200);
        var granted = watch.entitlementBy(user, "stripe/main/" + sale.ids().event());
        writeOrder("o-" + user, user);

        var one = console();
        assertThat(one.run("explain", user)).as(one.errors()).isZero();
        assertThat(one.output())
                .startsWith("%s has premium until %s: it is paid for (%s); this is test money."
                        .formatted(user, granted.getUntil(), granted.getPaymentKey()))
                .contains(
                        "caused by " + granted.getCause().getEventKey() + ", raw record ipn.raw-",
                        granted.getPaymentKey() + ": PERIOD PAID",
                        "<- decides",
                        "verified by hmac-sha256",
                        "o-" + user + ": 8.00 USD for premium, EXPECTED")
                .doesNotContain("Missing", "claims are not shown");

        within("the order's status, from the projector's changelog", () -> {
            var order = console();
            return order.run("order", "show", "o-" + user) == 0
                    && order.output().contains("EXPECTED");
        });

        var elsewhere = console();
        assertThat(elsewhere.run("explain", user, "premium", "--projector-id", "another"))
                .isZero();
        assertThat(elsewhere.output())
                .contains("claims are not shown: topic another-entitlement-claims-changelog does not exist");

        var all = console();
        assertThat(all.run("explain", "--all")).as(all.output()).isZero();
        assertThat(all.output()).containsPattern("events (\\d+), explained \\1 \\(100 %\\)");
    }

    @Test
    @Order(9)
    void an_underpayment_is_reported() throws Exception {
        var user = "user-" + RandomTokens.fresh();
        var simulated = Simulator.find("stripe").orElseThrow();
        var words = Map.of(ReferenceName.SUBJECT, user, ReferenceName.PRODUCT, "premium");
        var sale = new Sample(
                simulated.ids(RandomTokens.fresh()),
                words,
                new Money(100, "USD"),
                Clock.systemUTC().instant());
        assertThat(post("stripe", "invoice.paid", sale, Fault.NONE)).isEqualTo(200);
        var underpaid = "paid 1.00 USD, expected 8.00 USD (UNDERPAID)";

        within("the discrepancy", () -> {
            var console = console();
            return console.run("entitlements", user) == 1 && console.errors().contains(underpaid);
        });
        var why = console();
        assertThat(why.run("explain", user)).as(why.output()).isZero();
        assertThat(why.output())
                .startsWith(user + " does not have any entitlement.")
                .contains(underpaid);
        var show = console();
        var key = watch.outcomeAfter("stripe/main/" + sale.ids().event(), 0).getPaymentKey();
        assertThat(show.run("payment", "show", key)).isZero();
        assertThat(show.output()).contains("open discrepancy").contains(underpaid);
    }

    @Test
    @Order(10)
    void what_is_no_longer_kept_is_missing_and_named() throws Exception {
        var user = "user-" + RandomTokens.fresh();
        var sale = sample("stripe", user);
        var eventKey = "stripe/main/" + sale.ids().event();
        assertThat(post("stripe", "invoice.paid", sale, Fault.NONE)).isEqualTo(200);
        var cause = watch.entitlementBy(user, eventKey).getCause();
        deleteUpTo(cause);

        var one = console();
        assertThat(one.run("explain", user)).isEqualTo(1);
        assertThat(one.output())
                .contains("Missing")
                .contains("the raw record of its cause %s no longer exists at ipn.raw-%d@%d"
                        .formatted(eventKey, cause.getPartition(), cause.getOffset()));
        var all = console();
        assertThat(all.run("explain", "--all")).isEqualTo(1);
        assertThat(all.output())
                .contains(user + "/premium//1 at ipn.entitlements-")
                .contains("the raw record of its cause " + eventKey + " no longer exists at ipn.raw-");
    }

    @Test
    @Order(11)
    void questions_about_a_payment_and_its_user_are_answered_over_http() throws Exception {
        var user = "user-" + RandomTokens.fresh();
        var sale = sample("stripe", user);
        assertThat(post("stripe", "invoice.paid", sale, Fault.NONE)).isEqualTo(200);

        within(
                "an answer with the entitlement",
                () -> ask("/v1/users/" + user).contains("\"entitlement\":\"premium\""));
        assertThat(ask("/v1/payments?event=" + sale.ids().event())).contains("\"payment_key\":\"stripe/main/");
    }

    @Test
    @Order(13)
    void commands_answer_the_same_from_the_read_model_and_from_the_topics() throws Exception {
        var user = "user-" + RandomTokens.fresh();
        writeOrder("o-" + user, user);
        assertThat(post("stripe", "invoice.paid", sample("stripe", user), Fault.NONE))
                .isEqualTo(200);
        within("an entitlement", () -> !current(user).isEmpty());
        var payment = Objects.requireNonNull(current(user).get(0).getPaymentKey());
        var same = new SameAnswers(data);

        assertThat(same.to("payment", "show", payment).path("history")).isNotEmpty();
        assertThat(same.to("ledger", "show", booked())).isNotEmpty();
        assertThat(same.to("entitlements", user, "--history", "5").path("history"))
                .isNotEmpty();
        assertThat(same.to("notifications", user)).isNotNull();
        assertThat(same.to("order", "show", "o-" + user).path("matched").isNull())
                .isFalse();
        assertThat(same.to("dlq", "list", "--all").path("letters")).isNotEmpty();
        assertThat(same.to("discrepancy", "list").path("listed")).isNotEmpty();
        assertThat(same.to("explain", user).path("payments")).isNotEmpty();
        for (var entitled : new String[] {user, "nobody-knows-me"}) {
            same.to("explain", entitled, "premium");
            same.to("explain", entitled, "--at", Clock.systemUTC().instant().toString());
        }
        same.to("payment", "show", "stripe/main/pi_nope");
        assertThat(same.to("find", user).path("hits")).isNotEmpty();
        assertThat(same.to("find", "O-" + user.substring(0, 9)).path("hits")).isNotEmpty();
        assertThat(same.to("find", payment.substring(0, payment.length() - 2).toUpperCase(Locale.ROOT))
                        .path("hits"))
                .isNotEmpty();
        for (var search : List.of(
                List.of(user, "--amount", "8.00", "--currency", "USD", "--since", "P1D", "--account", "stripe"),
                List.of("--amount", "8.00", "--currency", "USD", "--since", "P1D", "--limit", "3"),
                List.of("100%_\\'nope"))) {
            same.to(Stream.concat(Stream.of("find"), search.stream()).toArray(String[]::new));
        }
        var everything = console();
        assertThat(everything.run(
                        "find", "*" + user.substring(5), "--bodies", "--config", "built-in", "--data", data.toString()))
                .isZero();
        assertThat(everything.errors())
                .contains("answered from the read model")
                .contains("; read in full: ipn.decisions, ipn.orders, ipn.payments, ipn.raw\n");
        same.to("dlq", "list", "--reason", "MALFORMED", "--account", "stripe");
        same.to("discrepancy", "list", "--kind", "UNDERPAID", "--limit", "1");

        var explanation =
                new ObjectMapper().readTree(ask("/v1/explain?user=" + user)).path("explanation");
        assertThat(SameAnswers.timeless(explanation)).isEqualTo(same.to("explain", user));
        assertThat(ask("/v1/explain?payment=" + payment)).contains("\"subject\":\"" + user + "\"");
    }

    /** The key of a payment that the books have. */
    private static String booked() throws IOException {
        return new ObjectMapper()
                .readTree(ask("/v1/ledger?limit=1"))
                .path("entries")
                .path(0)
                .path("payment_key")
                .asText();
    }

    private static String ask(String question) {
        var url = stack.queryUrl().orElseThrow().resolve(question);
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Order(11)
    void one_notification_is_one_trace_through_all_stages() throws Exception {
        var user = "user-" + RandomTokens.fresh();
        var sale = sample("stripe", user);
        assertThat(post("stripe", "invoice.paid", sale, Fault.NONE)).isEqualTo(200);
        watch.entitlementBy(user, "stripe/main/" + sale.ids().event());
        var explained = console();
        assertThat(explained.run("explain", user)).as(explained.errors()).isZero();
        var trace = Pattern.compile("bytes, trace ([0-9a-f]{32});")
                .matcher(explained.output())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(trace).hasSize(1);
        var key = watch.outcomeAfter("stripe/main/" + sale.ids().event(), 0).getPaymentKey();
        assertThat(ipn("payment", "show", key, "--json")).contains("\"traceId\" : \"" + trace.get(0));

        var way = List.of(
                "ipn-projector: process ipn.claims",
                "ipn-projector: process ipn.outcomes",
                "ipn-processor: process ipn.raw",
                "ipn-ingress: send ipn.raw",
                "ipn-ingress: POST /ipn/{gateway}/{account}");
        within("spans of " + trace, () -> ways(trace.get(0)).contains(way));
        assertThat(collector.spans().toString())
                .doesNotContain(user, sale.ids().payment(), sale.ids().event());

        var kafka = stack.config().kafka();
        assertThat(CarriedTraces.of(kafka, TopicCatalogue.ENTITLEMENTS, user)).isEqualTo(trace);
        within(
                "its receipt",
                () -> CarriedTraces.of(kafka, TopicCatalogue.NOTIFICATIONS, user)
                        .equals(trace));
    }

    /** For each span the names of the spans from it up to the root. */
    private static List<List<String>> ways(String trace) {
        var byId = collector.of(trace).stream()
                .collect(Collectors.toMap(Collector.Seen::id, Function.identity(), (one, again) -> one));
        return byId.values().stream()
                .map(span -> Stream.iterate(span, Objects::nonNull, each -> byId.get(each.parent()))
                        .map(each -> each.service() + ": " + each.name())
                        .toList())
                .toList();
    }

    @Test
    @Order(11)
    void a_command_finds_the_stack_by_its_data_folder_on_whatever_ports() {
        var settings = "built-in";
        var console = new Console(Map.of());
        assertThat(console.run("topics", "check", "--config", settings, "--data", data.toString()))
                .as(console.errors())
                .isZero();
        var user = "user-" + RandomTokens.fresh();
        assertThat(new Console(Map.of())
                        .run("send", "stripe", "invoice.paid", "--subject", user, "--data", data.toString()))
                .isZero();
        within("an entitlement of " + user, () -> !watch.entitlements(user).isEmpty());
    }

    @Test
    @Order(11)
    void a_payment_is_access_over_http_moments_later() throws Exception {
        var user = "user-" + RandomTokens.fresh();
        assertThat(post("stripe", "invoice.paid", sample("stripe", user), Fault.NONE))
                .isEqualTo(200);
        var question = HttpRequest.newBuilder(
                        stack.accessUrl().orElseThrow().resolve("/v1/access/" + user + "/premium"))
                .build();
        var client = HttpClient.newHttpClient();
        within(
                "access of " + user,
                () -> client.sendAsync(question, BodyHandlers.ofString())
                        .join()
                        .body()
                        .contains("\"allowed\":true"));
    }

    @Test
    @Order(12)
    void the_canary_goes_all_the_way() {
        var account = CanaryAccount.from(stack.settings().read());
        try (var canary = new Canary(
                account, stack.ingressUrl(), stack.config().kafka(), Duration.ofSeconds(30), Clock.systemUTC())) {
            for (var i = 0; i < 3; i++) {
                assertThat(canary.beat()).matches(Beat::isWell).satisfies(beat -> {
                    assertThat(beat.status()).isEqualTo(200);
                    assertThat(beat.entitledMs()).isPresent();
                });
            }
        }
        try (var canary = new Canary(
                account,
                URI.create("http://127.0.0.1:1"), // nobody listens there
                stack.config().kafka(),
                Duration.ofSeconds(5),
                Clock.systemUTC())) {
            assertThat(canary.beat().problem())
                    .hasValueSatisfying(problem -> assertThat(problem).contains("no answer (expected: an ingress)"));
        }
    }

    @Test
    @Order(13)
    void every_metric_of_a_running_stack_is_in_the_reference_with_its_type_and_labels() throws Exception {
        var metrics = HttpRequest.newBuilder(stack.managementUrl().resolve("/metrics"))
                .build();
        var scraped = HttpClient.newHttpClient()
                .send(metrics, BodyHandlers.ofString())
                .body();
        var found = MetricsReference.scraped(scraped);
        assertThat(found).hasSizeGreaterThan(10);
        assertThat(MetricsReference.documented()).containsAllEntriesOf(found);
    }

    @Test
    @Order(14)
    void the_check_while_it_works_agrees_with_what_the_stages_wrote() {
        var kafka = stack.config().kafka();
        var stages = new ConservationCheck.Stages("ipn-processor", "ipn-projector");
        var pace = new RollingCheck.Pace(Duration.ZERO, 50, Duration.ofHours(1));
        var start = Clock.systemUTC().instant();
        var steps = new ArrayList<RollingCheck.Step>();
        try (var check = new RollingCheck(kafka, kafka.serdes(), stages, pace, Clock.systemUTC())) {
            within("all is checked", () -> {
                steps.add(check.next());
                return check.checkedTo().filter(start::isBefore).isPresent();
            });
        }
        assertThat(steps).allMatch(step -> step.findings().isEmpty() && step.skipped() == 0);
        assertThat(steps.stream().mapToLong(RollingCheck.Step::records).sum()).isEqualTo(check().records());
    }

    private static Console console() {
        var kafka = stack.config().kafka();
        return new Console(Map.of(
                "IPN_KAFKA_BOOTSTRAP_SERVERS", kafka.client().getProperty("bootstrap.servers"),
                "IPN_SCHEMA_REGISTRY_URL",
                        Objects.requireNonNull(kafka.registry().get("schema.registry.url"))));
    }

    /** As a checkout writes it. */
    private static void writeOrder(String id, String user) throws Exception {
        var kafka = stack.config().kafka();
        var order = ipn.avro.Order.newBuilder()
                .setOrderId(id)
                .setSubject(user)
                .setProduct("premium")
                .setAmount(PREMIUM.minorUnits())
                .setCurrency(PREMIUM.currency())
                .setCreatedAt(Clock.systemUTC().instant())
                .setLive(false)
                .build();
        try (var values = kafka.serdes().serializer(ipn.avro.Order.class);
                var producer = new KafkaProducer<>(kafka.client(), new StringSerializer(), values)) {
            producer.send(new ProducerRecord<>(kafka.topics().name(TopicCatalogue.ORDERS), id, order))
                    .get();
        }
    }

    /** What retention does. */
    private static void deleteUpTo(Cause cause) throws Exception {
        var partition = new TopicPartition(cause.getTopic(), cause.getPartition());
        try (var admin = Admin.create(stack.config().kafka().client())) {
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(cause.getOffset() + 1)))
                    .all()
                    .get();
        }
    }

    private static Sample sample(String gateway, String user) {
        var simulated = Simulator.find(gateway).orElseThrow();
        var words = Map.of(ReferenceName.SUBJECT, user, ReferenceName.PRODUCT, "premium");
        return new Sample(
                simulated.ids(RandomTokens.fresh()),
                words,
                PREMIUM,
                Clock.systemUTC().instant());
    }

    private static Outgoing paid(Life life, String user, Fault fault) {
        return life.paid(
                simulator(life.gateway()),
                RandomTokens.fresh(),
                user,
                fault,
                Clock.systemUTC().instant());
    }

    private static Simulator simulator(String gateway) {
        return new Simulator(
                Simulator.find(gateway).orElseThrow(),
                Senders.find(stack.settings().read(), gateway, "main").orElseThrow());
    }

    private static int post(String gateway, String event, Sample sample, Fault fault) throws Exception {
        var now = Clock.systemUTC().instant();
        return post(gateway, simulator(gateway).notification(event, sample, fault, now));
    }

    private static int post(String gateway, Outgoing outgoing) throws Exception {
        var url = stack.ingressUrl().resolve("/ipn/" + gateway + "/main");
        return new DeliveryClient()
                .send(url, outgoing, simulator(gateway).sender().standIn())
                .status();
    }

    private static List<EntitlementEvent> current(String user) {
        var kafka = stack.config().kafka();
        return new EntitlementQuery(kafka, kafka.serdes()).find(user, 0).current();
    }

    private static ConservationReport check() {
        var kafka = stack.config().kafka();
        var stages = new ConservationCheck.Stages("ipn-processor", "ipn-projector");
        return new ConservationCheck(kafka, kafka.serdes(), stages).run(Progress.SILENT);
    }

    private static java.net.http.HttpResponse<String> get(String path) throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(stack.managementUrl() + path)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}

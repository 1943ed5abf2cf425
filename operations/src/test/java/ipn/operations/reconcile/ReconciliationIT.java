package ipn.operations.reconcile;

import static ipn.operations.reconcile.TestReports.captured;
import static ipn.operations.reconcile.TestReports.payment;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.DecisionKind;
import ipn.avro.FactRow;
import ipn.avro.Order;
import ipn.avro.PaymentState;
import ipn.decision.ApprovalPolicy;
import ipn.gateway.GatewayAccount;
import ipn.operations.Operator;
import ipn.operations.TestCluster;
import ipn.operations.decision.DecisionQuery;
import ipn.operations.reconcile.InjectionPlan.PlannedRecord;
import ipn.operations.reconcile.match.Finding;
import ipn.operations.reconcile.match.LineChoice;
import ipn.operations.reconcile.report.ReportFile;
import ipn.operations.reconcile.report.ReportLayouts;
import ipn.operations.topic.Progress;
import ipn.settings.Settings;
import ipn.topics.Headers;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconciliationIT {
    private static final String NOON = "2026-09-01T12:00:00Z";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-10-01T00:00:00Z"), ZoneOffset.UTC);
    private static final Operator ADA = new Operator("ada", Optional.of("outage"));
    private static final GatewayAccount STRIPE = TestReports.account("stripe", "main");

    @TempDir
    private Path folder;

    private TestCluster cluster;

    @BeforeEach
    void createTopics() {
        cluster = TestCluster.create(getClass(), 2);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void a_report_is_held_against_the_committed_payments_of_its_account_alone() throws IOException {
        cluster.write(List.of(
                state("stripe/main/pi_1", captured("pi_1", NOON, 2400, "USD", null)),
                state("stripe/main/pi_1", captured("pi_1", NOON, 2500, "USD", null)),
                state("stripe/other/pi_2", captured("pi_2", NOON, 2500, "USD", null))));
        cluster.writeInVain(List.of(state("stripe/main/pi_3", captured("pi_3", NOON, 2500, "USD", null))));

        var result = reconcile(report());

        assertThat(result.comparison().matched()).isEqualTo(1);
        assertThat(result.comparison().facts()).isEqualTo(1);
        assertThat(result.comparison().examples())
                .extracting(finding -> finding.what() + " " + finding.id())
                .containsExactly("MISSING_HERE pi_2", "MISSING_HERE re_1", "MISSING_HERE dp_1");
    }

    @Test
    void what_payment_state_lacks_is_written_as_raw_records_of_a_type_of_its_own() throws IOException {
        cluster.write(state("stripe/main/pi_1", captured("pi_1", NOON, 2500, "USD", null)));
        var result = reconcile(report());
        var order = Order.newBuilder()
                .setOrderId("o_2")
                .setSubject("u_2")
                .setProduct("premium")
                .setAmount(2500)
                .setCurrency("USD")
                .setCreatedAt(Instant.parse(NOON))
                .setLive(true)
                .build();
        cluster.write(cluster.avro(TopicCatalogue.ORDERS, null, "o_2", Order.class, order));
        var injection = new ReportInjection(cluster.kafka, cluster.serdes, CLOCK, Optional.empty());

        var plan = injection.plan(result, Progress.SILENT);
        assertThat(plan)
                .isEqualTo(new InjectionPlan(
                        1,
                        1,
                        List.of(
                                planned("stripe/main/pi_2", "capture", "o_2", "u_2", 2500, 3),
                                planned("stripe/main/pi_1", "refund", null, null, 500, 4))));
        assertThat(cluster.records(TopicCatalogue.RAW)).isEmpty();
        assertThat(cluster.records(TopicCatalogue.DECISIONS)).isEmpty();
        var decision = injection.draft(result, plan, ADA).build();
        assertThat(injection.write(result, decision, ADA, Progress.SILENT))
                .isEqualTo(new ReportInjection.Written(
                        2,
                        List.of("stripe/main/pi_2", "stripe/main/pi_1"),
                        Optional.of(decision.getDecisionId()),
                        Optional.empty()));
        assertThat(new DecisionQuery(cluster.kafka, cluster.serdes, ApprovalPolicy.NONE).all(Progress.SILENT))
                .singleElement()
                .satisfies(stored -> {
                    assertThat(stored).isEqualTo(decision);
                    assertThat(stored.getKind()).isEqualTo(DecisionKind.INJECT);
                    assertThat(stored.getBy()).isEqualTo("ada");
                    assertThat(stored.getWhy()).isEqualTo("outage");
                    assertThat(stored.getWhich())
                            .isEqualTo(
                                    "1 capture(s) and 1 refund(s) of report.csv: stripe/main/pi_2, stripe/main/pi_1");
                });

        var records = cluster.records(TopicCatalogue.RAW);
        assertThat(records)
                .extracting(record -> new String(record.key(), UTF_8))
                .containsExactlyInAnyOrder("stripe/main/pi_2", "stripe/main/pi_1");
        assertThat(records).allSatisfy(record -> {
            assertThat(header(record, Headers.VERIFIED_BY)).isEqualTo("report/ada");
            assertThat(header(record, Headers.CONTENT_TYPE)).isEqualTo("application/vnd.ipn.report-line+json");
            assertThat(header(record, Headers.CE_SOURCE)).isEqualTo("/ipn/stripe/main");
        });
        assertThat(records)
                .extracting(record -> header(record, Headers.CE_TYPE) + " " + header(record, Headers.CE_ID))
                .containsExactlyInAnyOrder(
                        "ipn.report.capture stripe/main/report:txn_2", "ipn.report.refund stripe/main/report:txn_3");
        assertThat(records)
                .extracting(record -> new String(record.value(), UTF_8))
                .anyMatch(document -> document.contains("\"fact\":\"pi_2\"")
                        && document.contains("\"amount\":2500")
                        && document.contains("\"report\":\"report.csv\"")
                        && document.contains("\"references\":{\"order\":\"o_2\"}"));
    }

    @Test
    void an_injection_of_one_payment_writes_no_other_and_its_decision_is_found_by_the_payment_key() throws IOException {
        cluster.write(state("stripe/main/pi_1", captured("pi_1", NOON, 2500, "USD", null)));
        var only = new LineChoice(Optional.empty(), Optional.empty(), Optional.of("stripe/main/pi_2"));
        var result = reconcile(report(), only);
        var injection = new ReportInjection(cluster.kafka, cluster.serdes, CLOCK, Optional.empty());

        var plan = injection.plan(result, Progress.SILENT);
        injection.write(result, injection.draft(result, plan, ADA).build(), ADA, Progress.SILENT);

        assertThat(cluster.records(TopicCatalogue.RAW))
                .extracting(record -> new String(record.key(), UTF_8))
                .containsExactly("stripe/main/pi_2");
        assertThat(new DecisionQuery(cluster.kafka, cluster.serdes, ApprovalPolicy.NONE)
                        .about("stripe/main/pi_2")
                        .all())
                .hasSize(1);
    }

    private static PlannedRecord planned(
            String payment, String kind, @Nullable String order, @Nullable String subject, long amount, long line) {
        return new PlannedRecord(payment, kind, order, subject, amount, "USD", line, Instant.parse(NOON));
    }

    private Reconciliation.Result reconcile(Path file) {
        return reconcile(file, LineChoice.ALL);
    }

    private Reconciliation.Result reconcile(Path file, LineChoice choice) {
        var findings = new ArrayList<Finding>();
        var layout = ReportLayouts.from(Settings.empty())
                .find("stripe", Optional.empty())
                .orElseThrow();
        var request = new Reconciliation.Request(new ReportFile(file, layout, STRIPE), choice, 5);
        var result = new Reconciliation(cluster.kafka, cluster.serdes).run(request, findings::add, Progress.SILENT);
        assertThat(findings).hasSize((int) result.comparison().findings());
        return result;
    }

    private Path report() throws IOException {
        return Files.writeString(folder.resolve("report.csv"), """
                balance_transaction_id,created_utc,currency,gross,reporting_category,source_id,payment_intent_id,payment_metadata[order_id]
                txn_1,2026-09-01 12:00:00,usd,25.00,charge,ch_1,pi_1,
                txn_2,2026-09-01 12:00:00,usd,25.00,charge,ch_2,pi_2,o_2
                txn_3,2026-09-01 12:00:00,usd,-5.00,refund,re_1,pi_1,
                txn_4,2026-09-01 12:00:00,usd,-5.00,dispute,dp_1,pi_1,
                """);
    }

    private ProducerRecord<byte[], byte[]> state(String key, FactRow fact) {
        return cluster.avro(TopicCatalogue.PAYMENTS, null, key, PaymentState.class, payment(key, fact));
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}

package ipn.app.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ipn.app.output.StatusText;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusRulesTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final URI URL = URI.create("http://127.0.0.1:9464");
    private static final String WELL = """
            # HELP ipn_ingress_ready 1 while notifications can be stored
            ipn_ingress_ready 1.0
            ipn_stage_running{stage="processor"} 1.0
            ipn_stage_running{stage="projector"} 1.0
            ipn_stage_lag_records{stage="processor",topic="ipn.raw"} 3.0
            ipn_stage_lag_records{stage="projector",topic="ipn.claims"} 1.0
            ipn_stage_lag_records{stage="projector",topic="ipn.outcomes"} 4.0
            ipn_stage_oldest_unprocessed_seconds{stage="processor"} 0.4
            ipn_stage_oldest_unprocessed_seconds{stage="projector"} 0.0
            ipn_ingress_last_stored_seconds{account="main",gateway="stripe"} 1.793534395E9
            ipn_ingress_last_stored_seconds{account="main",gateway="mollie"} 0.0
            """;

    private static String requests(int acknowledged, int rejected, int unavailable) {
        return """
            ipn_ingress_requests_total{account="main",gateway="stripe",outcome="acknowledged"} %d
            ipn_ingress_requests_total{account="main",gateway="stripe",outcome="unpublished"} %d
            ipn_ingress_rejected_total{account="main",gateway="stripe",published="true",reason="SIGNATURE_WRONG"} %d
            """.formatted(acknowledged, unavailable, rejected);
    }

    private static String buckets(int fast, int all) {
        return """
            ipn_projector_received_to_entitlement_seconds_bucket{le="0.1"} %d
            ipn_projector_received_to_entitlement_seconds_bucket{le="1.0"} %d
            ipn_projector_received_to_entitlement_seconds_bucket{le="+Inf"} %d
            """.formatted(fast, all, all);
    }

    private static Scrape scrape(Instant at, String... metrics) {
        return new Scrape(at, MetricsText.parse(String.join("\n", metrics)), Map.of(URL, true), List.of());
    }

    private static List<String> texts(PipelineStatus status) {
        return status.problems().stream()
                .map(problem -> "%s (see %s)".formatted(problem.what(), problem.runbook()))
                .toList();
    }

    private static PipelineStatus status(List<String> before, List<String> now) {
        return StatusRules.status(
                scrape(NOON.minusSeconds(10), before.toArray(String[]::new)), scrape(NOON, now.toArray(String[]::new)));
    }

    @Test
    void a_pipeline_that_is_well() {
        var status = status(List.of(WELL, requests(100, 2, 1)), List.of(WELL, requests(150, 2, 1)));
        assertThat(status.problems()).isEmpty();
        assertThat(status.stages())
                .extracting(StageState::stage, StageState::state)
                .containsExactly(
                        tuple("ingress", "running"), tuple("processor", "running"), tuple("projector", "running"));
        assertThat(status.stages().get(0).perSecond()).isEqualTo(5);
        assertThat(status.stages().get(1).waiting()).contains(3L);
        assertThat(status.stages().get(2).waiting()).contains(5L);
        var stripe = status.accounts().stream()
                .filter(account -> account.account().equals("stripe/main"))
                .findFirst()
                .orElseThrow();
        assertThat(stripe.lastSeconds()).contains(5.0);
        assertThat(stripe.perSecond()).isEqualTo(5);
        assertThat(stripe.acknowledged()).isEqualTo(150);
        assertThat(stripe.rejected()).isEqualTo(2);
        assertThat(stripe.unavailable()).isEqualTo(1);
        assertThat(status.accounts())
                .filteredOn(account -> account.account().equals("mollie/main"))
                .allMatch(account -> account.lastSeconds().isEmpty())
                .hasSize(1);
    }

    @Test
    void latency_is_that_of_the_records_between_the_readings_or_of_all_if_there_was_none() {
        var status = status(List.of(WELL, buckets(90, 100)), List.of(WELL, buckets(90, 200)));
        assertThat(status.stages().get(2).p50Seconds()).contains(1.0);
        var idle = status(List.of(WELL, buckets(90, 100)), List.of(WELL, buckets(90, 100)));
        assertThat(idle.stages().get(2).p50Seconds()).contains(0.1);
        assertThat(idle.stages().get(2).p99Seconds()).contains(1.0);
        assertThat(idle.stages().get(1).p99Seconds()).isEmpty();
    }

    @Test
    void what_to_do_first_about_a_503_depends_on_its_cause_and_whoever_is_refused_is_not_silent() {
        var refused = "ipn_ingress_requests_total{account=\"main\",gateway=\"stripe\",outcome=\"%s\"} %d";
        for (var cause : Map.of(
                        "undecided", "see whether the gateway answers the question whether they are authentic",
                        "unpublished", "see whether Kafka answers the ingress")
                .entrySet()) {
            var status = status(
                    List.of(WELL, refused.formatted(cause.getKey(), 1), silent("stripe", "all", 1)),
                    List.of(WELL, refused.formatted(cause.getKey(), 3), silent("stripe", "all", 1)));
            assertThat(status.problems())
                    .extracting(Problem::what, Problem::first)
                    .containsExactly(tuple("stripe/main: notifications are answered with 503", cause.getValue()));
        }
        var over = status(
                List.of(WELL, "ipn_ingress_unstored{account=\"main\",gateway=\"stripe\"} 3"),
                List.of(WELL, "ipn_ingress_unstored{account=\"main\",gateway=\"stripe\"} 3"));
        assertThat(over.problems())
                .extracting(Problem::first)
                .containsExactly("see whether the gateway sends them again, or ask it to");
    }

    @Test
    void access_that_comes_late_is_a_problem_also_while_no_record_is_old() {
        var slow = """
                ipn_projector_received_to_entitlement_seconds_bucket{le="1.0"} 10
                ipn_projector_received_to_entitlement_seconds_bucket{le="60.0"} 100
                ipn_projector_received_to_entitlement_seconds_bucket{le="+Inf"} 100
                """;
        assertThat(texts(status(List.of(WELL), List.of(WELL, slow))))
                .containsExactly(
                        "projector: half of the notifications take up to 60 s: access comes late (see docs/runbooks/lag.md)");
        assertThat(status(List.of(WELL), List.of(WELL, buckets(90, 100))).problems())
                .isEmpty();
    }

    @Test
    void silences_are_named_those_of_types_only_where_the_account_is_not_silent() {
        var silences = silent("stripe", "all", 1)
                + silent("stripe", "invoice.paid", 1)
                + silent("mollie", "all", 0)
                + silent("mollie", "payment.paid", 1);
        assertThat(texts(status(List.of(WELL), List.of(WELL, silences))))
                .containsExactly(
                        "mollie/main: no payment.paid for 3 h, usually at most 12 min; about 41 are missing (see docs/runbooks/gateway-silent.md)",
                        "stripe/main: no notification for 3 h, usually at most 12 min; about 41 are missing (see docs/runbooks/gateway-silent.md)");
    }

    @Test
    void few_hours_that_are_left_are_told_with_their_minutes() {
        var left = "ipn_ingress_retry_left_seconds{account=\"main\",gateway=\"stripe\",status=\"401\"} 10500";
        assertThat(texts(status(List.of(WELL, requests(100, 2, 1)), List.of(WELL, left, requests(100, 9, 1)))))
                .containsExactly(
                        "stripe/main: notifications are refused as not authentic (401); stripe gives up the first of them in 2 h 55 min (see docs/runbooks/rejected-signatures.md)");
    }

    @Test
    void a_refusal_says_when_the_gateway_gives_up_and_what_is_at_stake() {
        var left = """
            ipn_ingress_retry_left_seconds{account="main",gateway="stripe",status="503"} 255900
            ipn_ingress_retry_left_seconds{account="main",gateway="stripe",status="401"} 0
            ipn_ingress_retry_left_seconds{account="main",gateway="mollie",status="503"} NaN
            ipn_ingress_unstored{account="main",gateway="stripe"} 612
            ipn_ingress_unstored_money{account="main",currency="EUR",gateway="stripe"} 14203.0
            ipn_ingress_unstored_money{account="main",currency="USD",gateway="stripe"} 0.0
            """;
        assertThat(texts(status(List.of(WELL, requests(100, 2, 1)), List.of(WELL, left, requests(100, 9, 4)))))
                .containsExactly(
                        "stripe/main: notifications are refused as not authentic (401); stripe has given up the first of them (see docs/runbooks/rejected-signatures.md)",
                        "stripe/main: notifications are answered with 503; stripe gives up the first of them in 71 h; 612 not stored, with payments of 14,203.00 EUR (see docs/runbooks/ingress-503.md)");
    }

    private static String silent(String gateway, String type, int silent) {
        var labels = "{account=\"main\",gateway=\"%s\",type=\"%s\"}".formatted(gateway, type);
        return """
            ipn_processor_silent%1$s %2$d
            ipn_processor_silence_seconds%1$s 10900
            ipn_processor_silence_limit_seconds%1$s 720
            ipn_processor_silence_missing%1$s 40.6
            """.formatted(labels, silent);
    }

    @Test
    void what_is_wrong_is_named_with_its_runbook() {
        var now = WELL.replace(
                        "ipn_stage_running{stage=\"processor\"} 1.0", "ipn_stage_running{stage=\"processor\"} 0.0")
                .replace(
                        "ipn_stage_oldest_unprocessed_seconds{stage=\"processor\"} 0.4",
                        "ipn_stage_oldest_unprocessed_seconds{stage=\"processor\"} 300");
        var more = """
                ipn_settings_problems{stage="ingress"} 2.0
                ipn_certificate_left_seconds{stage="ingress",key="ingress.tls.certificate"} 90000
                ipn_certificate_left_seconds{stage="query",key="query.tls.certificate"} 1.3e6
                ipn_secret_left_seconds{stage="ingress",key="gateways.stripe.main.secrets"} -5
                ipn_projector_settings_older 1.0
                ipn_projector_brake_engaged 3.0
                ipn_projector_brake_withheld 17.0
                ipn_stage_thread_failures_total{stage="processor"} 4.0
                ipn_query_age_seconds 1200.0
                ipn_projector_dead_letters_total{reason="MALFORMED"} 2.0
                ipn_processor_notifications_total{account="main",gateway="razorpay",kind="UNPROCESSABLE",type="other"} 2.0
                ipn_processor_notifications_total{account="main",gateway="stripe",kind="APPLIED",type="invoice.paid"} 2.0
                ipn_projector_discrepancies_total{kind="UNDERPAID",state="OPEN"} 5.0
                ipn_projector_discrepancies_total{kind="UNDERPAID",state="CLOSED"} 2.0
                """;
        var status = status(List.of(WELL, requests(100, 2, 1)), List.of(now, more, requests(100, 9, 4)));
        assertThat(texts(status))
                .containsExactlyInAnyOrder(
                        "processor: not running: notifications are stored and wait; nobody who pays gets access until it runs (see docs/runbooks/stage-not-running.md)",
                        "processor: its oldest record waits for 5 min: whoever paid since then has no access yet (see docs/runbooks/lag.md)",
                        "stripe/main: notifications are refused as not authentic (401) (see docs/runbooks/rejected-signatures.md)",
                        "stripe/main: notifications are answered with 503 (see docs/runbooks/ingress-503.md)",
                        "ingress: its changed settings have problems, and it continues with those before (see docs/runbooks/change-settings.md)",
                        "the certificate of ingress.tls.certificate ends in 25 h (see docs/runbooks/certificates.md)",
                        "the last secret of gateways.stripe.main.secrets has ended (see docs/runbooks/certificates.md)",
                        "a projector runs with older settings than those in force (see docs/runbooks/change-settings.md)",
                        "the brake withholds 17 revocation(s) in 3 partition(s): users keep access that may have to be revoked (see docs/runbooks/brake.md)",
                        "query: its answers are 20 min old: support and finance see payments as they were then (see docs/runbooks/answers-old.md)",
                        "threads fail (see docs/runbooks/thread-failures.md)",
                        "dead letters are emitted now, from razorpay/main: what they report has no effect (see docs/runbooks/dead-letters.md)");
        assertThat(status.deadLetters()).containsExactly(Map.entry("MALFORMED", 2L));
        assertThat(status.discrepancies()).containsExactly(Map.entry("UNDERPAID", 3L));
        assertThat(status.withheld()).isEqualTo(17);
    }

    @Test
    void a_stage_without_progress_has_a_runbook_of_its_own() {
        var running = status(List.of(WELL), List.of(WELL, "ipn_stage_stalled{stage=\"projector\"} 1.0"));
        assertThat(texts(running)).containsExactly("projector: makes no progress (see docs/runbooks/stage-stalls.md)");
        var stopped = WELL.replace("{stage=\"projector\"} 1.0", "{stage=\"projector\"} 0.0");
        assertThat(texts(status(List.of(WELL), List.of(stopped, "ipn_stage_stalled{stage=\"projector\"} 1.0"))))
                .containsExactly("projector: makes no progress (see docs/runbooks/stage-stalls.md)");
    }

    @Test
    void a_stage_that_no_port_shows_and_a_port_that_does_not_answer() {
        var silent = URI.create("http://processor:9464");
        var now = new Scrape(NOON, MetricsText.parse("ipn_ingress_ready 0.0"), Map.of(URL, false), List.of(silent));
        assertThat(texts(StatusRules.status(scrape(NOON.minusSeconds(1)), now)))
                .contains(
                        "http://processor:9464 does not answer (see docs/runbooks/stage-not-running.md)",
                        "ingress: not running: gateways cannot deliver, and try again for hours or days; nobody who pays gets access until it runs (see docs/runbooks/stage-not-running.md)",
                        "processor: no management port shows it: notifications are stored and wait; nobody who pays gets access until it runs (see docs/runbooks/stage-not-running.md)",
                        "projector: no management port shows it: notifications are stored and wait; nobody who pays gets access until it runs (see docs/runbooks/stage-not-running.md)");
    }

    @Test
    void findings_of_the_conservation_check_count_when_there_are_more_than_before() {
        var lost = "ipn_conservation_findings_total{kind=\"MISSING_OUTCOME\"} %d.0\n"
                + "ipn_conservation_findings_total{kind=\"DOUBLE_OUTCOME\"} 0.0";
        assertThat(texts(status(List.of(WELL, lost.formatted(2)), List.of(WELL, lost.formatted(2)))))
                .isEmpty();
        assertThat(texts(status(List.of(WELL, lost.formatted(2)), List.of(WELL, lost.formatted(3)))))
                .containsExactly(
                        "raw records do not balance with outcomes and dead letters: whoever paid may have no access, or money may count twice (see docs/runbooks/conservation.md)");
    }

    @Test
    void the_screen_has_80_columns() {
        var status = status(
                List.of(WELL, requests(0, 0, 0), buckets(0, 0)),
                List.of(WELL, requests(9_999_999, 888_888, 777_777), buckets(90, 100)));
        var lines = new ArrayList<>(StatusText.stages(status).lines(80));
        lines.addAll(StatusText.accounts(status, true).lines(80));
        lines.addAll(StatusText.remarks(status, 80));
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(80));
        assertThat(StatusText.remarks(status, 80))
                .containsSubsequence(
                        "  stripe/main: notifications are refused as not authentic (401)",
                        "    first: compare its secret in the settings with the gateway's",
                        "      (docs/runbooks/rejected-signatures.md)");
        assertThat(StatusText.stages(status).lines(80)).hasSize(4);
        assertThat(StatusText.accounts(status, true).lines(80))
                .hasSize(3)
                .allMatch(line -> line.length() <= 80)
                .anyMatch(line -> line.matches("mollie/main +never +0\\.0 +0 +0 +0.*"));
        assertThat(StatusText.accounts(status, false).lines(80)).hasSize(2);
        assertThat(StatusText.remarks(status, 80)).contains("dead letters since the start: none");
    }

    @Test
    void dead_letters_of_which_nobody_says_whether_they_are_open_are_not_well() {
        var emitted = "ipn_projector_dead_letters_total{reason=\"MALFORMED\"} 20.0";
        var unknown = status(List.of(WELL, emitted), List.of(WELL, emitted));
        assertThat(unknown.isWell()).isTrue();
        assertThat(StatusText.remarks(unknown, 80))
                .contains("dead letters since the start: MALFORMED 20 (which are open: ipn dlq)")
                .contains("no other problem is known")
                .doesNotContain("all is well");
        var none = "ipn_query_age_seconds 0.2";
        assertThat(StatusText.remarks(status(List.of(WELL, emitted, none), List.of(WELL, emitted, none)), 80))
                .contains("dead letters since the start: MALFORMED 20", "all is well");
    }

    @Test
    void new_forms_are_counted_by_event_type() {
        var drift = """
                ipn_processor_drift_total{gateway="square",kind="NEW_FIELD",type="payment.updated"} 2.0
                ipn_processor_drift_total{gateway="square",kind="TYPE_CHANGED",type="payment.updated"} 1.0
                """;
        assertThat(StatusText.remarks(status(List.of(WELL, drift), List.of(WELL, drift)), 80))
                .contains("new forms since the start: square payment.updated 3 (ipn gateways drift)");
    }

    @Test
    void what_is_open_or_not_stored_is_wrong_also_when_nothing_new_comes() {
        var open = """
                ipn_dead_letters_open{reason="MALFORMED"} 40.0
                ipn_dead_letters_open{reason="MISSING_FIELD"} 0.0
                ipn_ingress_unstored{account="main",gateway="stripe"} 3
                """;
        assertThat(texts(status(List.of(WELL, open), List.of(WELL, open))))
                .containsExactly(
                        "stripe/main: notifications were answered with 503; 3 not stored (see docs/runbooks/ingress-503.md)",
                        "dead letters are open: MALFORMED 40; what they report has no effect (see docs/runbooks/dead-letters.md)");
        var more = "ipn_projector_dead_letters_total{reason=\"MALFORMED\"} 41.0";
        assertThat(texts(status(List.of(WELL, open), List.of(WELL, open, more))))
                .last()
                .asString()
                .contains("MALFORMED 40; what they report has no effect, and more are emitted now");
    }
}

package ipn.operations.imports;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Money;
import ipn.gateway.AccountId;
import ipn.gateway.Accounts;
import ipn.imported.ImportedSubscription;
import ipn.imported.ImportedSubscription.Period;
import ipn.imported.ImportedSubscription.Sold;
import ipn.imported.ImportedSubscription.Terms;
import ipn.operations.imports.LineProblem.Kind;
import ipn.operations.topic.Progress;
import ipn.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of each export, in the forms that the gateways write. */
class ExportFormatsTest {
    private static final Instant AS_OF = Instant.parse("2026-09-15T00:00:00Z");
    private static final Instant START = Instant.parse("2026-09-01T12:00:00Z");
    private static final Instant END = Instant.parse("2026-10-01T12:00:00Z");
    private static final Instant CREATED = Instant.parse("2024-02-01T12:00:00Z");
    private static final String STRIPE_HEADER =
            "id,Customer ID,Plan,Product,Quantity,Currency,Interval,Amount,Status,Created (UTC),Start (UTC),Current Period Start (UTC),"
                    + "Current Period End (UTC),Trial Start (UTC),Trial End (UTC),Canceled At (UTC),Cancel At Period End,Ended At (UTC),Cancellation Reason,user_id (metadata)";

    @TempDir
    private Path folder;

    private final List<LineProblem> problems = new ArrayList<>();

    @Test
    void a_line_of_stripes_dashboard() throws IOException {
        var line = only(
                ExportFormat.STRIPE,
                STRIPE_HEADER,
                "sub_1,cus_1,price_premium,prod_1,2,usd,month,8.00,active,2024-02-01 12:00,2024-02-01 12:00,2026-09-01 12:00,2026-10-01 12:00,,,,false,,,u_42");
        assertThat(line.id()).isEqualTo("sub_1");
        assertThat(line.asOf()).isEqualTo(AS_OF);
        assertThat(line.source()).isEqualTo(new ImportedSubscription.Source("export", 2));
        assertThat(line.terms().status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(line.terms().items()).containsExactly(new Sold(List.of("price_premium", "prod_1"), 2));
        assertThat(line.terms().references()).isEqualTo(Map.of(ReferenceName.SUBJECT, "u_42"));
        assertThat(line.terms().paid()).contains(new Period(START, END));
        assertThat(line.terms().periodEnd()).contains(END);
        assertThat(line.terms().cancelScheduled()).isFalse();
    }

    @Test
    void stripes_period_of_a_renewal_that_failed_has_begun_and_is_not_paid() throws IOException {
        var line = only(
                ExportFormat.STRIPE,
                STRIPE_HEADER,
                "sub_1,cus_1,price_premium,prod_1,1,usd,month,8.00,past_due,2024-02-01 12:00,,2026-09-01 12:00,2026-10-01 12:00,,,,false,,,u_42");
        assertThat(line.terms().status()).isEqualTo(SubscriptionStatus.PAST_DUE);
        assertThat(line.terms().paid()).contains(new Period(CREATED, START));
    }

    @Test
    void what_stripe_canceled_because_nobody_paid_is_not_paid() throws IOException {
        var line =
                "sub_%s,cus_1,price_premium,prod_1,1,usd,month,8.00,canceled,2024-02-01 12:00,,2026-09-01 12:00,%s,,,2026-09-10 12:00,false,2026-09-10 12:00,%s,u_42";
        var all = read(
                ExportFormat.STRIPE,
                STRIPE_HEADER,
                line.formatted("1", "2026-10-01 12:00", "payment_failed"),
                line.formatted("2", "2026-10-01 12:00", "cancellation_requested"),
                line.formatted("3", "2026-09-11 12:00", "cancellation_requested"));
        assertThat(all)
                .extracting(each -> each.terms().paid())
                .containsExactly(Optional.empty(), Optional.of(new Period(START, END)), Optional.empty());
    }

    @Test
    void an_object_of_stripes_api_with_periods_of_its_items() throws IOException {
        var line = only(ExportFormat.STRIPE, """
                {"id":"sub_1","object":"subscription","status":"active","created":1706788800,"cancel_at_period_end":true,"trial_end":null,\
                "metadata":{"user_id":"u_42","order_id":"o_1"},"latest_invoice":{"id":"in_1","payment_intent":"pi_1"},"items":{"data":[\
                {"price":{"id":"price_premium","lookup_key":"premium_monthly","product":"prod_1"},"quantity":3,"current_period_start":1788264000,"current_period_end":1790856000}]}}""");
        assertThat(line.terms())
                .isEqualTo(new Terms(
                        SubscriptionStatus.ACTIVE,
                        List.of(new Sold(List.of("price_premium", "premium_monthly", "prod_1"), 3)),
                        Map.of(ReferenceName.SUBJECT, "u_42"),
                        Optional.of(new Period(START, END)),
                        Optional.of(END),
                        Optional.empty(),
                        true,
                        Optional.of(END),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("pi_1")));
    }

    @Test
    void a_page_of_a_list_api_is_as_many_lines() throws IOException {
        var object = "{\"id\":\"sub_%d\",\"status\":\"trialing\",\"trial_end\":1790856000,\"metadata\":{}}";
        var all = read(
                ExportFormat.STRIPE,
                "{\"object\":\"list\",\"data\":[" + object.formatted(1) + "," + object.formatted(2) + "]}",
                object.formatted(3));
        assertThat(all).extracting(ImportedSubscription::id).containsExactly("sub_1", "sub_2", "sub_3");
        assertThat(all)
                .allMatch(each ->
                        each.terms().paid().isEmpty() && each.terms().trialEnd().equals(Optional.of(END)));
    }

    @Test
    void an_object_of_paddles_api() throws IOException {
        var object =
                "{\"id\":\"sub_01\",\"status\":\"%s\",\"custom_data\":{\"user_id\":\"u_42\"},\"started_at\":\"2024-02-01T12:00:00Z\","
                        + "\"current_billing_period\":{\"starts_at\":\"2026-09-01T12:00:00.000000Z\",\"ends_at\":\"2026-10-01T12:00:00Z\"},"
                        + "\"scheduled_change\":%s,\"items\":[{\"status\":\"active\",\"quantity\":1,\"price\":{\"id\":\"pri_1\",\"product_id\":\"pro_1\"}}]}";
        var all = read(
                ExportFormat.PADDLE,
                object.formatted("active", "{\"action\":\"cancel\",\"effective_at\":\"2026-10-01T12:00:00Z\"}"),
                object.formatted("past_due", "null"));
        assertThat(all.get(0).terms())
                .isEqualTo(new Terms(
                        SubscriptionStatus.ACTIVE,
                        List.of(new Sold(List.of("pri_1", "pro_1"), 1)),
                        Map.of(ReferenceName.SUBJECT, "u_42"),
                        Optional.of(new Period(START, END)),
                        Optional.of(END),
                        Optional.empty(),
                        true,
                        Optional.of(END),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(all.get(1).terms().paid()).contains(new Period(CREATED, START));
    }

    @Test
    void apples_status_with_decoded_transaction_and_renewal() throws IOException {
        var object =
                "{\"originalTransactionId\":\"1000\",\"status\":%d,\"signedTransactionInfo\":{\"productId\":\"premium.month\",\"purchaseDate\":1788264000000,"
                        + "\"expiresDate\":1790856000000,\"appAccountToken\":\"u-42\",\"price\":%d},\"signedRenewalInfo\":{\"autoRenewStatus\":%d,\"gracePeriodExpiresDate\":1791288000000}}";
        var all = read(
                ExportFormat.APPLE,
                object.formatted(1, 8000, 1),
                object.formatted(1, 8000, 0),
                object.formatted(1, 0, 1),
                object.formatted(4, 8000, 1),
                object.formatted(3, 8000, 1),
                object.formatted(5, 8000, 0),
                object.formatted(2, 8000, 0));
        assertThat(all)
                .extracting(each -> each.terms().status())
                .containsExactly(
                        SubscriptionStatus.ACTIVE,
                        SubscriptionStatus.ACTIVE,
                        SubscriptionStatus.TRIALING,
                        SubscriptionStatus.PAST_DUE,
                        SubscriptionStatus.PAST_DUE,
                        SubscriptionStatus.CANCELED,
                        SubscriptionStatus.EXPIRED);
        assertThat(all.get(0).terms().paid()).contains(new Period(START, END));
        assertThat(all.get(0).terms().references()).isEqualTo(Map.of(ReferenceName.SUBJECT, "u-42"));
        assertThat(all.get(1).terms().cancelAt()).contains(END);
        assertThat(all.get(2).terms()).satisfies(trial -> {
            assertThat(trial.paid()).isEmpty();
            assertThat(trial.trialEnd()).contains(END);
        });
        assertThat(all.get(3).terms().graceUntil()).contains(Instant.parse("2026-10-06T12:00:00Z"));
        assertThat(all.get(6).terms().paid()).isEmpty();
    }

    @Test
    void what_apple_revoked_is_not_paid() throws IOException {
        var line = only(
                ExportFormat.APPLE,
                "original_transaction_id,product_id,status,purchase_date,expires_date,app_account_token",
                "1000,premium.month,5,2026-09-01T12:00:00Z,2026-10-01T12:00:00Z,u-42");
        assertThat(line.terms().paid()).isEmpty();
    }

    @Test
    void our_own_columns_for_any_gateway() throws IOException {
        var line = only(
                ExportFormat.CSV,
                "gateway,account,subscription,subject,product,sku,status,period_start,period_end,trial_end,cancel_at_period_end,quantity,amount,currency,latest_payment",
                "stripe,main,sub_1,u_42,premium,price_premium prod_1,active,2026-09-01T12:00:00Z,2026-10-01T12:00:00Z,,no,1,8.00,USD,pi_1");
        assertThat(line.terms())
                .isEqualTo(new Terms(
                        SubscriptionStatus.ACTIVE,
                        List.of(new Sold(List.of("price_premium", "prod_1"), 1)),
                        Map.of(ReferenceName.SUBJECT, "u_42", ReferenceName.PRODUCT, "premium"),
                        Optional.of(new Period(START, END)),
                        Optional.of(END),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new Money(800, "USD")),
                        Optional.of("pi_1")));
    }

    @Test
    void lines_that_cannot_be_read_do_not_stop_the_others() throws IOException {
        var all = read(
                ExportFormat.CSV,
                "gateway,account,subscription,subject,sku,status,period_start,period_end",
                "stripe,main,sub_1,u_1,price_premium,active,2026-09-01,2026-10-01",
                "stripe,main,sub_2,u_2,price_premium,activ,2026-09-01,2026-10-01",
                "stripe,mian,sub_3,u_3,price_premium,active,2026-09-01,2026-10-01",
                "stripe,main,sub_4,u_4,price_premium,active,soon,2026-10-01",
                "stripe,main,,u_5,price_premium,active,2026-09-01,2026-10-01",
                "stripe,main,sub_6",
                "stripe,main,sub 7,u_7,price_premium,active,2026-09-01,2026-10-01",
                "stripe,main,sub_8,u_8,price_premium,active,2026-09-01,2099-10-01",
                "stripe,main,sub_9,u_9,price_premium,active,2026-09-01,2026-10-01");
        assertThat(all).extracting(ImportedSubscription::id).containsExactly("sub_1", "sub_9");
        assertThat(problems).extracting(LineProblem::line).containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(problems)
                .extracting(LineProblem::kind)
                .containsExactly(
                        Kind.MALFORMED,
                        Kind.UNKNOWN_ACCOUNT,
                        Kind.MALFORMED,
                        Kind.MALFORMED,
                        Kind.MALFORMED,
                        Kind.MALFORMED,
                        Kind.MALFORMED);
        assertThat(problems).noneMatch(problem -> problem.message().contains("u_"));
    }

    @Test
    void json_that_cannot_be_read_does_not_stop_the_others() throws IOException {
        var all = read(
                ExportFormat.STRIPE,
                "{\"id\":\"sub_1\",\"status\":\"active\"}",
                "{\"id\":",
                "17",
                "{\"id\":\"sub_2\",\"status\":\"active\"}");
        assertThat(all).extracting(ImportedSubscription::id).containsExactly("sub_1", "sub_2");
        assertThat(problems).extracting(LineProblem::line).containsExactly(2L, 3L);
    }

    @Test
    void a_summary_counts_by_status_and_product_and_keeps_the_first_lines_of_each_problem() throws IOException {
        var all = new ArrayList<LineProblem>();
        var summary = new ImportSummary(
                (word, skus) -> skus.contains("price_premium") ? Optional.of("premium") : Optional.empty(),
                1,
                all::add);
        export(
                        ExportFormat.STRIPE,
                        STRIPE_HEADER,
                        "sub_1,c,price_premium,,1,usd,,,active,,,2026-09-01 12:00,2026-10-01 12:00,,,,,,,u_1",
                        "sub_2,c,price_premium,,1,usd,,,active,,,2026-08-01 12:00,2026-09-01 12:00,,,,,,,u_2",
                        "sub_1,c,price_premium,,1,usd,,,active,,,2026-09-01 12:00,2026-10-01 12:00,,,,,,,u_1",
                        "sub_3,c,price_old,,1,usd,,,active,,,2026-09-01 12:00,2026-10-01 12:00,,,,,,,u_3",
                        "sub_4,c,price_old,,1,usd,,,active,,,2026-09-01 12:00,2026-10-01 12:00,,,,,,,u_4",
                        "sub_5,c,price_premium,,1,usd,,,active,,,2026-09-01 12:00,2026-10-01 12:00,,,,,,,",
                        "sub_6,c,price_premium,,1,usd,,,nonsense,,,,,,,,,,,u_6")
                .read(Progress.SILENT, "", summary);
        var result = summary.summary(AS_OF);
        assertThat(result.lines()).isEqualTo(7);
        assertThat(result.subscriptions()).as("one has two lines").isEqualTo(5);
        assertThat(result.counts())
                .containsExactly(
                        new ImportSummary.Count("stripe/main", "(unknown)", "ACTIVE", 2, 0),
                        new ImportSummary.Count("stripe/main", "premium", "ACTIVE", 3, 1));
        assertThat(result.unknownProducts()).isEqualTo(Map.of("price_old", 2L));
        assertThat(result.problems())
                .extracting(each -> each.kind() + " " + each.count() + " "
                        + each.first().get(0).line())
                .containsExactly("MALFORMED 1 8", "NO_SUBJECT 1 7", "UNKNOWN_PRODUCT 2 5");
        assertThat(result.problems()).allMatch(each -> each.first().size() == 1);
        assertThat(all).hasSize(4);
    }

    @Test
    void a_second_object_on_a_line_is_not_lost() throws IOException {
        assertThat(read(ExportFormat.STRIPE, "{\"id\":\"sub_1\"} {\"id\":\"sub_2\"}"))
                .isEmpty();
        assertThat(problems).extracting(LineProblem::kind).containsExactly(Kind.MALFORMED);
    }

    private ImportedSubscription only(ExportFormat format, String... lines) throws IOException {
        var all = read(format, lines);
        assertThat(problems).isEmpty();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private List<ImportedSubscription> read(ExportFormat format, String... lines) throws IOException {
        var all = new ArrayList<ImportedSubscription>();
        export(format, lines).read(Progress.SILENT, "", new SubscriptionExport.Receiver() {
            @Override
            public void subscription(AccountId account, ImportedSubscription subscription) {
                all.add(subscription);
            }

            @Override
            public void problem(LineProblem problem) {
                problems.add(problem);
            }
        });
        return all;
    }

    private SubscriptionExport export(ExportFormat format, String... lines) throws IOException {
        var file = Files.writeString(folder.resolve("export"), String.join("\n", lines) + "\n");
        var settings = Settings.parse("""
                gateways:
                  stripe: {main: {mode: test, secrets: "test:whsec_0123456789abcdef"}}
                  paddle: {main: {mode: test, secrets: "test:pdl_ntfset_0123456789abcdef"}}
                  apple: {main: {mode: test, bundle-id: com.example.app, environment: Sandbox, app-apple-id: 1}}
                """, Map.of(), folder);
        var account = format == ExportFormat.CSV ? Optional.<String>empty() : Optional.of("main");
        return new SubscriptionExport(file, format, account, AS_OF, AS_OF, settings, Accounts.from(settings));
    }
}

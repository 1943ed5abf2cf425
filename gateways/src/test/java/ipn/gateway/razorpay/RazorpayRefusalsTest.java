package ipn.gateway.razorpay;

import static ipn.gateway.razorpay.RazorpayPaymentsTest.PAYMENT;
import static ipn.gateway.razorpay.RazorpayPaymentsTest.entity;
import static ipn.gateway.razorpay.RazorpayPaymentsTest.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.Listener;
import ipn.conformance.TestFiles;
import ipn.gateway.Translation;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.settings.SettingsException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is authentic and yet not taken, and what does not start. */
class RazorpayRefusalsTest {
    private static final Listener ACCOUNT = RazorpayUnderTest.listener();
    private static final String PAID = event("payment.captured", entity("payment", PAYMENT));

    // spotless:off
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'amount': 50000         | 'amount': -1               | INVALID_AMOUNT",
        "'amount': 50000         | 'amount': '50000'          | INVALID_AMOUNT",
        "'amount': 50000         | 'amount': 1e400            | INVALID_AMOUNT",
        "'amount': 50000         | 'amount': 500.5            | WRONG_EXPONENT",
        "'amount': 50000         | 'x': 1                     | MISSING_FIELD",
        "'currency': 'INR'       | 'currency': 'RUPEES'       | UNKNOWN_CURRENCY",
        "'currency': 'INR'       | 'x': 1                     | MISSING_FIELD",
        "'fee': 1180             | 'fee': '1180'              | INVALID_AMOUNT",
        "'id': 'pay_1'           | 'id': 'pay 1'              | INVALID_ID",
        "'id': 'pay_1'           | 'id': ''                   | INVALID_ID",
        "'id': 'pay_1'           | 'x': 1                     | INVALID_ID",
        "'captured': true        | 'captured': 'maybe'        | MALFORMED",
        "'captured': true        | 'captured': false          | MALFORMED",
        "'captured': true        | 'captured': ''             | MALFORMED",
        "'status': 'captured'    | 'status': 'authorized'     | MALFORMED",
        "'status': 'captured'    | 'status': 'failed'         | MALFORMED",
        "'status': 'captured', 'captured': true | 'captured': false | MALFORMED",
        "'status': 'captured', 'captured': true | 'x': 1      | MALFORMED",
        "'notes': []             | 'notes': {'user_id': ''}   | INVALID_ID",
        "'notes': []             | 'notes': {'user_id': {}}   | MALFORMED",
        "'created_at': 1788264000 | 'created_at': 1888264000  | TIME_OUT_OF_RANGE",
        "'created_at': 1788264000 | 'created_at': 'today'     | INVALID_TIME",
        "'created_at': 1788264000 | 'x': 1                    | MISSING_FIELD",
        "'event': 'payment.captured' | 'event': 'a b'         | MALFORMED",
        "'event': 'payment.captured' | 'event': null          | MISSING_FIELD"
    })
    // spotless:on
    void a_field_that_makes_no_sense_is_refused_with_its_reason(
            String sound, String senseless, ipn.topics.Reason reason) {
        assertThat(PAID).contains(sound.strip());
        var body = PAID.replace(sound.strip(), senseless.strip());
        assertThat(ACCOUNT.refusal(body)).isEqualTo(reason);
        assertThat(((Translation.Refused) ACCOUNT.translated(body)).detail()).doesNotContain("pay_1", "50000", "maybe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"refund.created", "subscription.updated"})
    void a_status_nobody_knows_is_kept_for_a_newer_version(String type) {
        var entity = "{'id': 'x_1', 'payment_id': 'pay_1', 'amount': 1, 'currency': 'INR', 'status': 'brand_new'}";
        assertThat(ACCOUNT.refusal(event(type, entity(type.substring(0, type.indexOf('.')), entity))))
                .isEqualTo(ipn.topics.Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"settlement.processed", "payment.downtime.started", "invoice.expired", "payment_link.paid"})
    void an_event_that_carries_no_fact_keeps_its_name(String type) {
        assertThat(ACCOUNT.translated(event(type, ""))).isEqualTo(new Translation.Ignored(type));
    }

    @Test
    void an_event_of_another_account_is_refused_where_one_is_configured() {
        var ours =
                new Listener(RazorpayUnderTest.open("{mode: test, secrets: 'env:RAZORPAY', account: acc_2}"), Map.of());
        assertThat(ours.refusal(PAID)).isEqualTo(ipn.topics.Reason.WRONG_RECEIVER);
        assertThat(ours.refusal(PAID.replace("'acc_1'", "''"))).isEqualTo(ipn.topics.Reason.WRONG_RECEIVER);
        assertThat(ours.translated(PAID.replace("'acc_1'", "null"))).isInstanceOf(Translation.Understood.class);
        assertThat(ours.translated(PAID.replace("acc_1", "acc_2"))).isInstanceOf(Translation.Understood.class);
    }

    @Test
    void without_its_header_an_event_is_known_again_by_its_body() {
        var nameless = new Listener(ACCOUNT.account(), Map.of());
        assertThat(nameless.item(PAID).eventKey())
                .isEqualTo(nameless.item(PAID).eventKey())
                .startsWith("razorpay/main/sha256:")
                .isNotEqualTo(nameless.item(PAID + " ").eventKey());
        assertThat(nameless.with("x-razorpay-event-id", " ").item(PAID).eventKey())
                .startsWith("razorpay/main/sha256:");
        assertThat(ACCOUNT.item(PAID).eventKey()).isEqualTo("razorpay/main/evt_1");
        assertThat(nameless.translated(PAID)).isEqualTo(ACCOUNT.translated(PAID));
    }

    @Test
    void after_a_change_the_old_secret_counts_for_a_day() {
        var changed = GatewayUnderTest.SIGNED_AT;
        var account = new RazorpayUnderTest().accountWhereOldSecretEnds(changed.plus(Duration.ofDays(1)));
        var retried = TestFiles.delivery("razorpay", "payment.authorized");
        assertThat(account.authenticate(retried, changed.plus(Duration.ofHours(23)))
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(Genuine.class);
        assertThat(account.authenticate(retried, changed.plus(Duration.ofHours(24)))
                        .toCompletableFuture()
                        .join())
                .isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }

    @Test
    void it_waits_five_seconds() {
        assertThat(ACCOUNT.account().responseTimeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void everything_wrong_with_the_settings_is_said_at_once() {
        assertThatThrownBy(() -> RazorpayUnderTest.open(
                        "{mode: test, account: mine, secrets: ['env:NOBODY', 'test:rzp_live_0123456789abcd']}"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("account: mine", "env:NOBODY is not set", "is an API key id")
                .hasMessageNotContaining("rzp_live_");
        for (var section :
                List.of("{mode: test}", "{mode: test, secrets: 'test:short'}", "{secrets: 'env:RAZORPAY'}")) {
            assertThatThrownBy(() -> RazorpayUnderTest.open(section)).isInstanceOf(SettingsException.class);
        }
    }
}

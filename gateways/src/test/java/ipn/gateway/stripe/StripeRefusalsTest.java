package ipn.gateway.stripe;

import static ipn.gateway.stripe.StripeSays.event;
import static ipn.gateway.stripe.StripeSays.translated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.gateway.Translation;
import ipn.settings.SettingsException;
import ipn.topics.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is authentic and yet not taken. */
class StripeRefusalsTest {
    private static final String INTENT =
            "{'id': 'pi_1', 'currency': 'usd', 'amount': 2500, 'amount_received': 2500, 'metadata': {'order_id': 'ord_1'}}";
    private static final String PAID = event("payment_intent.succeeded", INTENT);

    // spotless:off
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'amount_received': 2500 | 'amount_received': -5                | INVALID_AMOUNT",
        "'amount_received': 2500 | 'amount_received': 1e400             | INVALID_AMOUNT",
        "'amount_received': 2500 | 'amount_received': 1E1000000000      | INVALID_AMOUNT",
        "'amount_received': 2500 | 'amount_received': '19.99'           | INVALID_AMOUNT",
        "'amount_received': 2500 | 'amount_received': '2500'            | INVALID_AMOUNT",
        "'amount_received': 2500 | 'amount_received': 9007199254740993  | INVALID_AMOUNT",
        "'amount_received': 2500 | 'amount_received': true              | INVALID_AMOUNT",
        "'amount_received': 2500 | 'amount_received': {}                | INVALID_AMOUNT",
        "'amount_received': 2500 | 'amount_received': 19.999            | WRONG_EXPONENT",
        "'amount_received': 2500 | 'amount_received': 19,99             | MALFORMED",
        "'amount_received': 2500 | 'amount_received': null              | MISSING_FIELD",
        "'amount_received': 2500 | 'x': 1                               | MISSING_FIELD",
        "'amount_received': 2500 | 'amount': 2500                       | DUPLICATE_KEY",
        "'currency': 'usd'       | 'currency': 'XXX'                    | UNKNOWN_CURRENCY",
        "'currency': 'usd'       | 'currency': 'dollar'                 | UNKNOWN_CURRENCY",
        "'currency': 'usd'       | 'currency': 840                      | UNKNOWN_CURRENCY",
        "'currency': 'usd'       | 'currency': null                     | MISSING_FIELD",
        "'currency': 'usd'       | 'currency': 'isk', 'n': 1            | ",
        "'id': 'pi_1'            | 'id': ''                             | INVALID_ID",
        "'id': 'pi_1'            | 'id': 'pi/../1'                      | INVALID_ID",
        "'id': 'pi_1'            | 'id': 'pi_\\u0000'                   | INVALID_ID",
        "'id': 'pi_1'            | 'id': '\\ud800'                      | INVALID_ID",
        "'id': 'pi_1'            | 'id': null                           | MISSING_FIELD",
        "'id': 'evt_1'           | 'id': ''                             | INVALID_ID",
        "'id': 'evt_1'           | 'id': 'evt 1'                        | INVALID_ID",
        "'id': 'evt_1'           | 'x': 1                               | MISSING_FIELD",
        "'livemode': false       | 'livemode': true                     | WRONG_MODE",
        "'livemode': false       | 'livemode': 'false'                  | MALFORMED",
        "'livemode': false       | 'livemode': null                     | MISSING_FIELD",
        "'created': 1788264000   | 'created': 1888264000                | TIME_OUT_OF_RANGE",
        "'created': 1788264000   | 'created': 0                         | TIME_OUT_OF_RANGE",
        "'created': 1788264000   | 'created': -1                        | TIME_OUT_OF_RANGE",
        "'created': 1788264000   | 'created': 1E1000000000              | TIME_OUT_OF_RANGE",
        "'created': 1788264000   | 'created': 1788264000.5              | INVALID_TIME",
        "'created': 1788264000   | 'created': '2026-09-01'              | INVALID_TIME",
        "'created': 1788264000   | 'x': 1                               | MISSING_FIELD",
        "'order_id': 'ord_1'     | 'order_id': ''                       | INVALID_ID",
        "'order_id': 'ord_1'     | 'order_id': 'a\\nb'                  | INVALID_ID",
        "'order_id': 'ord_1'     | 'user_id': 'a\\u0000'                | INVALID_ID",
        "'order_id': 'ord_1'     | 'user_id': []                        | MALFORMED",
        "'type': 'payment_intent.succeeded' | 'type': 'x y'             | MALFORMED",
        "'type': 'payment_intent.succeeded' | 'type': null              | MISSING_FIELD",
        "'type': 'payment_intent.succeeded' | 'type': []                | MALFORMED"
    })
    // spotless:on
    void a_field_that_makes_no_sense_is_refused_with_its_reason(String sound, String senseless, Reason reason) {
        assertThat(PAID).contains(sound.strip());
        var translation = translated(PAID.replace(sound.strip(), senseless.strip()));
        if (reason == null) {
            assertThat(translation).isInstanceOf(Translation.Understood.class); // 2500 is 25 kronur
            return;
        }
        assertThat(translation).isInstanceOf(Translation.Refused.class);
        assertThat(((Translation.Refused) translation).reason()).isEqualTo(reason);
        assertThat(((Translation.Refused) translation).detail()).doesNotContain("ord_1", "19.99", "pi_1", "evt_1");
    }

    @Test
    void a_reference_that_becomes_a_key_has_a_length() {
        assertThat(translated(PAID.replace("'ord_1'", "'" + "x".repeat(255) + "'")))
                .isInstanceOf(Translation.Understood.class);
        assertThat(translated(PAID.replace("'ord_1'", "'" + "x".repeat(256) + "'")))
                .isInstanceOf(Translation.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"refund.updated", "charge.dispute.updated", "charge.updated", "customer.subscription.updated"})
    void a_status_nobody_knows_is_kept_for_a_newer_version(String type) {
        assertThat(translated(event(type, "{'id': 'x_1', 'currency': 'usd', 'amount': 1, 'status': 'brand_new'}")))
                .isEqualTo(new Translation.Refused(Reason.MALFORMED, "/data/object/status: not a status known here"));
    }

    @Test
    void a_payment_named_by_what_is_no_id_is_refused() {
        assertThat(
                        translated(
                                event(
                                        "invoice_payment.paid",
                                        "{'id': 'i_1', 'currency': 'usd', 'amount_paid': 1, 'invoice': 'in_1', 'payment': {'payment_intent': 'a b'}}")))
                .isInstanceOf(Translation.Refused.class);
    }

    @Test
    void the_object_may_be_missing_or_something_else() {
        for (var data : new String[] {"null", "[]", "'x'", "1", "{}"}) {
            assertThat(translated(event("payment_intent.succeeded", data))).isInstanceOf(Translation.Refused.class);
        }
        assertThat(
                        translated(
                                "{'id': 'evt_1', 'object': 'event', 'type': 'payment_intent.succeeded', 'created': 1788264000, 'livemode': false}"))
                .isEqualTo(new Translation.Refused(Reason.MISSING_FIELD, "/data/object/currency: missing"));
    }

    @Test
    void unknown_types_unknown_fields_and_new_versions_do_no_harm() {
        assertThat(translated(event("customer.updated", "{'id': 'cus_1'}")))
                .isEqualTo(new Translation.Ignored("customer.updated"));
        assertThat(translated(PAID.replace(
                        "'object': 'event'",
                        "'object': 'event', 'api_version': '2031-01-01.zinnia', 'new': {'x': [1]}")))
                .isInstanceOf(Translation.Understood.class);
        assertThat(
                        translated(
                                "{'id': 'evt_1', 'object': 'v2.core.event', 'type': 'v1.billing.meter.error_report_triggered', 'livemode': false, 'related_object': {'id': 'mtr_1'}}"))
                .isEqualTo(new Translation.Ignored("v1.billing.meter.error_report_triggered"));
        assertThat(
                        translated(
                                "{'id': 'evt_1', 'object': 'v2.core.event', 'type': 'payment_intent.succeeded', 'livemode': false}"))
                .isEqualTo(new Translation.Ignored("payment_intent.succeeded"));
    }

    @Test
    void a_connected_account_is_checked_where_one_is_configured() {
        var ours = PAID.replace("'object': 'event'", "'object': 'event', 'account': 'acct_1Ours'");
        var account = StripeUnderTest.open("{mode: test, secrets: 'env:STRIPE', account: acct_1Ours}");
        assertThat(translated(ours)).isInstanceOf(Translation.Understood.class);
        assertThat(translated(account, ours)).isInstanceOf(Translation.Understood.class);
        // an event of the account itself names none
        assertThat(translated(account, PAID)).isInstanceOf(Translation.Understood.class);
        assertThat(translated(account, ours.replace("'acct_1Ours'", "null")))
                .isInstanceOf(Translation.Understood.class);
        for (var other : new String[] {
            ours.replace("acct_1Ours", "acct_1Other"),
            ours.replace("acct_1Ours", ""),
            ours.replace("acct_1Ours", "ACCT_1OURS"),
            ours.replace("'acct_1Ours'", "['acct_1Ours']")
        }) {
            assertThat(((Translation.Refused) translated(account, other)).reason())
                    .isEqualTo(Reason.WRONG_RECEIVER);
        }
    }

    @Test
    void everything_wrong_with_the_settings_is_said_at_once() {
        assertThatThrownBy(() -> StripeUnderTest.open(
                        "{mode: dead, account: mine, secrets: ['env:NOBODY', 'env:STRIPE', 'whsec_in_the_file']}"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("mode", "account: mine", "env:NOBODY is not set", "not a reference")
                .hasMessageNotContaining("whsec_");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{mode: test}",
                "{mode: live, account: any, secrets: 'test:whsec_0123456789abcdef'}",
                "{mode: test, secrets: 'test:whsec_'}",
                "{mode: test, secrets: 'test:sk_live_0123456789abcdef'}",
                "{mode: test, secrets: 'test:'}",
                "{secrets: 'env:STRIPE'}"
            })
    void an_account_without_a_real_secret_does_not_start(String section) {
        assertThatThrownBy(() -> StripeUnderTest.open(section)).isInstanceOf(SettingsException.class);
    }
}

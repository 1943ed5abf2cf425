package ipn.gateway.paypalipn;

import static ipn.gateway.paypalipn.Ipns.says;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact.Captured;
import ipn.fact.Money;
import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.Translation;
import ipn.gateway.Translation.Refused;
import ipn.gateway.Translation.Understood;
import ipn.gateway.content.Bytes;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Authentic is not valid. */
class IpnRefusalsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "&&&", "null"})
    void a_body_without_a_field_is_malformed(String body) {
        assertThat(refusal(Ipns.delivery(Bytes.utf8(body)))).isEqualTo(Reason.MALFORMED);
    }

    @Nested
    class Receiver {
        @ParameterizedTest
        @ValueSource(strings = {"receiver_email", "business"})
        void one_of_the_addresses_has_to_be_ours_in_whatever_case(String field) {
            var message = sale("receiver_email", "other@example.com", field, "Merchant@Example.COM");
            assertThat(Ipns.translation(message)).isInstanceOf(Understood.class);
        }

        @Test
        void or_the_merchant_id() {
            var message = sale("receiver_email", "", "receiver_id", "TESTMERCHANT1");
            assertThat(translated(message, Ipns.TEST, "receiver: [TESTMERCHANT1, x@example.com]"))
                    .isInstanceOf(Understood.class);
            assertThat(translated(message, Ipns.TEST, "receiver: testmerchant1"))
                    .isInstanceOf(Refused.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"other@example.com", "merchant@example.com.evil.example", ""})
        void anybody_else_is_the_wrong_receiver(String receiver) {
            assertThat(refusal(sale("receiver_email", receiver))).isEqualTo(Reason.WRONG_RECEIVER);
        }

        @Test
        void what_the_payer_may_write_does_not_make_it_ours() {
            var message =
                    sale("receiver_email", "", "custom", "merchant@example.com", "payer_email", "merchant@example.com");
            assertThat(refusal(message)).isEqualTo(Reason.WRONG_RECEIVER);
        }
    }

    @Nested
    class Mode {
        @Test
        void live_money_is_taken_at_a_live_account() {
            assertThat(translated(sale("test_ipn", ""), Ipns.LIVE, "receiver: merchant@example.com"))
                    .isInstanceOf(Understood.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "0", "true"})
        void the_sandbox_always_says_that_it_is_one(String testIpn) {
            assertThat(refusal(sale("test_ipn", testIpn))).isEqualTo(Reason.WRONG_MODE);
        }
    }

    @Nested
    class Money_and_time {
        @ParameterizedTest
        @CsvSource({
            "-5.00, USD, INVALID_AMOUNT",
            "1e3, USD, INVALID_AMOUNT",
            "'19,99', USD, INVALID_AMOUNT",
            "ten, USD, INVALID_AMOUNT",
            "NaN, USD, INVALID_AMOUNT",
            "9999999999999999.00, USD, INVALID_AMOUNT",
            "٢٥.٠٠, USD, INVALID_AMOUNT",
            "--5.00, USD, INVALID_AMOUNT",
            "+5.00, USD, INVALID_AMOUNT",
            "19.999, USD, WRONG_EXPONENT",
            "10.50, JPY, WRONG_EXPONENT",
            "10.50, HUF, WRONG_EXPONENT",
            "10.50, TWD, WRONG_EXPONENT",
            "10.00, XXX, UNKNOWN_CURRENCY",
            "10.00, dollars, UNKNOWN_CURRENCY",
            "10.00, '', MISSING_FIELD",
            "'', USD, MISSING_FIELD"
        })
        void an_amount_that_makes_no_sense(String gross, String currency, Reason reason) {
            assertThat(refusal(sale("mc_gross", gross, "mc_currency", currency)))
                    .isEqualTo(reason);
        }

        @ParameterizedTest
        @CsvSource({
            "25.00, USD, 2500",
            "25, USD, 2500",
            "0.00, EUR, 0",
            "1000, JPY, 1000",
            "1000, HUF, 100000",
            "1000.00, TWD, 100000",
            "7.5, eur, 750"
        })
        void amounts_count_in_the_minor_units_of_iso_4217(String gross, String currency, long minorUnits) {
            assertThat(((Captured) Ipns.told(sale("mc_gross", gross, "mc_currency", currency))
                                    .get(0))
                            .amount())
                    .isEqualTo(new Money(minorUnits, currency.toUpperCase(Locale.ROOT)));
        }

        @ParameterizedTest
        @CsvSource({
            "'05:00:00 Sep 01, 2026 PDT', 2026-09-01T12:00:00Z",
            "'05:00:00 Dec 01, 2025 PST', 2025-12-01T13:00:00Z",
            "'00:59:59 Jan 3, 2009 PST', 2009-01-03T08:59:59Z",
            "'01:30:00 Nov 01, 2025 PDT', 2025-11-01T08:30:00Z",
            "'01:30:00 Nov 01, 2025 PST', 2025-11-01T09:30:00Z",
            "2026-09-01T12:00:00Z, 2026-09-01T12:00:00Z",
            "'04:59:59 Oct 03, 2026 PDT', 2026-10-03T11:59:59Z"
        })
        void dates_are_us_pacific(String date, Instant at) {
            assertThat(Ipns.notification(sale("payment_date", date)).occurredAt())
                    .isEqualTo(at);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "yesterday",
                    "05:00:00 Sep 01, 2026",
                    "05:00:00 Sep 01, 2026 CET",
                    "05:00:00 Sep 31, 2026 PDT",
                    "25:00:00 Sep 01, 2026 PDT",
                    "05:00:00 Sept 01, 2026 PDT",
                    "05:00:00 سبتمبر 01, 2026 PDT",
                    "+1000000000-12-31T23:59:59Z"
                })
        void a_time_that_cannot_be_read(String date) {
            assertThat(refusal(sale("payment_date", date))).isEqualTo(Reason.INVALID_TIME);
        }

        @ParameterizedTest
        @ValueSource(strings = {"15:59:59 Dec 31, 1999 PST", "05:00:01 Oct 03, 2026 PDT", "05:00:00 Sep 01, 9999 PDT"})
        void a_time_that_cannot_be(String date) {
            assertThat(refusal(sale("payment_date", date))).isEqualTo(Reason.TIME_OUT_OF_RANGE);
        }
    }

    @Nested
    class Fields {
        @Test
        void a_name_in_windows_1252_and_the_same_in_utf_8_read_the_same() {
            var western = "custom=Zo%EB&" + text(sale("txn_type", "cart"));
            var unicode = "custom=Zo%C3%AB&charset=UTF-8&" + text(sale("txn_type", "cart"));
            assertThat(facts(western)).isEqualTo(facts(unicode)).asString().contains("Zoë");
        }

        @Test
        void each_thing_a_message_must_have() {
            assertThat(refusal(sale("txn_id", ""))).isEqualTo(Reason.MISSING_FIELD);
            assertThat(refusal(sale("payment_date", ""))).isEqualTo(Reason.MISSING_FIELD);
            assertThat(refusal(sale("payment_date", "N/A"))).isEqualTo(Reason.MISSING_FIELD);
            assertThat(refusal(sale("txn_type", "subscr_payment"))).isEqualTo(Reason.MISSING_FIELD);
            assertThat(refusal(says("txn_type", "subscr_cancel"))).isEqualTo(Reason.MISSING_FIELD);
            assertThat(refusal(says("txn_type", "new_case", "case_id", "PP-1"))).isEqualTo(Reason.MISSING_FIELD);
        }

        @ParameterizedTest
        @ValueSource(strings = {"T 1", "T\u00001", "é", "\u202e1"})
        void an_id_that_is_none(String id) {
            assertThat(refusal(sale("txn_id", id))).isEqualTo(Reason.INVALID_ID);
        }

        @Test
        void an_id_or_a_word_without_end() {
            assertThat(refusal(sale("txn_id", "x".repeat(60_000)))).isEqualTo(Reason.INVALID_ID);
            assertThat(refusal(sale("custom", "x".repeat(9_000)))).isEqualTo(Reason.INVALID_ID);
            assertThat(refusal(sale("invoice", "a\u0000b"))).isEqualTo(Reason.INVALID_ID);
        }

        @Test
        void the_reason_given_to_people_holds_nothing_of_the_message() {
            var refused = (Refused) Ipns.translation(sale("mc_gross", "SECRET1", "custom", "SECRET2"));
            assertThat(refused.detail()).doesNotContain("SECRET").contains("mc_gross");
        }

        private static String facts(String body) {
            return Ipns.notification(Ipns.delivery(Bytes.utf8(body))).facts().toString();
        }

        private static String text(Delivery delivery) {
            return delivery.body().utf8();
        }
    }

    private static Delivery sale(String... more) {
        var all = new String[6 + more.length];
        System.arraycopy(
                new String[] {"txn_id", "T1", "payment_status", "Completed", "mc_gross", "10.00"}, 0, all, 0, 6);
        System.arraycopy(more, 0, all, 6, more.length);
        return says(all);
    }

    private static Translation translated(Delivery delivery, AccountId id, String settings) {
        var account = Ipns.account(id, settings);
        return account.translate(delivery, Ipns.item(account, delivery));
    }

    private static Reason refusal(Delivery delivery) {
        var translation = Ipns.translation(delivery);
        if (translation instanceof Refused refused) {
            return refused.reason();
        }
        throw new AssertionError("not refused: " + translation);
    }
}

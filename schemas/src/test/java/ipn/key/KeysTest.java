package ipn.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ipn.avro.NotificationKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Formats are storage formats: a change of one is a migration. */
class KeysTest {
    private static final PaymentKey PAYMENT = new PaymentKey("stripe", "main", "in_1");
    private static final List<String> PARTS = List.of(
            "a",
            "1",
            "/",
            "%",
            "%2F",
            "%25",
            "%20",
            " ",
            " order ",
            " invoice ",
            " product ",
            " subscription ",
            ",",
            "%2C",
            ",order=",
            ",invoice=",
            ",product=",
            "/order/");
    private static final OrderId ORDER = new OrderId("o_7");
    private static final EntitlementKey PROMOTION =
            new EntitlementKey(new SubjectId("u_42"), "promotion", Optional.of("post_7"));

    @Test
    void payment_and_event_keys_are_gateway_account_and_id_and_an_id_may_hold_slashes() {
        assertThat(PAYMENT).hasToString("stripe/main/in_1");
        assertThat(PaymentKey.parse("stripe/main/in_1")).isEqualTo(PAYMENT);
        assertThat(PaymentKey.parse("shopify/eu/gid://shopify/Order/5").gateway())
                .isEqualTo("shopify");
        assertThat(EventKey.parse("paypal/main/WH-1")).isEqualTo(new EventKey("paypal", "main", "WH-1"));
        assertThat(new EventKey("paypal", "main", "WH-1")).hasToString("paypal/main/WH-1");
    }

    @Test
    void a_text_in_another_format_is_kept_as_it_is() {
        assertThat(PaymentKey.parse("nothing")).hasToString("nothing");
        assertThat(PaymentKey.parse("nothing").gateway()).isEqualTo("nothing");
        assertThat(EventKey.parse("").gateway()).isEmpty();
    }

    @Test
    void credited_time_has_the_key_of_its_money_and_its_product() {
        var key = new ClaimKey(ChargeKey.whole(PAYMENT), Optional.empty(), Optional.empty()).toString();
        assertThat(ClaimKey.credited(key, "premium")).isEqualTo("stripe/main/in_1 credited premium");
        assertThat(ClaimKey.credited(key, "a b")).isEqualTo("stripe/main/in_1 credited a%20b");
    }

    @Test
    void a_charge_is_the_payment_key_or_one_of_its_invoices() {
        assertThat(ChargeKey.whole(PAYMENT)).hasToString("stripe/main/in_1");
        assertThat(ChargeKey.invoice(PAYMENT, "t_2")).hasToString("stripe/main/in_1 invoice t_2");
    }

    @Test
    void a_claim_key_names_subscription_and_order_where_they_apply() {
        var charge = ChargeKey.whole(PAYMENT);
        assertThat(new ClaimKey(charge, Optional.empty(), Optional.empty())).hasToString("stripe/main/in_1");
        assertThat(new ClaimKey(charge, Optional.of("premium"), Optional.empty()))
                .hasToString("stripe/main/in_1 subscription premium");
        assertThat(new ClaimKey(charge, Optional.of("premium"), Optional.of(ORDER)))
                .hasToString("stripe/main/in_1 subscription premium order o_7");
        assertThat(new ClaimKey(ChargeKey.invoice(PAYMENT, "t_2"), Optional.empty(), Optional.of(ORDER)))
                .hasToString("stripe/main/in_1 invoice t_2 order o_7");
    }

    @Test
    void a_discrepancy_is_about_a_charge_or_an_order_as_a_whole() {
        var charge = Optional.of(ChargeKey.whole(PAYMENT));
        assertThat(new DiscrepancyId("UNDERPAID", charge, Optional.empty())).hasToString("UNDERPAID/stripe/main/in_1");
        assertThat(new DiscrepancyId("NO_SCOPE", charge, Optional.of(ORDER)))
                .hasToString("NO_SCOPE/stripe/main/in_1,order=o_7");
        var product = Optional.of(ChargeKey.invoice(PAYMENT, "t_2").ofProduct("premium"));
        assertThat(new DiscrepancyId("UNDERPAID", product, Optional.empty()))
                .hasToString("UNDERPAID/stripe/main/in_1,invoice=t_2,product=premium");
        assertThat(new DiscrepancyId("MISSING", Optional.empty(), Optional.of(ORDER)))
                .hasToString("MISSING/order/o_7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DiscrepancyId("MISSING", Optional.empty(), Optional.empty()));
    }

    @Test
    void an_entitlement_is_of_a_subject_and_may_be_limited_to_a_scope() {
        assertThat(PROMOTION).hasToString("u_42/promotion/post_7");
        assertThat(new EntitlementKey(new SubjectId("u_42"), "premium", Optional.empty()))
                .hasToString("u_42/premium");
        assertThat(EntitlementKey.prefix(new SubjectId("u_42"))).isEqualTo("u_42/");
        assertThat(PROMOTION.eventId(3)).isEqualTo("u_42/promotion/post_7/3");
        assertThat(new EntitlementKey(new SubjectId("u_42"), "premium", Optional.empty()).eventId(1))
                .isEqualTo("u_42/premium//1");
    }

    @Test
    void an_order_that_stands_for_an_event_or_a_payment_is_marked() {
        assertThat(ORDER).hasToString("o_7");
        assertThat(ORDER.qualified()).isEqualTo("order/o_7");
    }

    @Test
    void ledger_entries_are_counted_for_each_key() {
        assertThat(LedgerEntryId.of(PaymentKey.parse("stripe/main/pi_1"), 2)).hasToString("stripe/main/pi_1/2");
    }

    @Test
    void a_notification_is_known_by_its_kind_and_what_it_is_about() {
        var end = Optional.of(Instant.parse("2026-11-01T12:00:00Z"));
        assertThat(NotificationId.receipt(ChargeKey.whole(PAYMENT))).hasToString("receipt/stripe/main/in_1");
        assertThat(NotificationId.refund(ChargeKey.whole(PAYMENT), 250))
                .hasToString("refund-made/stripe/main/in_1/250");
        assertThat(NotificationId.access(NotificationKind.ACCESS_ENDING, PROMOTION, end))
                .hasToString("access-ending/u_42/promotion/post_7/2026-11-01T12:00:00Z");
        assertThat(NotificationId.access(NotificationKind.PAYMENT_FAILED, PROMOTION, Optional.empty()))
                .hasToString("payment-failed/u_42/promotion/post_7/");
    }

    @Test
    void a_separator_within_a_part_is_encoded() {
        var strange = new EntitlementKey(new SubjectId("u/1"), "premium", Optional.of("50%/x"));
        assertThat(strange).hasToString("u%2F1/premium/50%25%2Fx");
        assertThat(strange.eventId(2)).isEqualTo("u%2F1/premium/50%25%2Fx/2");
        assertThat(EntitlementKey.parse("u%2F1/premium/50%25%2Fx")).contains(strange);
        assertThat(EntitlementKey.parse("u_1")).isEmpty();
        assertThat(new OrderId("stripe/main").qualified()).isEqualTo("order/stripe%2Fmain");
        assertThat(LedgerEntryId.of(new OrderId("stripe/main/pi_1"), 2)).hasToString("stripe%2Fmain%2Fpi_1/2");
        assertThat(new ClaimKey(ChargeKey.whole(PAYMENT), Optional.empty(), Optional.of(new OrderId("1 order 2"))))
                .hasToString("stripe/main/in_1 order 1%20order%202");
    }

    /** The alphabet consists of what separates parts and of the words between them, so that collisions would be frequent. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void different_parts_give_different_keys(long seed) {
        var random = new SplittableRandom(seed);
        var keys = new HashMap<String, Object>();
        for (var i = 0; i < 20_000; i++) {
            var entitlement =
                    new EntitlementKey(new SubjectId(part(random)), part(random), optional(random, KeysTest::part));
            assertThat(EntitlementKey.parse(entitlement.toString())).contains(entitlement);
            assertThat(entitlement.toString()).startsWith(EntitlementKey.prefix(entitlement.subject()));
            var revision = random.nextInt(3);
            var order = new OrderId(part(random));
            var payment = new PaymentKey("g", "a", part(random));
            var charge = new ChargeKey(payment, optional(random, KeysTest::part), optional(random, KeysTest::part));
            var ofOrder = optional(random, KeysTest::part).map(OrderId::new);
            var subscription = optional(random, KeysTest::part);
            var time = optional(random, any -> Instant.EPOCH);
            check(keys, "entitlement", entitlement.toString(), entitlement);
            check(keys, "event", entitlement.eventId(revision), List.of(entitlement, revision));
            check(keys, "charge", charge.toString(), charge);
            check(
                    keys,
                    "claim",
                    new ClaimKey(charge, subscription, ofOrder).toString(),
                    List.of(charge, subscription, ofOrder));
            var ofMoney = new DiscrepancyId("K", Optional.of(charge), ofOrder).toString();
            var ofWhole = new DiscrepancyId("K", Optional.empty(), Optional.of(order)).toString();
            assertThat(ofMoney + ofWhole).doesNotContain(" ");
            check(keys, "discrepancy", ofMoney, List.of(charge, ofOrder));
            check(keys, "discrepancy", ofWhole, order);
            check(keys, "ledger", LedgerEntryId.of(payment, revision).toString(), List.of(payment, revision));
            check(keys, "ledger", LedgerEntryId.of(order, revision).toString(), List.of(order, revision));
            check(keys, "cause", payment.toString(), payment);
            check(keys, "cause", order.qualified(), order);
            check(keys, "notification", NotificationId.receipt(charge).toString(), List.of("receipt", charge));
            check(keys, "notification", NotificationId.refund(charge, revision).toString(), List.of(charge, revision));
            check(
                    keys,
                    "notification",
                    NotificationId.access(NotificationKind.ACCESS_ENDED, entitlement, time)
                            .toString(),
                    List.of(entitlement, time));
        }
        assertThat(keys).hasSizeGreaterThan(10_000);
    }

    private static void check(Map<String, Object> keys, String format, String key, Object parts) {
        var other = keys.putIfAbsent(format + " " + key, parts);
        assertThat(other == null || other.equals(parts))
                .as("%s %s of %s and of %s", format, key, parts, other)
                .isTrue();
    }

    private static <T> Optional<T> optional(SplittableRandom random, Function<SplittableRandom, T> value) {
        return random.nextBoolean() ? Optional.empty() : Optional.of(value.apply(random));
    }

    private static String part(SplittableRandom random) {
        return random.ints(1 + random.nextInt(3), 0, PARTS.size())
                .mapToObj(PARTS::get)
                .collect(Collectors.joining());
    }
}

package ipn.projector;

import static ipn.projector.Payments.captured;
import static ipn.projector.Payments.key;
import static ipn.projector.Payments.paying;
import static ipn.projector.Projection.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.avro.FraudFlags;
import ipn.avro.Invoice;
import ipn.avro.InvoiceStatus;
import ipn.avro.Link;
import ipn.avro.LinkKind;
import ipn.avro.Order;
import ipn.avro.OrderAllocation;
import ipn.avro.PaymentAllocation;
import ipn.avro.PaymentState;
import ipn.key.EntitlementKey;
import ipn.projector.access.FraudPolicy;
import ipn.projector.stream.AllocatePayment;
import ipn.projector.stream.EntitlementStore;
import ipn.projector.stream.FraudBlocks;
import ipn.projector.stream.MatchOrder;
import ipn.topics.ByteLimits;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * However many events one key receives, its state stays within its budget, the state does not grow beyond the bound, and access that was
 * paid for stays. {@code -Dgrowth.events=N} sets how many; the log shows the time of each tenth of them.
 */
class GrowthTest {
    private static final Logger LOG = LoggerFactory.getLogger(GrowthTest.class);
    private static final int EVENTS = Integer.getInteger("growth.events", 600);
    private static final Instant OCTOBER = Instant.parse("2026-10-01T12:00:00Z");
    private static final String VICTIM = "u_42";
    /** Ids as long as gateways allow. */
    private static final String LONG = "x".repeat(180);

    @TempDir
    private Path folder;

    @Test
    void payments_that_name_one_order() {
        try (var projection = new Projection(folder)) {
            projection
                    .ordered(order())
                    .applied(captured("pi_genuine", NOON, 2500, 0).setReferences(Map.of("order", "o_1")));
            var orders = projection.<OrderAllocation>store(MatchOrder.STORE);
            grow(
                    projection,
                    number -> projection.applied(
                            captured(LONG + number, NOON, 1, 0).setReferences(Map.of("order", "o_1", "note", LONG))),
                    () -> bytes(orders.get("o_1")));
            assertThat(orders.get("o_1").getPayers()).containsKey(key("pi_genuine"));
            assertThat(projection.leftOut("payer")).isPositive();
            assertActive(projection, "promotion");
        }
    }

    @Test
    void payments_that_pay_one_invoice() {
        try (var projection = new Projection(folder)) {
            projection
                    .applied(paying(captured("pi_genuine", NOON, 800, 0), "in_1"))
                    .applied(Payments.invoice("in_1", InvoiceStatus.PAID, 800, NOON, OCTOBER));
            var payments = projection.<PaymentAllocation>store(AllocatePayment.STORE);
            grow(
                    projection,
                    number -> projection.applied(paying(captured(LONG + number, NOON, 1, 0), "in_1")),
                    () -> bytes(payments.get(key("in_1"))));
            assertThat(payments.get(key("in_1")).getPaidBy()).containsKey(key("pi_genuine"));
            assertThat(projection.leftOut("payer")).isPositive();
        }
    }

    @Test
    void invoices_that_one_payment_pays() {
        try (var projection = new Projection(folder)) {
            projection.applied(captured("pi_1", NOON, 800, 0));
            var payments = projection.<PaymentAllocation>store(AllocatePayment.STORE);
            grow(
                    projection,
                    number -> projection.applied(Payments.invoice(LONG + number, InvoiceStatus.PAID, 800, NOON, OCTOBER)
                            .setLinks(List.of(new Link(LinkKind.PAID_BY, key("pi_1"))))),
                    () -> bytes(payments.get(key("pi_1"))));
            assertThat(projection.leftOut("link")).isPositive();
        }
    }

    @Test
    void unpaid_subscriptions_that_name_one_user() {
        try (var projection = new Projection(folder)) {
            projection.claimed(period(0).setUntil(OCTOBER).build());
            var claims = projection.<EntitlementClaims>store(EntitlementStore.STORE);
            grow(
                    projection,
                    number -> projection.claimed(unpaid(number).build()),
                    () -> bytes(claims.get(VICTIM + "/premium")));
            assertThat(projection.leftOut("claim")).isPositive();
            assertActive(projection, "premium");
        }
    }

    @Test
    void paid_periods_of_one_user() {
        try (var projection = new Projection(folder)) {
            projection.claimed(
                    period(0).setUntil(NOON.plus(Duration.ofDays(3_650))).build());
            var claims = projection.<EntitlementClaims>store(EntitlementStore.STORE);
            grow(
                    projection,
                    number -> projection.claimed(
                            period(number).setUntil(OCTOBER.plusSeconds(number)).build()),
                    () -> bytes(claims.get(VICTIM + "/premium")));
            assertThat(projection.leftOut("claim")).isPositive();
            assertActive(projection, "premium");
        }
    }

    @Test
    void fraud_flags_of_one_user() {
        try (var projection = new Projection(folder, new Safeguards(Brakes.settings(1_000), FraudPolicy.BLOCK))) {
            var flags = projection.<FraudFlags>store(FraudBlocks.FLAGS);
            grow(
                    projection,
                    number -> projection.claimed(period(number)
                            .setStatus(ClaimStatus.FRAUD_FLAGGED)
                            .setUntil(OCTOBER)
                            .build()),
                    () -> bytes(flags.get(VICTIM)));
            assertThat(projection.leftOut("flag")).isPositive();
        }
    }

    /** Each begins later than those before, so that it takes the place of one that is kept. */
    @Test
    void payments_that_take_the_places_of_others_at_one_order() {
        try (var projection = new Projection(folder)) {
            projection
                    .ordered(order())
                    .applied(captured("pi_genuine", NOON, 2500, 0).setReferences(Map.of("order", "o_1")));
            var orders = projection.<OrderAllocation>store(MatchOrder.STORE);
            grow(
                    projection,
                    number -> projection.applied(captured(LONG + number, NOON.plusSeconds(number), 1, 0)
                            .setReferences(Map.of("order", "o_1", "note", LONG))),
                    () -> bytes(orders.get("o_1")));
            assertThat(orders.get("o_1").getPayers()).containsKey(key("pi_genuine"));
            assertActive(projection, "promotion");
        }
    }

    /** A claim and discrepancies follow from each invoice, and have more bytes than the invoice. */
    @Test
    void payments_with_many_invoices_that_name_one_order() {
        try (var projection = new Projection(folder)) {
            projection.ordered(order());
            var orders = projection.<OrderAllocation>store(MatchOrder.STORE);
            for (var number = 0; number < 20; number++) {
                projection.applied(renewed(number));
                projection.forgetOutput();
            }
            var order = orders.get("o_1");
            assertThat(order.getPayers()).hasSizeBetween(3, 19);
            assertThat(order.getDiscrepancies()).hasSizeGreaterThan(300);
            assertThat(bytes(order)).isBetween(ByteLimits.MESSAGE / 8, ByteLimits.MESSAGE);
            assertThat(projection.leftOut("payer")).isPositive();
            assertThat(projection.deadLetters().isEmpty()).isTrue();
        }
    }

    private static PaymentState.Builder renewed(int number) {
        var one = Payments.invoice(LONG + number, InvoiceStatus.PAID, 2500, NOON, OCTOBER)
                .build();
        var invoices = IntStream.range(0, 128)
                .mapToObj(each -> Invoice.newBuilder(one.getInvoices().get(0))
                        .setId(LONG + each)
                        .setSubscription(null)
                        .build())
                .toList();
        return PaymentState.newBuilder(one).setInvoices(invoices).setReferences(Map.of("order", "o_1"));
    }

    /** Texts as long as they may be: then the bytes are the bound, and not the number. */
    @Test
    void paid_periods_of_one_user_with_the_longest_texts() {
        try (var projection = new Projection(folder)) {
            var genuine = longest(0).setUntil(NOON.plus(Duration.ofDays(3_650))).build();
            projection.claimed(genuine);
            var claims = projection.<EntitlementClaims>store(EntitlementStore.STORE);
            var entitlement = EntitlementKey.of(genuine).toString();
            grow(
                    projection,
                    number -> projection.claimed(longest(number)
                            .setUntil(OCTOBER.plusSeconds(number))
                            .build()),
                    () -> bytes(claims.get(entitlement)));
            assertThat(projection.leftOut("claim")).isPositive();
            projection.pass(Duration.ofHours(1)).pass(Duration.ofHours(1));
            assertThat(claims.get(entitlement).getSentNotifications()).isNotEmpty();
            assertThat(bytes(claims.get(entitlement))).isLessThan(ByteLimits.MESSAGE);
            assertActive(projection, "premium");
        }
    }

    private static Claim.Builder longest(int number) {
        var text = "x".repeat(500);
        return period(number)
                .setScope(text)
                .setOrder(text.substring(0, 255))
                .setInvoice(text.substring(0, 480) + number)
                .setClaimKey(key(LONG + number) + "/" + text.substring(0, 480) + number + "/" + text.substring(0, 255));
    }

    /** Ten parts: the state of the last one is not larger than that of the one before, but for the length of numbers. */
    private static void grow(Projection projection, IntConsumer event, IntSupplier bytes) {
        var before = 0;
        for (var tenth = 0; tenth < 10; tenth++) {
            before = bytes.getAsInt();
            var began = System.nanoTime();
            for (var number = tenth * EVENTS / 10 + 1; number <= (tenth + 1) * EVENTS / 10; number++) {
                event.accept(number);
                projection.forgetOutput();
            }
            var micros = (System.nanoTime() - began) / 1_000 / Math.max(1, EVENTS / 10);
            LOG.info("{} events, {} bytes, {} us per event", (tenth + 1) * EVENTS / 10, bytes.getAsInt(), micros);
        }
        assertThat(bytes.getAsInt()).isBetween(1_000, Math.min(ByteLimits.MESSAGE, before + before / 100));
    }

    private static void assertActive(Projection projection, String entitlement) {
        var events = projection.events().stream()
                .filter(event -> event.getEntitlement().equals(entitlement)
                        && event.getSubject().equals(VICTIM))
                .toList();
        assertThat(events)
                .isNotEmpty()
                .noneMatch(event -> event.getType() == EntitlementEventType.REVOKED
                        || event.getType() == EntitlementEventType.SUSPENDED);
        assertThat(events.get(events.size() - 1).getStatus()).isEqualTo(EntitlementStatus.ACTIVE);
    }

    private static Order.Builder order() {
        return Order.newBuilder()
                .setOrderId("o_1")
                .setSubject(VICTIM)
                .setProduct("promoted-post")
                .setReference("post_7")
                .setAmount(2500)
                .setCurrency("USD")
                .setCreatedAt(NOON)
                .setLive(true);
    }

    private static Claim.Builder period(int number) {
        return claim(number)
                .setKind(ClaimKind.PERIOD)
                .setStatus(ClaimStatus.PAID)
                .setFrom(NOON)
                .setAmount(800L)
                .setCurrency("USD");
    }

    private static Claim.Builder unpaid(int number) {
        return claim(number).setKind(ClaimKind.SUBSCRIPTION).setStatus(ClaimStatus.UNPAID);
    }

    private static Claim.Builder claim(int number) {
        var payment = key(LONG + number);
        return Claim.newBuilder()
                .setClaimKey(payment)
                .setPaymentKey(payment)
                .setSubscription(payment)
                .setSubject(VICTIM)
                .setEntitlement("premium")
                .setProduct("premium")
                .setAt(NOON)
                .setTest(false)
                .setCause(new Cause("stripe/main/" + LONG + number, "ipn.raw", 0, (long) number, false));
    }

    private static int bytes(SpecificRecord state) {
        try {
            return state == null
                    ? 0
                    : ((ByteBuffer) state.getClass().getMethod("toByteBuffer").invoke(state)).remaining();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}

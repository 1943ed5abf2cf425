package ipn.projector.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Cause;
import ipn.avro.DisputeStatus;
import ipn.avro.Invoice;
import ipn.avro.InvoiceStatus;
import ipn.avro.LedgerEntry;
import ipn.avro.PaymentAllocation;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.avro.Posting;
import ipn.avro.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever becomes known of a payment, of what pays for it and of what it is for, and in whatever order. */
class LedgerPropertyTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final LedgerRules RULES =
            new LedgerRules("v1", new Cause("stripe/main/evt_1", "ipn.raw", 0, 0L, false), NOON);
    private static final String KEY = "stripe/main/pi_1";

    /** All that is known of a payment key at one moment. */
    private record Known(PaymentAllocation allocation, List<RevenueRecognition> recognized) {}

    static LongStream seeds() {
        return LongStream.range(0, 5_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_entries_add_up_to_the_postings_of_what_is_known_in_the_end(long seed) {
        var random = new SplittableRandom(seed);
        var changes = Stream.generate(() -> known(random))
                .limit(1 + random.nextInt(6))
                .toList();
        var last = changes.get(changes.size() - 1);

        var emitted = emitted(changes);
        var shuffled = new ArrayList<>(changes.subList(0, changes.size() - 1));
        Collections.shuffle(shuffled, new Random(seed));
        shuffled.add(last);
        shuffled.add(last);
        var atOnce = emitted(List.of(last));

        for (var test : new boolean[] {false, true}) {
            assertThat(balances(emitted, test)).as("one after the other").isEqualTo(balances(atOnce, test));
            assertThat(balances(emitted(shuffled), test)).as("in another order").isEqualTo(balances(atOnce, test));
        }
        assertThat(atOnce).as("entries for all that is known, at once").hasSizeLessThanOrEqualTo(1);
        var test = !last.allocation.getOwn().getLive();
        assertThat(balances(atOnce, !test)).as("ledger of the other mode").isEmpty();
        for (var currency : List.of("USD", "EUR")) {
            assertThat(sum(lines(atOnce), currency, account -> account.startsWith("clearing/stripe/main")))
                    .as("%s on the clearing account, by the entries", currency)
                    .isEqualTo(clearing(last, currency));
            assertThat(sum(lines(emitted), currency, account -> account.startsWith("clearing/stripe/main")))
                    .as("%s on the clearing account, by the entries of all changes", currency)
                    .isEqualTo(clearing(last, currency));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void no_more_is_recognized_than_was_captured_and_no_more_refunded_than_was_recognized(long seed) {
        var random = new SplittableRandom(seed);
        var known = known(random);
        var postings =
                RULES.ofPayment(nothing(), known.allocation, known.recognized).posted();
        for (var currency : List.of("USD", "EUR")) {
            var revenue = -sum(postings, currency, "revenue"::equals);
            var refunds = sum(postings, currency, "refunds"::equals);
            var disputes = sum(postings, currency, "disputes"::equals);
            var matched = known.recognized.stream()
                    .filter(each -> each.currency().equals(currency))
                    .mapToLong(RevenueRecognition::paid)
                    .sum();
            assertThat(revenue).isBetween(0L, matched);
            assertThat(revenue).isEqualTo(Math.min(matched, cash(known, currency, Totals::getCaptured)));
            assertThat(refunds).isBetween(0L, Math.min(revenue, cash(known, currency, Totals::getRefunded)));
            assertThat(disputes)
                    .isBetween(0L, Math.min(revenue - refunds, cash(known, currency, LedgerPropertyTest::heldBack)));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void clearing_holds_what_was_captured_less_refunds_disputes_and_fees(long seed) {
        var known = known(new SplittableRandom(seed));
        var postings =
                RULES.ofPayment(nothing(), known.allocation, known.recognized).posted();
        var own = List.of(known.allocation.getOwn());
        for (var currency : List.of("USD", "EUR")) {
            assertThat(sum(postings, currency, account -> account.startsWith("clearing/stripe/main")))
                    .as("%s on the clearing account", currency)
                    .isEqualTo(clearing(known, currency));
            assertThat(sum(postings, currency, "fees"::equals)).isEqualTo(total(own, currency, Totals::getFees));
        }
    }

    /** Captured, less refunds, disputes and fees. */
    private static long clearing(Known known, String currency) {
        var own = List.of(known.allocation.getOwn());
        return total(own, currency, Totals::getCaptured)
                - total(own, currency, Totals::getRefunded)
                - total(own, currency, LedgerPropertyTest::heldBack)
                - total(own, currency, Totals::getFees);
    }

    private static List<Posting> lines(List<LedgerEntry> entries) {
        return entries.stream().flatMap(entry -> entry.getLines().stream()).toList();
    }

    private static List<LedgerEntry> emitted(List<Known> changes) {
        var entries = new ArrayList<LedgerEntry>();
        var before = nothing();
        for (var known : changes) {
            var result = RULES.ofPayment(before, known.allocation, known.recognized);
            entries.addAll(result.entries());
            before = PaymentAllocation.newBuilder(known.allocation)
                    .setPosted(result.posted())
                    .setEntries(result.count())
                    .build();
        }
        Balances.of(entries);
        return entries;
    }

    private static Map<String, Long> balances(List<LedgerEntry> entries, boolean test) {
        return Balances.ofPostings(entries.stream()
                .filter(entry -> entry.getTest() == test)
                .flatMap(entry -> entry.getLines().stream())
                .toList());
    }

    private static long sum(List<Posting> postings, String currency, Predicate<String> account) {
        return postings.stream()
                .filter(line -> line.getCurrency().equals(currency) && account.test(line.getAccount()))
                .mapToLong(Posting::getAmount)
                .sum();
    }

    /** By disputes that are open, and by those that are lost. */
    private static long heldBack(Totals totals) {
        return totals.getDisputed() + totals.getLost();
    }

    private static long cash(Known known, String currency, ToLongFunction<Totals> amount) {
        var payers = new HashMap<>(known.allocation.getPaidBy());
        payers.put(KEY, known.allocation.getOwn());
        return total(payers.values(), currency, amount);
    }

    private static long total(Iterable<PaymentState> payments, String currency, ToLongFunction<Totals> amount) {
        long sum = 0;
        for (var payment : payments) {
            for (var totals : payment.getTotals()) {
                sum += totals.getCurrency().equals(currency) ? amount.applyAsLong(totals) : 0;
            }
        }
        return sum;
    }

    private static PaymentAllocation nothing() {
        return PaymentAllocation.newBuilder()
                .setPaidBy(Map.of())
                .setPays(List.of())
                .setClaims(List.of())
                .build();
    }

    private static Known known(SplittableRandom random) {
        var paidBy = new HashMap<String, PaymentState>();
        for (var i = random.nextInt(3); i > 0; i--) {
            var payer = payment("stripe/main/pi_1" + i, random).build();
            paidBy.put(payer.getPaymentKey(), payer);
        }
        var own = payment(KEY, random).setLive(random.nextInt(8) > 0).build();
        var allocation = PaymentAllocation.newBuilder(nothing())
                .setOwn(own)
                .setPaidBy(paidBy)
                .build();
        var recognized = Stream.generate(() -> recognition(random))
                .limit(random.nextInt(4))
                .toList();
        return new Known(allocation, recognized);
    }

    private static PaymentState.Builder payment(String key, SplittableRandom random) {
        var invoices = IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> invoice(random).setId("t_" + i).build())
                .toList();
        var currencies = random.nextInt(6) == 0 ? List.of("EUR", "USD") : List.of("USD");
        return PaymentState.newBuilder()
                .setPaymentKey(key)
                .setGateway("stripe")
                .setAccount("main")
                .setLive(true)
                .setStatus(PaymentStatus.UNKNOWN)
                .setDisputeStatus(DisputeStatus.NONE)
                .setFraudFlagged(false)
                .setTotals(currencies.stream()
                        .map(currency -> new Totals(
                                currency,
                                0L,
                                amount(random),
                                amount(random),
                                amount(random),
                                amount(random),
                                amount(random)))
                        .toList())
                .setCapturedAt(time(random))
                .setRefundedAt(time(random))
                .setDisputedAt(time(random))
                .setInvoices(invoices)
                .setReferences(Map.of())
                .setFacts(List.of())
                .setEvents(List.of());
    }

    private static Invoice.Builder invoice(SplittableRandom random) {
        return Invoice.newBuilder()
                .setId("in_" + random.nextInt(1_000))
                .setStatus(random.nextInt(3) == 0 ? InvoiceStatus.OPEN : InvoiceStatus.PAID)
                .setPaid(amount(random))
                .setRefunded(amount(random))
                .setRefundedAt(time(random))
                .setDisputeStatus(random.nextBoolean() ? DisputeStatus.NONE : DisputeStatus.LOST)
                .setDisputedAt(time(random))
                .setCurrency("USD")
                .setAt(NOON.plus(Duration.ofDays(random.nextInt(3))));
    }

    private static RevenueRecognition recognition(SplittableRandom random) {
        return new RevenueRecognition(
                random.nextBoolean() ? "premium" : "promoted-post",
                random.nextInt(5) == 0 ? "EUR" : "USD",
                amount(random),
                amount(random),
                amount(random),
                LedgerDays.firstKnown(time(random)),
                LedgerDays.firstKnown(time(random)),
                LedgerDays.firstKnown(time(random)));
    }

    private static long amount(SplittableRandom random) {
        return random.nextInt(3) == 0 ? 0 : random.nextLong(1_000);
    }

    private static @Nullable Instant time(SplittableRandom random) {
        return random.nextInt(4) == 0 ? null : NOON.plus(Duration.ofDays(random.nextInt(3)));
    }
}

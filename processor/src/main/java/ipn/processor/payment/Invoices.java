package ipn.processor.payment;

import ipn.fact.Fact;
import ipn.fact.Fact.BillStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The bills of one payment key, each with what was told against it. Most keys have one; app stores keep every renewal of a
 * subscription under one key. Whose a refund, a dispute or a fraud flag is, is read off the set of facts each time, so it does
 * not depend on what came first:
 *
 * <ol>
 *   <li>the bill's that goes by the same id;
 *   <li>nobody's yet, where it is the running total of a capture still to come, and bills go by their captures' ids: so will
 *       the capture's own bill;
 *   <li>otherwise the paid bill's that began last at its time, or the first one's if none had. So one bill alone has all the rest.
 * </ol>
 */
public final class Invoices {
    /** What is told of a state's bills: those that end last. Ten years of months. */
    public static final int BILLS_MAX = 128;

    private static final Set<FactKind> AGAINST_A_BILL =
            Set.of(FactKind.REFUND, FactKind.REFUND_TOTAL, FactKind.DISPUTE, FactKind.FRAUD_FLAG);
    private static final Comparator<VersionedFact> BY_START = Comparator.comparing(Invoices::start)
            .thenComparing(known -> known.fact().id());
    private static final Comparator<Billed> BY_END = Comparator.comparing(Billed::end)
            .thenComparing(billed -> billed.bill().id());

    private final SortedMap<String, VersionedFact> byId = new TreeMap<>();
    private final List<VersionedFact> paidByStart;
    private final Set<String> captures = new HashSet<>();
    private final SortedMap<String, SortedMap<FactKey, VersionedFact>> against = new TreeMap<>();

    public Invoices(Payment payment) {
        payment.facts().forEach((key, known) -> {
            if (key.kind() == FactKind.BILL) {
                byId.put(key.id(), known);
                against.put(key.id(), new TreeMap<>());
            } else if (key.kind() == FactKind.CAPTURED) {
                captures.add(key.id());
            }
        });
        var paid = byId.values().stream().filter(Invoices::tookMoney).toList();
        paidByStart = (paid.isEmpty() ? byId.values() : paid)
                .stream().sorted(BY_START).toList();
        payment.facts().forEach((key, known) -> {
            if (AGAINST_A_BILL.contains(key.kind())) {
                owner(key, known)
                        .flatMap(id -> Optional.ofNullable(against.get(id)))
                        .ifPresent(facts -> facts.put(key, known));
            }
        });
    }

    /**
     * A bill, and what was told against it.
     *
     * @param against refunds, disputes and fraud flags of this bill alone
     */
    public record Billed(VersionedFact known, Payment against) {
        public Fact.Bill bill() {
            return (Fact.Bill) known.fact();
        }

        public PaymentView standing() {
            return new PaymentView(against);
        }

        /** Given back in the bill's currency, minor units. */
        public long refunded() {
            return Totals.of(against)
                    .getOrDefault(bill().paid().currency(), Totals.ZERO)
                    .refunded();
        }

        private Instant end() {
            return bill().until().orElse(start(known));
        }
    }

    /** One of the bills, by its id. */
    public Billed get(String id) {
        var known = byId.get(id);
        var told = against.get(id);
        if (known == null || told == null) {
            throw new IllegalArgumentException(
                    "bill: not of this payment (expected: one of its %d)".formatted(byId.size()));
        }
        return new Billed(known, new Payment(told, List.of()));
    }

    /** The bills that end last, at most {@value #BILLS_MAX}, in the order of their ends. */
    public List<Billed> endingLast() {
        var all = byId.keySet().stream().map(this::get).sorted(BY_END).toList();
        return all.subList(Math.max(0, all.size() - BILLS_MAX), all.size());
    }

    private Optional<String> owner(FactKey key, VersionedFact known) {
        if (byId.containsKey(key.id())) {
            return Optional.of(key.id());
        }
        return key.kind() == FactKind.REFUND_TOTAL && stillToCome(key.id())
                ? Optional.empty()
                : begunLastAt(known.firstAt()).map(bill -> bill.fact().id());
    }

    private boolean stillToCome(String capture) {
        return !captures.contains(capture) && byId.keySet().stream().anyMatch(captures::contains);
    }

    private Optional<VersionedFact> begunLastAt(Instant at) {
        var begun = paidByStart.stream().filter(bill -> !start(bill).isAfter(at));
        return Stream.concat(paidByStart.stream().limit(1), begun).reduce((earlier, later) -> later);
    }

    private static boolean tookMoney(VersionedFact known) {
        return known.fact() instanceof Fact.Bill bill
                && bill.status() == BillStatus.PAID
                && bill.paid().minorUnits() > 0;
    }

    /** Start of the period; of one without, when it was first spoken of. */
    private static Instant start(VersionedFact known) {
        return ((Fact.Bill) known.fact()).from().orElse(known.firstAt());
    }
}

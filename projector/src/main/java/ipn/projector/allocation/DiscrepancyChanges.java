package ipn.projector.allocation;

import ipn.avro.Cause;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyState;
import ipn.key.DiscrepancyId;
import ipn.key.OrderId;
import ipn.key.PaymentKey;
import ipn.key.SubjectId;
import ipn.projector.allocation.MatchResult.OpenDiscrepancy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Opens and closes the discrepancies of a payment key or an order.
 *
 * @param now stamps them; decides nothing
 */
public record DiscrepancyChanges(Cause cause, Instant now) {
    /** Another version of the catalogue that judges the same is no change. */
    private static final RecordsEqual BUT_CAUSE =
            new RecordsEqual(Discrepancy.getClassSchema(), "cause", "policyVersion", "at");

    /**
     * @param open sorted by id
     * @param decided those that hold and that a decision closed, sorted by id
     * @param changed to emit, in this order: closed ones, then opened ones
     */
    public record Result(List<Discrepancy> open, List<Discrepancy> decided, List<Discrepancy> changed) {}

    /**
     * Closes what was open and no longer holds, or is decided; opens what is new, or is no longer decided. What was decided and no longer
     * holds is closed once more, without a decision: it is then the same as if nobody had decided.
     *
     * @param before those open before
     * @param decidedBefore those that a decision closed before
     */
    public Result after(
            List<Discrepancy> before,
            List<Discrepancy> decidedBefore,
            List<OpenDiscrepancy> found,
            MoneyDecisions decisions) {
        var holding = new TreeMap<String, Discrepancy>();
        found.forEach(each -> {
            var discrepancy = decided(opened(each), decisions.closing(each));
            holding.put(discrepancy.getDiscrepancyId(), discrepancy);
        });
        var changed = new ArrayList<Discrepancy>();
        var fresh = new TreeMap<>(holding);
        Stream.concat(before.stream(), decidedBefore.stream()).forEach(known -> {
            var id = known.getDiscrepancyId();
            var held = holding.get(id);
            if (held == null) {
                changed.add(closed(known));
            } else if (same(known, held)) {
                holding.put(id, known);
                fresh.remove(id);
            }
        });
        fresh.values().stream().filter(each -> !isOpen(each)).forEach(changed::add);
        fresh.values().stream().filter(DiscrepancyChanges::isOpen).forEach(changed::add);
        return new Result(
                holding.values().stream().filter(DiscrepancyChanges::isOpen).toList(),
                holding.values().stream().filter(each -> !isOpen(each)).toList(),
                changed);
    }

    private static boolean isOpen(Discrepancy discrepancy) {
        return discrepancy.getState() == DiscrepancyState.OPEN;
    }

    private static Discrepancy decided(Discrepancy opened, Optional<String> decision) {
        return decision.map(id -> Discrepancy.newBuilder(opened)
                        .setState(DiscrepancyState.CLOSED)
                        .setDecision(id)
                        .build())
                .orElse(opened);
    }

    /** One that is not kept in a state: emitted each time it is found. */
    public Discrepancy opened(OpenDiscrepancy found) {
        var mismatch = found.mismatch();
        var references = found.references();
        return Discrepancy.newBuilder()
                .setDiscrepancyId(id(mismatch, references).toString())
                .setState(DiscrepancyState.OPEN)
                .setKind(mismatch.kind())
                .setPaymentKey(found.payment().map(PaymentKey::toString).orElse(""))
                .setOrder(references.order().map(OrderId::value).orElse(null))
                .setSubject(references.subject().map(SubjectId::value).orElse(null))
                .setProduct(references.product().orElse(null))
                .setExpected(mismatch.expected())
                .setActual(mismatch.actual())
                .setCaptured(mismatch.captured().orElse(null))
                .setCause(cause)
                .setPolicyVersion(found.policyVersion())
                .setAt(now)
                .build();
    }

    /** At an order others than without it, so that a payment that moves to another order leaves each id unambiguous. */
    static DiscrepancyId id(Mismatch mismatch, References references) {
        return new DiscrepancyId(mismatch.kind().name(), mismatch.charge(), references.order());
    }

    /** The same, closed now. */
    public Discrepancy closed(Discrepancy open) {
        return Discrepancy.newBuilder(open)
                .setState(DiscrepancyState.CLOSED)
                .setDecision(null)
                .setCause(cause)
                .setAt(now)
                .build();
    }

    private static boolean same(Discrepancy a, Discrepancy b) {
        return BUT_CAUSE.equal(a, b);
    }
}

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
import java.util.TreeMap;

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
     * @param changed to emit, in this order: closed ones, then opened ones
     */
    public record Result(List<Discrepancy> open, List<Discrepancy> changed) {}

    /** Closes what was open and no longer holds, opens what is new. */
    public Result after(List<Discrepancy> before, List<OpenDiscrepancy> found) {
        var open = new TreeMap<String, Discrepancy>();
        found.forEach(each -> {
            var discrepancy = opened(each);
            open.put(discrepancy.getDiscrepancyId(), discrepancy);
        });
        var changed = new ArrayList<Discrepancy>();
        var opened = new TreeMap<>(open);
        for (var known : before) {
            var holding = open.get(known.getDiscrepancyId());
            if (holding != null && same(known, holding)) {
                open.put(known.getDiscrepancyId(), known);
                opened.remove(known.getDiscrepancyId());
            } else if (holding == null) {
                changed.add(closed(known));
            }
        }
        changed.addAll(opened.values());
        return new Result(List.copyOf(open.values()), changed);
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
                .setCause(cause)
                .setPolicyVersion(found.policyVersion())
                .setAt(now)
                .build();
    }

    /** At an order others than without it, so that a payment that moves to another order leaves each id unambiguous. */
    private static DiscrepancyId id(Mismatch mismatch, References references) {
        return new DiscrepancyId(mismatch.kind().name(), mismatch.charge(), references.order());
    }

    /** The same, closed now. */
    public Discrepancy closed(Discrepancy open) {
        return Discrepancy.newBuilder(open)
                .setState(DiscrepancyState.CLOSED)
                .setCause(cause)
                .setAt(now)
                .build();
    }

    private static boolean same(Discrepancy a, Discrepancy b) {
        return BUT_CAUSE.equal(a, b);
    }
}

package ipn.projector.settlement;

import ipn.avro.Cause;
import ipn.avro.Discrepancy;
import ipn.avro.SettledPayment;
import ipn.projector.settlement.Assessment.Mismatch;
import ipn.serde.AvroRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Opens and closes the discrepancies of a payment key.
 *
 * @param policyVersion of the catalogue that decides
 * @param now stamps them; decides nothing
 */
record Discrepancies(String policyVersion, Cause cause, Instant now) {

    /**
     * @param open sorted by id
     * @param news to tell, in order
     */
    record Step(List<Discrepancy> open, List<Discrepancy> news) {}

    /** Closes what was open and is no longer so, opens what is new. */
    Step after(SettledPayment before, SettledPayment after, List<Mismatch> mismatches) {
        var open = new TreeMap<String, Discrepancy>();
        mismatches.forEach(mismatch -> {
            var discrepancy = opened(after, mismatch);
            open.put(discrepancy.getDiscrepancyId(), discrepancy);
        });
        var news = new ArrayList<Discrepancy>();
        var opened = new TreeMap<>(open);
        for (var known : openBefore(before)) {
            var found = open.get(known.getDiscrepancyId());
            if (found != null && same(known, found)) {
                open.put(known.getDiscrepancyId(), known);
                opened.remove(known.getDiscrepancyId());
            } else {
                news.add(closed(known));
            }
        }
        news.addAll(opened.values());
        return new Step(List.copyOf(open.values()), news);
    }

    /** Before a key could have several, it had this one. */
    private static List<Discrepancy> openBefore(SettledPayment before) {
        var only = before.getDiscrepancy();
        return before.getDiscrepancies().isEmpty() && only != null ? List.of(only) : before.getDiscrepancies();
    }

    private Discrepancy opened(SettledPayment after, Mismatch mismatch) {
        var own = Objects.requireNonNull(after.getOwn(), "assessed");
        var worth = Worth.of(own, after.getSettledBy().values());
        return Discrepancy.newBuilder()
                .setDiscrepancyId(mismatch.kind() + "/" + mismatch.about())
                .setState("OPEN")
                .setKind(mismatch.kind())
                .setPaymentKey(own.getPaymentKey())
                .setOrder(worth.reference("order").orElse(null))
                .setSubject(worth.reference("subject").orElse(null))
                .setProduct(worth.reference("product").orElse(null))
                .setExpected(mismatch.expected())
                .setActual(mismatch.actual())
                .setCause(cause)
                .setPolicyVersion(policyVersion)
                .setAt(now)
                .build();
    }

    private Discrepancy closed(Discrepancy open) {
        return Discrepancy.newBuilder(open)
                .setState("CLOSED")
                .setCause(cause)
                .setAt(now)
                .build();
    }

    private static boolean same(Discrepancy a, Discrepancy b) {
        var sameMoment = Discrepancy.newBuilder(a)
                .setCause(b.getCause())
                .setAt(b.getAt())
                .build();
        return AvroRecords.same(sameMoment, b);
    }
}

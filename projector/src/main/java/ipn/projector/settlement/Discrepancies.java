package ipn.projector.settlement;

import ipn.avro.Cause;
import ipn.avro.Discrepancy;
import ipn.projector.settlement.Assessment.Mismatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Opens and closes the discrepancies of a payment key or an order.
 *
 * @param policyVersion of the catalogue that decides
 * @param now stamps them; decides nothing
 */
public record Discrepancies(String policyVersion, Cause cause, Instant now) {

    /**
     * @param open sorted by id
     * @param news to tell, in order
     */
    public record Step(List<Discrepancy> open, List<Discrepancy> news) {}

    /** Closes what was open and is no longer so, opens what is new. */
    public Step after(List<Discrepancy> before, List<Mismatch> mismatches) {
        var open = new TreeMap<String, Discrepancy>();
        mismatches.forEach(mismatch -> {
            var discrepancy = opened(mismatch);
            open.put(discrepancy.getDiscrepancyId(), discrepancy);
        });
        var news = new ArrayList<Discrepancy>();
        var opened = new TreeMap<>(open);
        for (var known : before) {
            var found = open.get(known.getDiscrepancyId());
            if (found != null && same(known, found)) {
                open.put(known.getDiscrepancyId(), known);
                opened.remove(known.getDiscrepancyId());
            } else if (found == null) {
                news.add(closed(known));
            }
        }
        news.addAll(opened.values());
        return new Step(List.copyOf(open.values()), news);
    }

    private Discrepancy opened(Mismatch mismatch) {
        var problem = mismatch.problem();
        var named = mismatch.named();
        return Discrepancy.newBuilder()
                .setDiscrepancyId(id(problem, named))
                .setState("OPEN")
                .setKind(problem.kind())
                .setPaymentKey(mismatch.paymentKey())
                .setOrder(named.order().orElse(null))
                .setSubject(named.subject().orElse(null))
                .setProduct(named.product().orElse(null))
                .setExpected(problem.expected())
                .setActual(problem.actual())
                .setCause(cause)
                .setPolicyVersion(policyVersion)
                .setAt(now)
                .build();
    }

    /** At an order others than without it, so that a payment that moves from one to another leaves none of them unclear. */
    private static String id(Problem problem, Named named) {
        var place = problem.about().startsWith("order/")
                ? ""
                : named.order().map(order -> " order " + order).orElse("");
        return problem.kind() + "/" + problem.about() + place;
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
        return sameMoment.equals(b);
    }
}

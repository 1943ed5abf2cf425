package ipn.operations.explain.evidence;

import ipn.avro.Link;
import ipn.avro.LinkKind;
import ipn.avro.PaymentState;
import ipn.operations.topic.Lookup;
import ipn.topics.TopicCatalogue;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the payments of a subject: those that claims name, those that name the subject or one of its orders, and those that are linked
 * to one of them as its payment.
 */
final class PaymentSearch {
    /** More payments than one subject has. */
    static final int PAYMENTS_MAX = 1_000;

    /** A subscription, its invoices, their payments, and once more to see that this is all. */
    private static final int PASSES_MAX = 4;

    /** Terms of lookups. */
    private static final String ORDER = "order";

    private static final String PAYS = "pays";

    private final Sources sources;
    private final String subject;
    private final Set<String> orders;
    private final Set<String> wanted;
    private final Map<String, PaymentState> found = new TreeMap<>();
    /** Keys that were found to be wanted while payments were read, so that those before may be missing. */
    private Set<String> late;

    private boolean more;

    private PaymentSearch(Sources sources, String subject, Set<String> orders, Set<String> named) {
        this.sources = sources;
        this.subject = subject;
        this.orders = orders;
        this.wanted = new HashSet<>(named);
        this.late = new HashSet<>(named);
    }

    /**
     * @param payments newest state of each, by payment key
     * @param more whether there are more payments than the limit
     */
    record Found(Map<String, PaymentState> payments, boolean more) {}

    static Found run(Sources sources, String subject, Set<String> orders, Set<String> named) {
        var search = new PaymentSearch(sources, subject, orders, named);
        search.scan(search.lookup(named).any(Lookup.SUBJECT, Set.of(subject)).any(ORDER, orders));
        for (var pass = 1; pass < PASSES_MAX && !search.late.isEmpty(); pass++) {
            // A payment may have been read before the invoice or subscription that it pays was found.
            search.scan(search.lookup(search.late));
        }
        return new Found(search.found, search.more);
    }

    /** The payments with some keys, and those that pay one of them. */
    private Lookup lookup(Set<String> keys) {
        return sources.all(TopicCatalogue.PAYMENTS).any(Lookup.KEY, keys).any(PAYS, keys);
    }

    private void scan(Lookup lookup) {
        late = new HashSet<>();
        sources.find(lookup, PaymentState.class, key -> true, (record, key, state) -> {
            if (state == null) {
                found.remove(key);
            } else if (wanted.contains(key) || isOfSubject(state)) {
                keepWithLinks(state);
            } else if (paysWanted(state)) {
                keep(state);
            }
        });
    }

    private boolean isOfSubject(PaymentState state) {
        var references = state.getReferences();
        var order = references.get("order");
        return subject.equals(references.get("subject")) || (order != null && orders.contains(order));
    }

    private boolean paysWanted(PaymentState state) {
        return state.getLinks().stream()
                .anyMatch(link -> link.getKind() == LinkKind.PAYS && wanted.contains(link.getTarget()));
    }

    private void keepWithLinks(PaymentState state) {
        if (keep(state)) {
            want(state.getPaymentKey());
            state.getLinks().stream().map(Link::getTarget).forEach(this::want);
        }
    }

    private void want(String key) {
        if (wanted.add(key)) {
            late.add(key);
        }
    }

    private boolean keep(PaymentState state) {
        if (found.size() >= PAYMENTS_MAX && !found.containsKey(state.getPaymentKey())) {
            more = true;
            return false;
        }
        found.put(state.getPaymentKey(), state);
        return true;
    }
}

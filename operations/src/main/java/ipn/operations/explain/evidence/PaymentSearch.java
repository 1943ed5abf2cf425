package ipn.operations.explain.evidence;

import ipn.avro.Link;
import ipn.avro.LinkKind;
import ipn.avro.PaymentState;
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

    private final Sources sources;
    private final String subject;
    private final Set<String> orders;
    private final Set<String> wanted;
    private final Map<String, PaymentState> found = new TreeMap<>();
    private boolean foundLate;
    private boolean more;

    private PaymentSearch(Sources sources, String subject, Set<String> orders, Set<String> named) {
        this.sources = sources;
        this.subject = subject;
        this.orders = orders;
        this.wanted = new HashSet<>(named);
    }

    /**
     * @param payments newest state of each, by payment key
     * @param more whether there are more payments than the limit
     */
    record Found(Map<String, PaymentState> payments, boolean more) {}

    static Found run(Sources sources, String subject, Set<String> orders, Set<String> named) {
        var search = new PaymentSearch(sources, subject, orders, named);
        search.scan();
        if (search.foundLate) {
            // A payment may have been read before the invoice or subscription that it pays was found.
            search.scan();
        }
        return new Found(search.found, search.more);
    }

    private void scan() {
        var all = sources.reader().partitions(sources.name(TopicCatalogue.PAYMENTS));
        sources.read(all, PaymentState.class, key -> true, (record, key, state) -> {
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
        foundLate |= wanted.add(key);
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

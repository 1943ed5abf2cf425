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
 * Finds the payments behind a subject: those that claims name, those that name the subject or one of its orders, and those
 * that settle one of them, whichever side tells it.
 */
final class PaymentSearch {
    /** More payments than one subject has in its life. */
    static final int PAYMENTS_MAX = 1_000;

    private final Sources sources;
    private final String subject;
    private final Set<String> orders;
    private final Set<String> wanted;
    private final Map<String, PaymentState> found = new TreeMap<>();
    private boolean passedSome;
    private boolean more;

    private PaymentSearch(Sources sources, String subject, Set<String> orders, Set<String> named) {
        this.sources = sources;
        this.subject = subject;
        this.orders = orders;
        this.wanted = new HashSet<>(named);
    }

    /**
     * @param payments newest state of each, by payment key
     * @param more true where there are more than are looked at
     */
    record Found(Map<String, PaymentState> payments, boolean more) {}

    static Found run(Sources sources, String subject, Set<String> orders, Set<String> named) {
        var search = new PaymentSearch(sources, subject, orders, named);
        search.scan();
        if (search.passedSome) {
            // Whoever pays for what was found late may have been passed before it.
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
                take(state);
            } else if (settlesWanted(state)) {
                keep(state);
            }
        });
    }

    private boolean isOfSubject(PaymentState state) {
        var references = state.getReferences();
        var order = references.get("order");
        return subject.equals(references.get("subject")) || (order != null && orders.contains(order));
    }

    private boolean settlesWanted(PaymentState state) {
        return state.getLinks().stream()
                .anyMatch(link -> link.getKind() == LinkKind.PAYS && wanted.contains(link.getTarget()));
    }

    private void take(PaymentState state) {
        if (keep(state)) {
            want(state.getPaymentKey());
            state.getLinks().stream().map(Link::getTarget).forEach(this::want);
        }
    }

    private void want(String key) {
        passedSome |= wanted.add(key);
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

package ipn.conformance;

import ipn.fact.Fact;
import ipn.fact.Version;
import ipn.gateway.Notification;
import java.util.HashMap;
import java.util.Map;

/**
 * All statements about one payment: the newest statement of each fact. Two statements of one version must be one, or the order
 * of their arrival would decide.
 */
record PaymentStatements(Map<Identity, Statement> facts) {
    /** Which fact: its type and its id within the type. */
    record Identity(Class<? extends Fact> type, String id) {}

    /** What was said of it, and when. */
    record Statement(Version version, Fact fact) {}

    PaymentStatements() {
        this(new HashMap<>());
    }

    /** @throws AssertionError if one version says two things */
    void receive(String eventKey, Notification notification) {
        var version = new Version(notification.occurredAt(), notification.sequence(), eventKey);
        notification
                .facts()
                .forEach(fact -> facts.merge(
                        new Identity(fact.getClass(), fact.id()),
                        new Statement(version, fact),
                        PaymentStatements::newer));
    }

    private static Statement newer(Statement a, Statement b) {
        var order = a.version().compareTo(b.version());
        if (order == 0 && !a.fact().equals(b.fact())) {
            throw new AssertionError("%s of %s says two things of %s (expected: one)"
                    .formatted(
                            a.fact().getClass().getSimpleName(),
                            a.version().eventKey(),
                            a.fact().id()));
        }
        return order >= 0 ? a : b;
    }
}

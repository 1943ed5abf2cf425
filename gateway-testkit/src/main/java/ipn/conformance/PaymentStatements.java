package ipn.conformance;

import ipn.fact.Fact;
import ipn.fact.Version;
import ipn.gateway.Notification;
import java.util.HashMap;
import java.util.Map;

/**
 * The newest statement about each fact of one payment. Two statements with the same version must be equal; otherwise the result
 * would depend on the order of arrival.
 */
record PaymentStatements(Map<Identity, Statement> facts) {
    /** The identity of a fact: its type and its id within the type. */
    record Identity(Class<? extends Fact> type, String id) {}

    /** A fact and its version. */
    record Statement(Version version, Fact fact) {}

    PaymentStatements() {
        this(new HashMap<>());
    }

    /** @throws AssertionError if two different facts have the same version */
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
            throw new AssertionError("%s of %s: two different statements about %s with one version (expected: one)"
                    .formatted(
                            a.fact().getClass().getSimpleName(),
                            a.version().eventKey(),
                            a.fact().id()));
        }
        return order >= 0 ? a : b;
    }
}

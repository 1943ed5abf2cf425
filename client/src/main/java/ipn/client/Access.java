package ipn.client;

import java.util.List;

/** Answers whether subjects may use entitlements now. Services depend on this type; tests use {@code ipn.client.testkit.FakeAccess}. */
public interface Access {
    /** Answers a question. Takes microseconds, asks no other process, and never throws because of what the data is or how old it is. */
    AccessAnswer of(AccessQuestion question);

    /** May the subject use the entitlement now? */
    default AccessAnswer of(String subject, String entitlement) {
        return of(AccessQuestion.of(subject, entitlement));
    }

    /** May the subject use the entitlement for this one thing, such as a post, now? */
    default AccessAnswer of(String subject, String entitlement, String scope) {
        return of(AccessQuestion.of(subject, entitlement, scope));
    }

    /**
     * Everything that was ever decided about a subject, in no particular order.
     *
     * @param limit at most so many answers
     * @return empty if nothing is known, be it that the data is not loaded
     */
    List<AccessAnswer> all(String subject, int limit);

    /** Names of all entitlements that anybody has or had, sorted. */
    List<String> entitlements();

    /**
     * Calls the listener for each decision that arrives from now on, on one thread, in the sequence of each subject. That a decision ends
     * by time alone is no call until the pipeline has decided it.
     *
     * @return ends the calls
     */
    Registration listen(AccessListener listener);

    /** A listener that is being called. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}

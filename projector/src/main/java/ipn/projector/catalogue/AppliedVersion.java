package ipn.projector.catalogue;

import java.time.Instant;
import java.util.Comparator;

/**
 * A decision of a person that a version of the catalogue judges what was paid before it, too.
 *
 * @param id of the decision
 * @param since from when on it judges, by the gateway's clock; {@link Instant#MIN}: since ever
 * @param at when it was decided, by our clock: what is paid later is judged by the version of its time
 */
public record AppliedVersion(String id, ProductCatalogue catalogue, Instant since, Instant at) {
    /** Where several judge the same time, the one decided last counts; the id breaks ties. */
    static final Comparator<AppliedVersion> EARLIEST_FIRST =
            Comparator.comparing(AppliedVersion::at).thenComparing(AppliedVersion::id);

    boolean judges(Instant time) {
        return !time.isBefore(since) && !time.isAfter(at);
    }
}

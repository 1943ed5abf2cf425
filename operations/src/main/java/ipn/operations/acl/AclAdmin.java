package ipn.operations.acl;

import ipn.operations.KafkaFutures;
import ipn.operations.OperationFailedException;
import ipn.polling.Polling;
import ipn.topics.KafkaSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.TimeoutException;

/** Compares the access control entries of a cluster with the file, creates what is missing, and deletes what is extra on request. */
public final class AclAdmin {
    private static final Polling VISIBLE = Polling.upTo(Duration.ofSeconds(10)).every(Duration.ofMillis(20));

    private AclAdmin() {}

    /**
     * The differences between the cluster and the file.
     *
     * @param missing entries of the file that the cluster does not have
     * @param extra entries of the cluster that concern the pipeline and are not in the file: of a principal of the file, or for a resource
     *     of the pipeline, even if they name it by a prefix or a star
     */
    public record Differences(List<AclBinding> missing, List<AclBinding> extra) {
        public Differences {
            missing = sorted(missing);
            extra = sorted(extra);
        }

        public boolean none() {
            return missing.isEmpty() && extra.isEmpty();
        }
    }

    /**
     * What applying the file did.
     *
     * @param extra entries beyond the file that remain
     */
    public record Applied(List<AclBinding> created, List<AclBinding> deleted, List<AclBinding> extra) {
        public Applied {
            created = sorted(created);
            deleted = sorted(deleted);
            extra = sorted(extra);
        }
    }

    /** Changes nothing. Requires the right to describe the cluster. */
    public static Differences check(KafkaSettings kafka, AclFile file, AclNames names) {
        try (var admin = Admin.create(kafka.client())) {
            return differences(admin, file, names);
        }
    }

    /**
     * Creates missing entries. Requires the right to alter the cluster, which is the right to grant anything.
     *
     * @param deleteExtra also deletes entries beyond the file, but only those that concern nothing but the pipeline: of a principal of the
     *     file, or for resources of the pipeline alone
     */
    public static Applied apply(KafkaSettings kafka, AclFile file, AclNames names, boolean deleteExtra) {
        try (var admin = Admin.create(kafka.client())) {
            var found = differences(admin, file, names);
            get(admin.createAcls(found.missing()).all());
            var own = new AclScope(file, names);
            var deleted = deleteExtra
                    ? found.extra().stream().filter(own::ofPipelineAlone).toList()
                    : List.<AclBinding>of();
            get(admin.deleteAcls(deleted.stream().map(AclBinding::toFilter).toList())
                    .all());
            var remaining = found.extra().stream()
                    .filter(Predicate.not(deleted::contains))
                    .toList();
            awaitVisible(admin, file, names, remaining);
            return new Applied(found.missing(), deleted, remaining);
        }
    }

    private static Differences differences(Admin admin, AclFile file, AclNames names) {
        var expected = file.bindings(names);
        var actual =
                new LinkedHashSet<>(get(admin.describeAcls(AclBindingFilter.ANY).values()));
        var scope = new AclScope(file, names);
        return new Differences(
                expected.stream().filter(Predicate.not(actual::contains)).toList(),
                actual.stream()
                        .filter(Predicate.not(expected::contains))
                        .filter(scope::concernsPipeline)
                        .toList());
    }

    /** Brokers learn of a change one after the other. */
    private static void awaitVisible(Admin admin, AclFile file, AclNames names, Collection<AclBinding> remaining) {
        var visible = VISIBLE.until(() -> {
            var now = differences(admin, file, names);
            return now.missing().isEmpty() && Set.copyOf(remaining).containsAll(now.extra());
        });
        if (!visible) {
            throw new TimeoutException(
                    "ACLs: changes not visible after %d s (expected: within seconds; run the command again)"
                            .formatted(VISIBLE.timeout().toSeconds()));
        }
    }

    private static List<AclBinding> sorted(Collection<AclBinding> bindings) {
        return bindings.stream()
                .sorted(Comparator.comparing((AclBinding each) -> each.entry().principal())
                        .thenComparing(each -> each.pattern().resourceType())
                        .thenComparing(each -> each.pattern().name())
                        .thenComparing(each -> each.entry().operation()))
                .toList();
    }

    /** Returns the answer; explains the errors that an operator can correct. */
    private static <T> T get(KafkaFuture<T> future) {
        try {
            return KafkaFutures.get(future);
        } catch (SecurityDisabledException e) {
            throw new OperationFailedException(
                    "ACLs: the brokers have no authorizer, so everybody may do everything (expected: authorizer.class.name, such as"
                            + " org.apache.kafka.metadata.authorizer.StandardAuthorizer)",
                    e);
        } catch (AuthorizationException e) {
            throw new OperationFailedException(
                    "ACLs: not permitted for this principal (expected: describe on the cluster to check them, alter on the cluster, as a"
                            + " super user has, to apply them)",
                    e);
        }
    }
}

package ipn.operations.acl;

import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What a role may do with one resource, or with all whose name begins alike.
 *
 * @param resource name with placeholders; a trailing star stands for any ending
 */
public record AclGrant(ResourceType type, String resource, Set<AclOperation> operations) {
    /** Kafka's name of the one cluster resource. */
    static final String CLUSTER = "kafka-cluster";

    private static final String ANY_HOST = "*";

    public AclGrant {
        operations = Set.copyOf(operations);
    }

    Stream<AclBinding> bindings(AclNames names, String principal) {
        var name = names.fill(resource, principal);
        var pattern = name.endsWith("*")
                ? new ResourcePattern(type, name.substring(0, name.length() - 1), PatternType.PREFIXED)
                : new ResourcePattern(type, name, PatternType.LITERAL);
        return operations.stream()
                .sorted()
                .map(operation -> new AclBinding(
                        pattern, new AccessControlEntry(principal, ANY_HOST, operation, AclPermissionType.ALLOW)));
    }
}

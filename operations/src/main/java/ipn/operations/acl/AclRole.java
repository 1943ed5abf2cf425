package ipn.operations.acl;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;

/**
 * A stage, tool or kind of client.
 *
 * @param purpose what it is for, in a sentence
 * @param principals who has this role; each gets all of its rights
 */
public record AclRole(String name, String purpose, List<String> principals, List<AclGrant> grants) {
    public AclRole {
        principals = List.copyOf(principals);
        grants = List.copyOf(grants);
    }

    Stream<AclBinding> bindings(AclNames names) {
        return principals.stream()
                .flatMap(principal -> grants.stream().flatMap(grant -> grant.bindings(names, principal)));
    }
}

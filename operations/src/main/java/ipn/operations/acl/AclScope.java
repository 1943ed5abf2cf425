package ipn.operations.acl;

import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Which access control entries of a cluster concern the pipeline. A cluster may serve others as well. */
final class AclScope {
    private final Set<String> principals;
    private final List<ResourcePattern> resources;

    AclScope(AclFile file, AclNames names) {
        this.principals = file.principals();
        this.resources = file.bindings(names).stream()
                .map(AclBinding::pattern)
                .filter(pattern -> pattern.resourceType() != ResourceType.CLUSTER)
                .distinct()
                .toList();
    }

    /** Whether it is of a principal of the file, or is for a resource of the pipeline, perhaps among others. */
    boolean concernsPipeline(AclBinding binding) {
        return ofPrincipal(binding)
                || resources.stream().anyMatch(own -> covers(binding.pattern(), own) || covers(own, binding.pattern()));
    }

    /** Whether it can be deleted without an effect on others. */
    boolean ofPipelineAlone(AclBinding binding) {
        return ofPrincipal(binding) || resources.stream().anyMatch(own -> covers(own, binding.pattern()));
    }

    private boolean ofPrincipal(AclBinding binding) {
        return principals.contains(binding.entry().principal());
    }

    /** Whether every name that matches the second pattern also matches the first. */
    private static boolean covers(ResourcePattern outer, ResourcePattern inner) {
        if (outer.resourceType() != inner.resourceType()) {
            return false;
        }
        if (outer.patternType() == PatternType.PREFIXED) {
            return !isAny(inner) && inner.name().startsWith(outer.name());
        }
        return isAny(outer)
                || inner.patternType() == PatternType.LITERAL && inner.name().equals(outer.name());
    }

    /** In a literal pattern, a star stands for every name. */
    private static boolean isAny(ResourcePattern pattern) {
        return pattern.patternType() == PatternType.LITERAL && pattern.name().equals(ResourcePattern.WILDCARD_RESOURCE);
    }
}

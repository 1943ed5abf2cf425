package ipn.operations.acl;

import ipn.settings.Problems;
import ipn.topics.TopicCatalogue;

/**
 * The names that a deployment configures, which fill the placeholders of the file.
 *
 * @param processor application id of the processor, with which its changelogs and transactional ids begin
 * @param projector application id of the projector
 */
public record AclNames(TopicCatalogue topics, String processor, String projector) {

    /** Fills the placeholders of a name. Only a name with {@code {name}} depends on the principal. */
    String fill(String name, String principal) {
        return name.replace("{prefix}", topics.prefix())
                .replace("{processor}", processor)
                .replace("{projector}", projector)
                .replace("{name}", principal.substring(principal.indexOf(':') + 1));
    }

    /** Adds a problem if the rights of one stage, which are given by prefix, would include something of another. */
    void verify(Problems problems) {
        verify(problems, "processor", processor, projector);
        verify(problems, "projector", projector, processor);
    }

    private void verify(Problems problems, String stage, String id, String other) {
        var own = id + "-";
        if (id.equals(other)
                || other.startsWith(own)
                || topics.specs().stream()
                        .anyMatch(spec -> topics.name(spec.name()).startsWith(own))) {
            problems.add(
                    stage + ".application-id",
                    id,
                    "an id that begins neither the other application id nor a topic, because the stage may use all names that begin with"
                            + " its id and a dash");
        }
    }
}

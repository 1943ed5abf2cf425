package ipn.app;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.operations.acl.AclFile;
import ipn.operations.acl.AclNames;
import ipn.processor.ProcessorStage;
import ipn.projector.ProjectorStage;
import ipn.topics.TopicCatalogue;
import ipn.topics.TopicSchema;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** A stage looks up the schemas of the topics whose records its principal may read or write, and no others. */
class StageSchemasTest {
    private static final TopicCatalogue TOPICS = TopicCatalogue.defaults();
    private static final Set<AclOperation> OF_RECORDS = EnumSet.of(AclOperation.READ, AclOperation.WRITE);

    @Test
    void of_the_processor() {
        assertThat(ProcessorStage.schemas(TOPICS))
                .containsExactlyInAnyOrderElementsOf(ofPrincipal("User:ipn-processor"))
                .isNotEmpty();
    }

    @Test
    void of_the_projector() {
        var changelogs = ProjectorStage.changelogs("ipn-projector");
        assertThat(changelogs).isNotEmpty();
        assertThat(ProjectorStage.schemas(TOPICS, "ipn-projector"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(ofPrincipal("User:ipn-projector").stream(), changelogs.stream())
                                .toList());
    }

    private static List<TopicSchema> ofPrincipal(String principal) {
        var names = AclFile.builtIn().bindings(new AclNames(TOPICS, "ipn-processor", "ipn-projector")).stream()
                .filter(binding -> binding.entry().principal().equals(principal)
                        && binding.pattern().resourceType() == ResourceType.TOPIC
                        && OF_RECORDS.contains(binding.entry().operation()))
                .map(binding -> binding.pattern().name())
                .toList();
        return TopicSchema.allOf(TOPICS).stream()
                .filter(schema -> names.contains(schema.topic()))
                .toList();
    }
}

package ipn.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TopicGroupsTest {
    private final TopicGroups groups = new TopicGroups(List.of("ipn-processor", "ipn-projector"));

    @Test
    void the_changelogs_of_an_application_are_one_group() {
        assertThat(groups.group("ipn-processor-payments-changelog")).isEqualTo("ipn-processor changelogs");
        assertThat(groups.group("ipn-processor-seen-changelog")).isEqualTo("ipn-processor changelogs");
        assertThat(groups.group("ipn-projector-by-order-repartition")).isEqualTo("ipn-projector other internal topics");
    }

    @Test
    void other_topics_are_groups_of_their_own() {
        assertThat(groups.group("ipn.outcomes")).isEqualTo("ipn.outcomes");
    }
}

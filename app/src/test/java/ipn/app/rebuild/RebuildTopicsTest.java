package ipn.app.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.app.UserException;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No name of a rebuild can be one of the pipeline. */
class RebuildTopicsTest {
    private static final KafkaSettings LIVE = new KafkaSettings(Map.of(), Map.of(), TopicCatalogue.defaults());

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "shadow", "ipn.", "ipn-", "ipn-projector-", "ipn-processor-x.", "a b."})
    void a_prefix_that_could_reach_the_pipeline_is_refused(String prefix) {
        assertThatThrownBy(() -> new RebuildTopics(LIVE, prefix))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("--to-prefix: " + prefix);
    }

    @Test
    void all_names_begin_with_the_prefix() {
        var topics = new RebuildTopics(LIVE, "shadow.");
        assertThat(topics.kafka().topics().name("raw")).isEqualTo("shadow.raw");
        assertThat(topics.processorId()).isEqualTo("shadow.ipn-processor");
        assertThat(topics.projectorId()).isEqualTo("shadow.ipn-projector");
        assertThat(topics.progress()).isEqualTo("shadow.rebuild");
    }
}

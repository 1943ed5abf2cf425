package ipn.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.settings.Settings;
import ipn.settings.SettingsException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicCatalogueTest {
    @Test
    void defaults() {
        assertThat(TopicCatalogue.from(Settings.empty()))
                .isEqualTo(TopicCatalogue.defaults())
                .isEqualTo(new TopicCatalogue("ipn.", 8, (short) 1));
    }

    @Test
    void every_key() {
        var settings = yaml("topics: {prefix: eu.ipn., partitions: 64, replication: 3}");

        var catalogue = TopicCatalogue.from(settings);
        settings.verify();

        assertThat(catalogue).isEqualTo(new TopicCatalogue("eu.ipn.", 64, (short) 3));
        assertThat(catalogue.name(TopicCatalogue.RAW)).isEqualTo("eu.ipn.raw");
    }

    @Test
    void says_everything_that_is_wrong_at_once() {
        var settings = yaml("topics: {prefix: 'a b', partitions: 0, replication: 10, retention: 1}");

        TopicCatalogue.from(settings);

        assertThatThrownBy(settings::verify)
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        wrong -> assertThat(wrong.problems())
                                .containsExactly(
                                        "topics.partitions: 0 (expected: a whole number from 1 to 1000)",
                                        "topics.prefix: a b (expected: at most 100 letters, digits and . _ -)",
                                        "topics.replication: 10 (expected: a whole number from 1 to 9)",
                                        "topics.retention: unknown (expected: one of partitions, prefix, replication)"));
    }

    @Test
    void the_example_shows_the_defaults() {
        var example = Settings.load(Path.of("..", "ipn.example.yaml"), Map.of());
        assertThat(TopicCatalogue.from(example)).isEqualTo(TopicCatalogue.defaults());
        assertThat(KafkaSettings.from(example, "broker:9092", "http://registry"))
                .isEqualTo(KafkaSettings.from(Settings.empty(), "broker:9092", "http://registry"));
        assertThat(example.problems().found()).isEmpty();
    }

    @Test
    void every_value_is_bytes_or_an_avro_record_of_ours() {
        assertThat(TopicCatalogue.defaults().specs())
                .allSatisfy(spec -> assertThat(
                                spec.value().equals("bytes") || Class.forName("ipn.avro." + spec.value()) != null)
                        .isTrue());
    }

    @Test
    void raw_records_bear_the_brokers_time_and_are_deleted_by_age() {
        var raw = TopicCatalogue.defaults().specs().get(0);
        assertThat(raw.configs())
                .containsEntry("message.timestamp.type", "LogAppendTime")
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "2592000000");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 2", "5, 2"})
    void two_replicas_have_a_record_before_it_is_acknowledged_if_one_more_may_be_down(
            short replication, String written) {
        var catalogue = new TopicCatalogue("ipn.", 8, replication);
        assertThat(catalogue.specs())
                .allSatisfy(spec -> assertThat(catalogue.configs(spec))
                        .containsEntry("min.insync.replicas", written)
                        .containsAllEntriesOf(spec.configs()));
    }

    @Test
    void an_outcome_or_a_dead_letter_can_carry_the_largest_raw_record_whole() {
        var specs = TopicCatalogue.defaults().specs().stream()
                .collect(java.util.stream.Collectors.toMap(TopicSpec::name, TopicSpec::maxMessageBytes));
        assertThat(specs.get(TopicCatalogue.OUTCOMES)).isGreaterThan(specs.get(TopicCatalogue.RAW));
        assertThat(specs.get(TopicCatalogue.DLQ)).isGreaterThan(specs.get(TopicCatalogue.RAW));
    }

    private static Settings yaml(String text) {
        return Settings.parse(text, Map.of(), Path.of(""));
    }
}

package ipn.bench.growth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.bench.growth.StateCopies.Changelog;
import ipn.bench.growth.StateCopies.Stored;
import ipn.bench.measure.TaggedBytes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class StateCopiesTest {
    private static final Changelog CLAIMS = new Changelog("app-entitlement-claims-changelog", "entitlement-claims");

    @Test
    void a_copy_has_its_own_ids_in_the_partition_of_its_own_subject() {
        var copies = copies(stored("u_g1_7/premium", "value of u_g1_7"));

        for (var tag : IntStream.range(10, 40).mapToObj(number -> "g" + number).toList()) {
            var record = copies.copies(tag.substring(0, 2)).get(0);
            var subject = "u_" + tag.substring(0, 2) + "_7";
            assertThat(new String(record.key(), UTF_8)).isEqualTo(subject + "/premium");
            assertThat(new String(record.value(), UTF_8)).isEqualTo("value of " + subject);
            assertThat(record.topic()).isEqualTo(CLAIMS.topic());
            assertThat(record.partition()).isEqualTo(BuiltInPartitioner.partitionForKey(subject.getBytes(UTF_8), 8));
        }
    }

    @Test
    void records_of_a_store_are_counted() {
        var copies = copies(stored("u_g1_7/premium", "a"), stored("u_g1_8/premium", "b"));

        assertThat(copies.count("entitlement-claims")).isEqualTo(2);
        assertThat(copies.count("payments")).isZero();
    }

    private static StateCopies copies(Stored... records) {
        var kafka = new KafkaSettings(Map.of(), Map.of(), TopicCatalogue.defaults());
        return new StateCopies(kafka, "g1", Map.of(CLAIMS, List.of(records)));
    }

    private static Stored stored(String key, String value) {
        return new Stored(TaggedBytes.of(key.getBytes(UTF_8), "g1"), TaggedBytes.of(value.getBytes(UTF_8), "g1"));
    }
}

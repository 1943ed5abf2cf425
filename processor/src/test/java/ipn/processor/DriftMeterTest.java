package ipn.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.drift.DriftDetector;
import ipn.drift.KnownSchema;
import ipn.gateway.StoredDelivery;
import ipn.gateway.Translation;
import ipn.gateway.content.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DriftMeterTest {
    private static final KnownSchema SHAPE =
            new KnownSchema("", Set.of(), Set.of(), Set.of(), Set.of(), Map.of(), Set.of("known"), Map.of());

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DriftMeter drift = new DriftMeter(new DriftDetector(Map.of(Notebook.ID.gateway(), SHAPE)), meters);
    private final Notebook notebook = new Notebook();
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();

    @BeforeEach
    void listen() {
        said.start();
        logger().addAppender(said);
        notebook.note("new", "p1", new Translation.Ignored("noted"));
    }

    @AfterEach
    void stopListening() {
        logger().detachAppender(said);
    }

    @Test
    void a_finding_is_counted_every_time_and_said_once() {
        for (var i = 0; i < 3; i++) {
            drift.look(notebook, raw("new"));
        }
        assertThat(meters.get("ipn.processor.drift")
                        .tags("gateway", "notebook", "type", "other", "kind", "UNKNOWN_EVENT_TYPE")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(said.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).contains("ipn gateways drift");
            assertThat(line.getKeyValuePairs().toString()).contains("notebook").doesNotContain("4111");
        });
    }

    @Test
    void of_many_notifications_of_one_type_a_sample_is_compared() {
        for (var i = 0; i < 1_000 + 160; i++) {
            drift.look(notebook, raw("new"));
        }
        assertThat(meters.get("ipn.processor.drift").counter().count()).isEqualTo(1_000 + 10);
    }

    @Test
    void an_account_that_throws_changes_nothing_but_a_count() {
        // The notebook knows no such page: it cannot translate, and says so with what stands in the body.
        var throwing = new Notebook();
        drift.look(throwing, raw("new"));
        drift.look(throwing, raw("anything 4111111111111111"));
        assertThat(meters.get("ipn.processor.drift.failures").counter().count()).isEqualTo(2);
        assertThat(meters.find("ipn.processor.drift").counters()).isEmpty();
        assertThat(said.list).isEmpty();
    }

    @Test
    void an_item_that_is_not_there_is_passed_over() {
        var stored = new StoredDelivery(List.of(Map.entry("ipn.item", "7".getBytes(UTF_8))));
        drift.look(notebook, new RawRecord("ipn.raw", 0, 0, Instant.EPOCH, Bytes.utf8("k"), Bytes.utf8("new"), stored));
        assertThat(meters.find("ipn.processor.drift").counters()).isEmpty();
        assertThat(meters.get("ipn.processor.drift.failures").counter().count()).isZero();
    }

    private static RawRecord raw(String body) {
        return new RawRecord(
                "ipn.raw", 0, 0, Instant.EPOCH, Bytes.utf8("k"), Bytes.utf8(body), new StoredDelivery(List.of()));
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(DriftMeter.class);
    }
}

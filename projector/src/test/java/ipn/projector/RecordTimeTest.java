package ipn.projector;

import static ipn.projector.notification.Claims.NOON;
import static ipn.projector.notification.Claims.OCTOBER;
import static ipn.projector.notification.Claims.once;
import static ipn.projector.notification.Claims.period;
import static ipn.projector.notification.Claims.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Claim;
import ipn.avro.ClaimStatus;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.NotificationCommand;
import ipn.avro.NotificationKind;
import ipn.projector.stream.RecordTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A projector whose clock is that of the records does at each time what it would have done then. */
class RecordTimeTest {
    private static final Duration SETTLE = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofMillis(50);

    private final RecordTime time = new RecordTime();

    @TempDir
    Path folder;

    private TopologyTestDriver driver;
    private TestInputTopic<String, Claim> claims;
    private TestOutputTopic<String, EntitlementEvent> events;
    private TestOutputTopic<String, NotificationCommand> notifications;

    @BeforeEach
    void start() {
        var properties = new Properties();
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        driver = new TopologyTestDriver(Projection.topology(time), properties, NOON);
        var serdes = Projection.KAFKA.serdes();
        claims = driver.createInputTopic("ipn.claims", new StringSerializer(), serdes.serializer(Claim.class));
        events = driver.createOutputTopic(
                "ipn.entitlements", new StringDeserializer(), serdes.deserializer(EntitlementEvent.class));
        notifications = driver.createOutputTopic(
                "ipn.notifications", new StringDeserializer(), serdes.deserializer(NotificationCommand.class));
        time.limit(Instant.parse("2030-01-01T00:00:00Z"));
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private void canceledMembership() {
        write(period("in_1", NOON, OCTOBER).build(), NOON);
        write(subscription(ClaimStatus.ACTIVE, NOON).setCancelScheduled(true).build(), NOON);
    }

    private void write(Claim claim, Instant at) {
        claims.pipeInput(claim.getSubject(), claim, at);
    }

    @Test
    void everything_is_done_when_it_was_due_once_time_is_released() {
        canceledMembership();
        time.release(OCTOBER.plus(Duration.ofDays(60)));
        driver.advanceWallClockTime(IDLE);

        assertThat(events.readValuesToList())
                .extracting(EntitlementEvent::getType, EntitlementEvent::getDecidedAt)
                .containsExactly(
                        Tuple.tuple(EntitlementEventType.GRANTED, NOON),
                        Tuple.tuple(EntitlementEventType.EXPIRED, OCTOBER));
        assertThat(notifications.readValuesToList())
                .extracting(NotificationCommand::getKind, NotificationCommand::getAt)
                .containsExactly(
                        Tuple.tuple(NotificationKind.RECEIPT, NOON.plus(SETTLE)),
                        Tuple.tuple(NotificationKind.ACCESS_ENDING, OCTOBER.minus(Duration.ofDays(3))),
                        Tuple.tuple(NotificationKind.ACCESS_ENDED, OCTOBER.plus(SETTLE)));
    }

    @Test
    void a_late_renewal_comes_after_the_end_that_it_undoes() {
        canceledMembership();
        write(period("in_2", OCTOBER, OCTOBER.plus(Duration.ofDays(30))).build(), OCTOBER.plusSeconds(3_600));

        assertThat(events.readValuesToList())
                .extracting(EntitlementEvent::getDecidedAt)
                .containsExactly(NOON, OCTOBER, OCTOBER.plusSeconds(3_600));
    }

    @Test
    void records_of_others_that_are_ahead_bring_no_end_before_a_renewal() {
        canceledMembership();
        write(once("pi_1").setSubject("other").build(), OCTOBER.plus(Duration.ofDays(60)));
        driver.advanceWallClockTime(IDLE);
        write(period("in_2", OCTOBER, OCTOBER.plus(Duration.ofDays(30))).build(), OCTOBER.minusSeconds(3_600));

        assertThat(events.readValuesToList())
                .extracting(EntitlementEvent::getType)
                .doesNotContain(EntitlementEventType.EXPIRED);
    }

    @Test
    void without_records_time_passes_when_it_is_released_and_is_reached_after_a_commit() {
        canceledMembership();
        driver.advanceWallClockTime(Duration.ofDays(300));
        assertThat(events.readValuesToList())
                .as("the wall clock does not matter")
                .hasSize(1);

        time.release(OCTOBER);
        assertThat(time.reached(OCTOBER)).isFalse();
        driver.advanceWallClockTime(IDLE);
        assertThat(events.readValuesToList())
                .extracting(EntitlementEvent::getDecidedAt)
                .isEqualTo(List.of(OCTOBER));
        assertThat(time.reached(OCTOBER)).isFalse();
        driver.advanceWallClockTime(IDLE);
        assertThat(time.reached(OCTOBER)).isTrue();
        assertThat(time.reached(OCTOBER.plusMillis(1))).isFalse();
    }

    @Test
    void a_record_of_the_future_does_not_move_time_beyond_the_limit() {
        time.limit(NOON.plusSeconds(60));
        canceledMembership();
        write(once("pi_1").setSubject("other").build(), OCTOBER.plus(Duration.ofDays(60)));

        assertThat(events.readValuesToList())
                .extracting(EntitlementEvent::getDecidedAt)
                .containsExactly(NOON, NOON.plusSeconds(60));
    }
}

package ipn.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricTest {
    private final StageMeters stage = StageMeters.create();
    private final MeterRegistry meters = stage.registry();

    @AfterEach
    void close() {
        stage.close();
    }

    @ParameterizedTest
    @EnumSource(names = "^(JVM|PROCESS|SYSTEM)_.*", mode = EnumSource.Mode.MATCH_NONE)
    void each_is_shown_under_its_name_with_its_help_and_labels(Metric metric) {
        var values = metric.labels().stream().map(label -> "of-" + label).toArray(String[]::new);
        register(metric, values);
        var series = metric.series().replaceFirst("_total$", "");
        assertThat(stage.registry().scrape())
                .contains("# HELP " + metric.series() + " "
                        + metric.help().replace("`", "").replace("\\", "\\\\"))
                .contains("\n" + series);
        for (var label : metric.labels()) {
            assertThat(stage.registry().scrape()).contains(label + "=\"of-" + label + "\"");
        }
    }

    private void register(Metric metric, String... values) {
        if (metric.type() == MetricType.GAUGE) {
            metric.gauge(meters, 1, Integer::doubleValue, values);
        } else if (metric.type() == MetricType.COUNTER) {
            metric.counter(meters, values).increment();
        } else {
            metric.timer(meters, values).record(Duration.ofMillis(3));
        }
    }

    @Test
    void a_histogram_has_buckets_and_a_timer_has_none() {
        Metric.INGRESS_REQUEST_DURATION.timer(meters, "stripe", "main").record(Duration.ofMillis(3));
        Metric.INGRESS_EVENT_LOOP_LAG.timer(meters).record(Duration.ofMillis(3));
        assertThat(stage.registry().scrape())
                .contains(
                        "ipn_ingress_request_duration_seconds_bucket{account=\"main\",gateway=\"stripe\",le=\"0.005\"} 1")
                .contains("ipn_ingress_event_loop_lag_seconds_count 1")
                .doesNotContain("ipn_ingress_event_loop_lag_seconds_bucket");
    }

    @Test
    void a_gauge_shows_the_newest_object() {
        Metric.STAGE_RUNNING.gauge(meters, new AtomicInteger(1), AtomicInteger::get, "processor");
        Metric.STAGE_RUNNING.gauge(meters, new AtomicInteger(0), AtomicInteger::get, "processor");
        assertThat(stage.registry().scrape()).contains("ipn_stage_running{stage=\"processor\"} 0.0");
    }

    @Test
    void labels_and_type_must_be_those_of_the_table() {
        assertThatIllegalArgumentException().isThrownBy(() -> Metric.STAGE_THREAD_FAILURES.counter(meters));
        assertThatIllegalStateException().isThrownBy(() -> Metric.STAGE_RUNNING.counter(meters, "processor"));
    }

    @Test
    void names_are_different_and_follow_the_conventions() {
        assertThat(Arrays.stream(Metric.values()).map(Metric::series)).doesNotHaveDuplicates();
        for (var metric : Metric.values()) {
            assertThat(metric.series()).matches("[a-z][a-z0-9_]*");
            assertThat(metric.series().endsWith("_total"))
                    .as(metric.series())
                    .isEqualTo(metric.type() == MetricType.COUNTER);
            if (metric.type().isTimer()) {
                assertThat(metric.series()).endsWith("_seconds");
            }
        }
    }
}

package ipn.app.kill;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.polling.Polling;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * New settings are applied to what many users have paid, while the projector is killed with SIGKILL and the brake withholds most
 * revocations. Exactly those must change whom {@code ipn policy diff} names, as the {@link PlannedPurchases} say. A small run:
 * {@code -Dapply.payments=2000 -Dapply.kills=1}.
 */
@Tag("long")
@Timeout(3600)
class KilledApplyIT {
    private static final int PAYMENTS = Integer.getInteger("apply.payments", 100_000);
    private static final int KILLS = Integer.getInteger("apply.kills", 2);
    private static final int PARTITIONS = Integer.getInteger("apply.partitions", 4);
    /** Of the command that previews: all claims change, because all name another version. */
    private static final int HEAP_MIB = Integer.getInteger("apply.heap", 96);
    /** Of each kind of purchase, one in so many receives late events. */
    private static final int LATE = 20;

    private static final int EMITTED_AT_ONCE = Math.max(PARTITIONS, PAYMENTS / 50);
    private static final Duration STATUS_REPORTED = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final Instant now = Instant.now();
    private final Map<String, String> figures = new TreeMap<>();
    private ApplyPipeline pipeline;
    private PlannedPurchases planned;
    private PlannedOutcome outcome;

    @BeforeEach
    void start() throws IOException {
        pipeline = new ApplyPipeline(folder, PARTITIONS, EMITTED_AT_ONCE);
        planned = new PlannedPurchases(pipeline.settings().read(), now);
        outcome = new PlannedOutcome(planned, PAYMENTS);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (pipeline != null) {
            pipeline.close();
        }
    }

    @Test
    void exactly_those_change_whom_the_preview_names_although_the_projector_is_killed() throws Exception {
        var paid = load();
        assertThat(paid.repeated()).isEmpty();
        assertThat(outcome.before(paid)).isEmpty();

        pipeline.restartWithNewSettings();
        var late = lateEvents();
        nothingChanged(paid, late);

        var preview = preview();
        applyAndKill(preview.number("(\\d+) payment\\(s\\) and") + preview.number("and (\\d+) order"));
        theBrakeWithholds();
        release();
        var applied = pipeline.emitted();
        assertThat(applied.repeated()).isEmpty();
        assertThat(outcome.changes(late, applied)).isEmpty();
        assertThat(applied.access()).hasSize(PAYMENTS);
        assertThat(pipeline.topics().committed(TopicCatalogue.DLQ)).isEmpty();
        var again = pipeline.diff(HEAP_MIB, folder.resolve("nothing.csv"));
        assertThat(again.exitCode()).as(again.output()).isZero();
        figures.forEach((name, figure) -> System.out.printf("%-24s %s%n", name, figure));
    }

    private Emitted load() {
        var began = System.nanoTime();
        var written = 0;
        try (var writer = new RawWriter(pipeline.config())) {
            outcome.purchases().forEach(purchase -> {
                purchase.order().ifPresent(writer::order);
                purchase.deliveries().forEach(sent -> writer.deliver(sent, now));
            });
            written = writer.flush();
        }
        pipeline.awaitAllRead();
        figure("load", began, ", %d raw records and orders of %d purchases".formatted(written, PAYMENTS));
        return pipeline.emitted();
    }

    private Emitted lateEvents() {
        var count = 0;
        try (var writer = new RawWriter(pipeline.config())) {
            IntStream.range(0, PAYMENTS)
                    .filter(number -> number / PlannedPurchases.KINDS % LATE == 0)
                    .mapToObj(planned::purchase)
                    .forEach(purchase -> {
                        purchase.order().ifPresent(writer::order);
                        purchase.late().forEach(sent -> writer.deliver(sent, now));
                    });
            count = writer.flush();
        }
        assertThat(count).isPositive();
        pipeline.awaitAllRead();
        figures.put("late events", Integer.toString(count));
        return pipeline.emitted();
    }

    /** Only fees are booked. */
    private static void nothingChanged(Emitted paid, Emitted late) {
        assertThat(late.repeated()).isEmpty();
        assertThat(late.access().equals(paid.access())).as("access").isTrue();
        assertThat(late.opened().equals(paid.opened())).as("discrepancies").isTrue();
        assertThat(late.closed().equals(paid.closed())).as("discrepancies").isTrue();
        assertThat(late.notified().equals(paid.notified())).as("notifications").isTrue();
        assertThat(late.booked().equals(paid.booked())).as("fees are booked").isFalse();
    }

    private Preview preview() throws IOException, InterruptedException {
        var csv = folder.resolve("changes.csv");
        var result = pipeline.diff(HEAP_MIB, csv);
        assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
        figures.put(
                "policy diff",
                "%d s, at most %d MiB resident with a heap of %d MiB"
                        .formatted(result.duration().toSeconds(), result.residentMib(), HEAP_MIB));
        var preview = Preview.read(csv, result.output());
        assertThat(outcome.preview(preview.rows())).isEmpty();
        assertThat(preview.rows()).hasSizeGreaterThan(PAYMENTS / 3);
        assertThat(preview.number("(\\d+) discrepancies would open"))
                .isEqualTo(outcome.purchases().mapToLong(PlannedPurchase::opens).sum());
        assertThat(preview.number("open, (\\d+) would close"))
                .isEqualTo(
                        outcome.purchases().mapToLong(PlannedPurchase::closes).sum());
        figures.put("users who change", Integer.toString(preview.rows().size()));
        return preview;
    }

    private void applyAndKill(long total) throws IOException, InterruptedException {
        var began = System.nanoTime();
        var apply = pipeline.start(256, "policy", "apply", "--why", "settings were wrong", "--yes");
        for (var kill = 1; kill <= KILLS; kill++) {
            killInTheMiddle(kill, total * kill / (KILLS + 1), total);
        }
        var result = apply.await();
        assertThat(result.exitCode()).as(result.output()).isZero();
        var progress = pipeline.progress();
        assertThat(progress.complete()).isTrue();
        assertThat(progress.failed()).isZero();
        assertThat(progress.examined()).as("each once").isEqualTo(total);
        pipeline.awaitAllRead();
        figure("policy apply", began, ", with %d kills, %d payments and orders".formatted(KILLS, total));
    }

    private void killInTheMiddle(int kill, long from, long total) throws InterruptedException {
        var projector = pipeline.projector();
        assertThat(pipeline.awaitExamined(from))
                .as("%d of %d matched again; %s", from, total, projector.log())
                .isTrue();
        projector.kill();
        var at = pipeline.progress();
        assertThat(at.complete()).as("killed in the middle: %s", at).isFalse();
        assertThat(at.examined()).isBetween(1L, total - 1);
        var began = System.nanoTime();
        projector.restart();
        assertThat(pipeline.awaitExamined(at.examined() + 1))
                .as("continues; %s", projector.log())
                .isTrue();
        figure("restore after kill " + kill, began, ", killed at %d of %d".formatted(at.examined(), total));
    }

    private void theBrakeWithholds() {
        var taking = outcome.purchases().filter(PlannedPurchase::takesAccess).count();
        var withheld = taking - EMITTED_AT_ONCE;
        // the result is asserted below: its status is reported a moment later
        var unused = Polling.upTo(STATUS_REPORTED)
                .every(Duration.ofMillis(200))
                .until(() -> pipeline.brake().status().total().withheld() == withheld);
        var status = pipeline.brake().status();
        assertThat(status.engaged()).isTrue();
        assertThat(status.total().withheld()).isEqualTo(withheld);
        var emitted = Emitted.read(pipeline.topics());
        assertThat(emitted.repeated()).isEmpty();
        assertThat(outcome.purchases()
                        .filter(PlannedPurchase::takesAccess)
                        .filter(purchase ->
                                PlannedOutcome.access(emitted, purchase).equals(purchase.after())))
                .as("revocations before the brake engaged")
                .hasSize(EMITTED_AT_ONCE);
        assertThat(outcome.after(emitted, purchase -> !purchase.takesAccess()))
                .as("everything else is emitted")
                .isEmpty();
        figures.put("withheld by the brake", Long.toString(withheld));
    }

    private void release() throws IOException, InterruptedException {
        var result = pipeline.start(HEAP_MIB, "brake", "release", "--why", "the settings are right now")
                .await();
        assertThat(result.exitCode()).as(result.output()).isZero();
        pipeline.awaitAllRead();
        assertThat(Polling.upTo(STATUS_REPORTED)
                        .until(() -> pipeline.brake().status().idle()))
                .isTrue();
        figures.put("brake release", result.duration().toSeconds() + " s");
    }

    private void figure(String name, long began, String more) {
        figures.put(name, Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s" + more);
    }
}

package ipn.runtime.process;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.runtime.SafeCause;
import ipn.runtime.metrics.Metric;
import ipn.settings.ReadFiles;
import ipn.settings.Settings;
import ipn.settings.SettingsException;
import ipn.settings.SettingsUpdate;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the settings of a running stage again when their file, or a file of a secret that they name, has changed. Contents are compared,
 * because container platforms replace such files in ways that notifications of a file system do not show.
 */
public final class SettingsWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsWatch.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    /** What a stage does with settings that have changed. */
    @FunctionalInterface
    public interface Stage {
        /** @throws SettingsException if they have problems; the stage then continues with those that it has */
        SettingsUpdate update(Settings changed);
    }

    /**
     * How often the files are compared.
     *
     * @param every time between two comparisons
     * @param delay from when a change is seen until it is used
     */
    public record Times(Duration every, Duration delay) {}

    private final String name;
    private final Settings read;
    private final Stage stage;
    private final Times times;
    private final AtomicInteger problems = new AtomicInteger();
    private final AtomicInteger needRestart = new AtomicInteger();
    private final CredentialEnds secrets;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private ReadFiles files;

    private SettingsWatch(String name, Settings read, Stage stage, Times times, CredentialEnds secrets) {
        this.name = name;
        this.read = read;
        this.stage = stage;
        this.times = times;
        this.secrets = secrets;
        this.files = read.files();
        this.thread = new Thread(this::run, "settings-of-" + name);
        thread.setDaemon(true);
    }

    /**
     * Starts to compare.
     *
     * @param name of the stage
     * @param read the settings that it started with
     */
    public static SettingsWatch start(String name, Settings read, Stage stage, Times times, MeterRegistry meters) {
        var secrets = CredentialEnds.ofSecrets(name, meters, Clock.systemUTC());
        secrets.show(read.secretEnds());
        var watch = new SettingsWatch(name, read, stage, times, secrets);
        Metric.SETTINGS_PROBLEMS.gauge(meters, watch.problems, AtomicInteger::get, name);
        Metric.SETTINGS_RESTART_NEEDED.gauge(meters, watch.needRestart, AtomicInteger::get, name);
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            while (!stopped.await(times.every().toMillis(), TimeUnit.MILLISECONDS)) {
                if (files.changed() && !stopped.await(times.delay().toMillis(), TimeUnit.MILLISECONDS)) {
                    readAgain();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever is wrong with the new settings, the stage continues with those that it has, and the next change is read again. */
    private void readAgain() {
        files = files.now();
        try {
            use(read.readAgain());
        } catch (SettingsException e) {
            problems.set(e.problems().size());
            LOG.atError()
                    .addKeyValue("stage", name)
                    .addKeyValue("problems", e.problems())
                    .log("Settings have changed and have problems; the stage continues with the settings it has");
        } catch (RuntimeException e) {
            problems.set(1);
            LOG.atError()
                    .addKeyValue("stage", name)
                    .setCause(SafeCause.forLog(e))
                    .log("Settings have changed and cannot be used; the stage continues with the settings it has");
        }
    }

    private void use(Settings changed) {
        try {
            report(stage.update(changed));
            secrets.show(changed.secretEnds());
        } finally {
            files = changed.files(); // also those that a problem is about
        }
    }

    private void report(SettingsUpdate update) {
        problems.set(0);
        needRestart.set(update.needRestart().isEmpty() ? 0 : 1);
        Optional.of(update.used())
                .filter(keys -> !keys.isEmpty())
                .ifPresent(keys -> LOG.atInfo()
                        .addKeyValue("stage", name)
                        .addKeyValue("keys", keys)
                        .log("Settings have changed; the stage uses these keys from now on"));
        Optional.of(update.needRestart())
                .filter(keys -> !keys.isEmpty())
                .ifPresent(keys -> LOG.atWarn()
                        .addKeyValue("stage", name)
                        .addKeyValue("keys", keys)
                        .log("Settings have changed; the stage will use these keys after a restart"));
    }

    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join(STOP_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

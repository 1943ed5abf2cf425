package ipn.bench.alerts;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Stops a process (SIGSTOP) for most of the time, again and again, so that it runs, but slowly. */
final class Pulses implements AutoCloseable {
    private final long pid;
    private final int stoppedMillis;
    private final int runningMillis;
    private final Thread thread = new Thread(this::run, "pulses");

    private Pulses(long pid, int stoppedMillis, int runningMillis) {
        this.pid = pid;
        this.stoppedMillis = stoppedMillis;
        this.runningMillis = runningMillis;
    }

    static Pulses start(long pid, int stoppedMillis, int runningMillis) {
        var pulses = new Pulses(pid, stoppedMillis, runningMillis);
        pulses.thread.setDaemon(true);
        pulses.thread.start();
        return pulses;
    }

    private void run() {
        try {
            while (true) {
                signal("STOP");
                TimeUnit.MILLISECONDS.sleep(stoppedMillis);
                signal("CONT");
                TimeUnit.MILLISECONDS.sleep(runningMillis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it closes
        } catch (IOException e) {
            System.err.println("pulses: " + e.getMessage()); // the process has ended
        }
    }

    private void signal(String name) throws IOException, InterruptedException {
        var exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException(
                    "kill -%s %d: exit code %d (expected: a process that runs)".formatted(name, pid, exit));
        }
    }

    /** The process runs again as it should. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
            signal("CONT");
        } catch (IOException e) {
            System.err.println("pulses: " + e.getMessage()); // the process has ended
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

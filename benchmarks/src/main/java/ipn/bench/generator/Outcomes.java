package ipn.bench.generator;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What became of each call of a round. Each call is recorded once, in any thread; read after the end of the round. */
public final class Outcomes {
    /** The status of a call without a response. */
    public static final int NO_RESPONSE = 0;

    private static final long MICROS_MAX = TimeUnit.MINUTES.toMicros(10);

    private final short[] statuses;
    private final long[] dueNanos;
    private final long[] doneNanos;
    private final long[] fingerprints;

    /** @param fingerprints of the bodies of all calls, see {@link Fingerprint} */
    public Outcomes(long[] fingerprints) {
        this.fingerprints = fingerprints.clone();
        statuses = new short[fingerprints.length];
        dueNanos = new long[fingerprints.length];
        doneNanos = new long[fingerprints.length];
    }

    /**
     * Records a call.
     *
     * @param due and done: after the begin of the round
     */
    public void record(int call, int status, long due, long done) {
        statuses[call] = (short) status;
        dueNanos[call] = due;
        doneNanos[call] = done;
    }

    public int count() {
        return statuses.length;
    }

    public int status(int call) {
        return statuses[call];
    }

    public long fingerprint(int call) {
        return fingerprints[call];
    }

    /** Selects calls by their status. */
    @FunctionalInterface
    public interface Statuses {
        /** 2xx. */
        Statuses ACKNOWLEDGED = status -> status >= 200 && status < 300;
        /** An error of the server, after which a sender repeats the call. */
        Statuses REFUSED = status -> status >= 500;

        boolean contains(int status);
    }

    /** The number of calls by status. */
    public Map<Integer, Integer> statuses() {
        var counts = new TreeMap<Integer, Integer>();
        for (var status : statuses) {
            counts.merge((int) status, 1, Integer::sum);
        }
        return counts;
    }

    /** The number of calls with such a status. */
    public int count(Statuses which) {
        var count = 0;
        for (var status : statuses) {
            count += which.contains(status) ? 1 : 0;
        }
        return count;
    }

    /** The time of the last response, in seconds after the begin. */
    public double seconds() {
        return Arrays.stream(doneNanos).max().orElse(0) / 1e9;
    }

    /** From when a call was due until its response, in microseconds. */
    public Histogram micros(Statuses which) {
        return micros(which, 0, Double.MAX_VALUE);
    }

    /**
     * As {@link #micros(Statuses)}, of calls that were due in an interval.
     *
     * @param from in seconds after the begin
     */
    public Histogram micros(Statuses which, double from, double until) {
        var micros = new Histogram(MICROS_MAX, 3);
        for (var call = 0; call < statuses.length; call++) {
            var due = dueNanos[call] / 1e9;
            if (due >= from && due < until && which.contains(statuses[call])) {
                var latency = TimeUnit.NANOSECONDS.toMicros(doneNanos[call] - dueNanos[call]);
                micros.recordValue(Math.min(MICROS_MAX, Math.max(0, latency)));
            }
        }
        return micros;
    }

    /** The number of calls with such a status whose response arrived in an interval. */
    public int answered(Statuses which, double from, double until) {
        var count = 0;
        for (var call = 0; call < statuses.length; call++) {
            var done = doneNanos[call] / 1e9;
            if (done >= from && done < until && which.contains(statuses[call])) {
                count++;
            }
        }
        return count;
    }

    /** Writes them to a file, for another process. */
    void write(Path file) throws IOException {
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(statuses.length);
            for (var call = 0; call < statuses.length; call++) {
                out.writeShort(statuses[call]);
                out.writeLong(dueNanos[call]);
                out.writeLong(doneNanos[call]);
                out.writeLong(fingerprints[call]);
            }
        }
    }

    /** Reads the file that another process wrote. */
    static Outcomes read(Path file) throws IOException {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            var outcomes = new Outcomes(new long[in.readInt()]);
            for (var call = 0; call < outcomes.count(); call++) {
                outcomes.record(call, in.readShort(), in.readLong(), in.readLong());
                outcomes.fingerprints[call] = in.readLong();
            }
            return outcomes;
        }
    }
}

package ipn.access.http;

import ipn.runtime.caller.Caller;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes in the log who read what, but not about whom. A person has a line for each answer; the answers to a service, of which there can be
 * thousands a second, are added up. Thread-safe.
 */
public final class ReadAudit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReadAudit.class);
    /** More than there are callers, routes and statuses; above it the sums are noted early. */
    private static final int SUMS_MAX = 10_000;

    private final Map<Read, Sum> sums = new HashMap<>();

    /**
     * What one line is about.
     *
     * @param route path of the question without its id
     */
    public record Read(String caller, String route, int status) {}

    private static final class Sum {
        private long questions;
        private long rows;
    }

    /**
     * Notes one answer.
     *
     * @param rows decisions about access that it shows
     */
    public void note(Caller caller, String route, int status, int rows) {
        var read = new Read(caller.name(), route, status);
        if (caller.isPerson()) {
            log(read, 1, rows);
        } else {
            add(read, rows);
        }
    }

    private synchronized void add(Read read, int rows) {
        if (sums.size() >= SUMS_MAX) {
            flush();
        }
        var sum = sums.computeIfAbsent(read, key -> new Sum());
        sum.questions++;
        sum.rows += rows;
    }

    /** Notes the sums since the last time. */
    public synchronized void flush() {
        sums.forEach((read, sum) -> log(read, sum.questions, sum.rows));
        sums.clear();
    }

    private static void log(Read read, long questions, long rows) {
        LOG.atInfo()
                .addKeyValue("caller", read.caller())
                .addKeyValue("route", read.route())
                .addKeyValue("status", read.status())
                .addKeyValue("questions", questions)
                .addKeyValue("rows", rows)
                .log("Requests answered");
    }

    @Override
    public void close() {
        flush();
    }
}

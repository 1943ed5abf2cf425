package ipn.runtime.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/**
 * Writes log lines to standard output, many at once: one system call for each request would cost a tenth of the ingress's processor time. A line waits for
 * at most 100 ms; a warning or an error is written at once, with all lines before it. What ends the JVM without its shutdown hooks loses the lines that wait.
 */
public final class BlockAppender extends OutputStreamAppender<ILoggingEvent> {
    private static final int BLOCK_BYTES = 32 * 1024;

    private OutputStream out = new FileOutputStream(FileDescriptor.out);
    private long waitMillis = 100;

    /** Writes to another stream. */
    void setOut(OutputStream other) {
        out = other;
    }

    void setWaitMillis(long millis) {
        waitMillis = millis;
    }

    @Override
    public void start() {
        setImmediateFlush(false);
        setOutputStream(new BufferedOutputStream(out, BLOCK_BYTES));
        super.start();
        var unused = getContext()
                .getScheduledExecutorService()
                .scheduleWithFixedDelay(this::flush, waitMillis, waitMillis, TimeUnit.MILLISECONDS);
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(this::writeAtOnceFromNowOn, "flush-log"));
        } catch (IllegalStateException e) { // the first line is logged while the JVM ends
            writeAtOnceFromNowOn();
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        super.append(event);
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            flush();
        }
    }

    private void flush() {
        streamWriteLock.lock();
        try {
            if (isStarted()) {
                getOutputStream().flush();
            }
        } catch (IOException e) {
            addError("standard output cannot be written", e);
        } finally {
            streamWriteLock.unlock();
        }
    }

    /** Other hooks log while they stop the stage. */
    void writeAtOnceFromNowOn() {
        setImmediateFlush(true);
        flush();
    }
}

package ipn.serde;

import ipn.polling.Polling;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Asks the registry again about a schema that it does not know: a replica of a registry may not have a schema yet that a producer has just
 * registered. The waits of a JVM are bounded, because any writer to a topic can name a schema that does not exist. Thread-safe.
 */
final class UnknownSchemas {
    /** For all deserializers of this JVM. */
    static final UnknownSchemas SHARED = new UnknownSchemas(Duration.ofMillis(500), System::nanoTime);

    private static final Duration PAUSE = Duration.ofMillis(50);
    /** Between two waits pass at least ten times the longest wait: records with unknown schemas cost at most a tenth of a thread. */
    private static final int REST_FACTOR = 10;

    private final Duration waitMax;
    private final LongSupplier nanos;
    private final AtomicLong nextWait;

    /** @param nanos a clock that only measures durations */
    UnknownSchemas(Duration waitMax, LongSupplier nanos) {
        this.waitMax = waitMax;
        this.nanos = nanos;
        this.nextWait = new AtomicLong(nanos.getAsLong());
    }

    /**
     * Reads a value, again while the registry does not know its schema.
     *
     * @throws SerializationException if it still does not, or for any other reason at once
     */
    <T> T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (SerializationException e) {
            if (!RegistryFailure.isUnknownSchema(e) || !mayWait()) {
                throw e;
            }
            return again(reading, e);
        }
    }

    private boolean mayWait() {
        var now = nanos.getAsLong();
        var next = nextWait.get();
        return now - next >= 0 && nextWait.compareAndSet(next, now + REST_FACTOR * waitMax.toNanos());
    }

    private <T> T again(Supplier<T> reading, SerializationException first) {
        var attempt = new Attempt<>(reading, first);
        Polling.upTo(waitMax).every(PAUSE).until(attempt::isOver);
        return attempt.result();
    }

    /** Tries to read; keeps the value, or the last failure. */
    private static final class Attempt<T> {
        private final Supplier<T> reading;
        private SerializationException failure;
        private Supplier<T> result;

        Attempt(Supplier<T> reading, SerializationException first) {
            this.reading = reading;
            this.failure = first;
            this.result = () -> {
                throw failure;
            };
        }

        boolean isOver() {
            try {
                var value = reading.get();
                result = () -> value;
                return true;
            } catch (SerializationException e) {
                failure = e;
                return !RegistryFailure.isUnknownSchema(e);
            }
        }

        T result() {
            return result.get();
        }
    }
}

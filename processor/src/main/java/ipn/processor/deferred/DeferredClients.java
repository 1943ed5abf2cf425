package ipn.processor.deferred;

import ipn.topics.ByteLimits;
import ipn.topics.KafkaSettings;
import java.time.Duration;
import java.util.Properties;

/** Settings of the consumer and the producer that move deferred records. */
record DeferredClients(KafkaSettings kafka) {
    private static final int KIB = 1024;
    /** Of one partition, and so of one account: then it is the turn of the next one. */
    private static final int TURN_BYTES = 64 * KIB;

    private static final int FETCH_BYTES_MAX = 4 * KIB * KIB;
    private static final int BUFFER_BYTES = 16 * KIB * KIB;

    /** After a kill, another process continues so soon. */
    private static final Duration SESSION = Duration.ofSeconds(10);

    Properties consumer(String group) {
        var settings = kafka.client();
        settings.put("group.id", group);
        settings.put("session.timeout.ms", Long.toString(SESSION.toMillis()));
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", "earliest");
        settings.put("max.poll.records", Integer.toString(BatchSize.MIN));
        settings.put("max.partition.fetch.bytes", Integer.toString(TURN_BYTES));
        settings.put("fetch.max.bytes", Integer.toString(FETCH_BYTES_MAX));
        return settings;
    }

    Properties producer() {
        var settings = kafka.client();
        settings.put("acks", "all");
        settings.put("enable.idempotence", "true");
        settings.put("linger.ms", "2");
        settings.put("buffer.memory", Integer.toString(BUFFER_BYTES));
        settings.put("max.request.size", Integer.toString(ByteLimits.LARGEST_RECORD));
        return settings;
    }
}

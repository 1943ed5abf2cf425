package ipn.twin.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.twin.TwinTopics;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/** Publishes the outbox in a thread: at once after a commit, and regularly for what a crash has left. A crash between publishing and deleting publishes again. */
@Component
class OutboxPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxPublisher.class);
    private static final int ROWS_MAX = 500;
    private static final long INTERVAL_MILLIS = 100;

    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final KafkaTemplate<String, byte[]> kafka;
    private final Semaphore filled = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "outbox-publisher");
    private volatile boolean open = true;

    OutboxPublisher(Outbox outbox, TransactionTemplate transaction, KafkaTemplate<String, byte[]> kafka) {
        this.outbox = outbox;
        this.transaction = transaction;
        this.kafka = kafka;
    }

    @PostConstruct
    void start() {
        thread.start();
    }

    @PreDestroy
    void close() throws InterruptedException {
        open = false;
        thread.join();
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void wake(Outbox.Filled event) {
        filled.release();
    }

    private void run() {
        while (open) {
            try {
                if (publishOrLog() < ROWS_MAX && filled.tryAcquire(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
                    filled.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private int publishOrLog() {
        try {
            return publish();
        } catch (RuntimeException e) {
            LOG.warn("The outbox is published again", e);
            return 0;
        }
    }

    /** Publishes the oldest rows; returns their number. */
    private int publish() {
        var published = transaction.execute(status -> {
            if (!outbox.tryLock()) {
                return 0;
            }
            var rows = outbox.oldest(ROWS_MAX);
            if (rows.isEmpty()) {
                return 0;
            }
            var sent = rows.stream()
                    .map(row -> kafka.send(
                            TwinTopics.ENTITLEMENTS, row.subject(), row.event().getBytes(UTF_8)))
                    .toList();
            kafka.flush();
            sent.forEach(CompletableFuture::join);
            outbox.delete(rows.stream().map(Outbox.Row::id).toList());
            return rows.size();
        });
        return published == null ? 0 : published;
    }
}

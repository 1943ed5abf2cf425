package ipn.ingress.log;

import ipn.gateway.AccountId;
import ipn.gateway.RateLimit;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Lets refunds and the like wait if they are more than a rate, so that a storm of them does not delay purchases. What waits is stored as safely, in a topic of
 * its own, from which the processor moves it. The records of one account are in one partition of it, so that many of one account do not delay the few of
 * others for long.
 *
 * @param topic full name of the topic of what waits
 * @param partitions of that topic
 * @param atOnce how many need not wait, of all accounts; without a limit nothing waits
 */
public record Deferral(String topic, int partitions, RateLimit atOnce) {
    /** Whether one more has to wait. */
    public boolean defers(long nowNanos) {
        return !atOnce.allows(nowNanos);
    }

    /** The same record in the topic of what waits. */
    public ProducerRecord<byte[], byte[]> deferred(AccountId account, ProducerRecord<byte[], byte[]> record) {
        var partition = Math.floorMod(account.path().hashCode(), partitions);
        return new ProducerRecord<>(topic, partition, record.key(), record.value(), record.headers());
    }
}

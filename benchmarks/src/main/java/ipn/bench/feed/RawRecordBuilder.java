package ipn.bench.feed;

import ipn.app.IpnConfig;
import ipn.bench.load.IngressCall;
import ipn.gateway.Accounts;
import ipn.gateway.Verdict;
import ipn.ingress.log.RawRecords;
import ipn.topics.TopicCatalogue;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Builds the raw records that the ingress writes of a call: it verifies and identifies the call as the ingress does. */
public record RawRecordBuilder(Accounts accounts, String topic) {
    /** With the accounts of a pipeline, for its topic of raw records. */
    public static RawRecordBuilder of(IpnConfig settings) {
        return new RawRecordBuilder(
                settings.accounts(), settings.kafka().topics().name(TopicCatalogue.RAW));
    }

    /**
     * The records of a call, one for each item.
     *
     * @param now when the call is received
     * @throws IllegalArgumentException if the call is not authentic
     */
    public List<ProducerRecord<byte[], byte[]>> records(IngressCall call, Instant now) {
        var name = call.gateway() + "/main";
        var account = accounts.byName().get(name);
        if (account == null) {
            throw new IllegalArgumentException("call: of %s (expected: a configured account)".formatted(name));
        }
        var delivery = call.outgoing().received(now);
        var verdict = account.authenticate(delivery, now).toCompletableFuture().join();
        if (verdict instanceof Verdict.Genuine genuine) {
            return RawRecords.of(topic, account, delivery, genuine, account.identify(delivery));
        }
        throw new IllegalArgumentException("call of %s: %s (expected: authentic)".formatted(name, verdict));
    }
}

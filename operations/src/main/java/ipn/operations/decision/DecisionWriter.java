package ipn.operations.decision;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.decision.DecisionRules;
import ipn.decision.Decisions;
import ipn.operations.Operator;
import ipn.operations.topic.ExclusiveWriter;
import ipn.operations.topic.Position;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes decisions of one person, each in a transaction. While it is open, no other writer of that person can write: what was read
 * after it was opened is all that the person has decided until the write.
 */
public final class DecisionWriter implements AutoCloseable {
    private final String topic;
    private final ExclusiveWriter writer;
    private final Serializer<Decision> values;

    private DecisionWriter(String topic, ExclusiveWriter writer, Serializer<Decision> values) {
        this.topic = topic;
        this.writer = writer;
        this.values = values;
    }

    /** Opens the writer of a person, and ends an earlier one that is still open. */
    public static DecisionWriter open(KafkaSettings kafka, AvroSerdes serdes, Operator who) {
        return new DecisionWriter(
                kafka.topics().name(TopicCatalogue.DECISIONS),
                ExclusiveWriter.open(kafka, "decision-" + idOf(who.person())),
                serdes.serializer(Decision.class));
    }

    /**
     * A decision that a person makes now, with the fields that all kinds have.
     *
     * @param about the payment key, order id, subject or other id that the target says
     */
    public static Decision.Builder draft(
            DecisionKind kind, DecisionTarget target, String about, Operator who, Instant at) {
        return Decision.newBuilder()
                .setDecisionId(UUID.randomUUID().toString())
                .setKind(kind)
                .setTarget(target)
                .setAbout(about)
                .setBy(who.by())
                .setAuthenticated(who.principal().filter(who.by()::equals).isPresent())
                .setPrincipal(who.principal().orElse(null))
                .setSource(who.source())
                .setAt(at.truncatedTo(ChronoUnit.MILLIS))
                .setWhy(who.requireReason().why().orElseThrow());
    }

    /**
     * The undo or the approval of a decision.
     *
     * @param all decisions about the same thing: the undo of one that counts after approval needs approval as well
     */
    public static Decision.Builder draft(
            DecisionKind kind, Decision decision, Decisions all, Operator who, Instant at) {
        return draft(kind, decision.getTarget(), decision.getAbout(), who, at)
                .setOf(decision.getDecisionId())
                .setNeedsApproval(kind == DecisionKind.UNDO && all.needsApproval(decision) && all.isApproved(decision));
    }

    /** @throws IllegalArgumentException if it breaks a rule; then nothing is written */
    public static void verify(Decision decision) {
        DecisionRules.violation(decision.getAbout(), decision).ifPresent(violation -> {
            throw new IllegalArgumentException(violation.detail());
        });
    }

    /**
     * Writes a decision and commits it.
     *
     * @throws IllegalArgumentException if it breaks a rule; then nothing is written
     */
    public Position write(Decision decision) {
        return writer.write(List.of(record(topic, values, decision))).get(0);
    }

    /**
     * The record of a decision, for a writer that writes in the same transaction what the decision is about.
     *
     * @param topic full name of the topic
     * @throws IllegalArgumentException if the decision breaks a rule
     */
    public static ProducerRecord<byte[], byte[]> record(String topic, Serializer<Decision> values, Decision decision) {
        verify(decision);
        return new ProducerRecord<>(topic, decision.getAbout().getBytes(UTF_8), values.serialize(topic, decision));
    }

    /** Transactional ids are names of the cluster: a person's name may have any characters, so its UUID of type 3 is used. */
    private static String idOf(String by) {
        return UUID.nameUUIDFromBytes(by.getBytes(UTF_8)).toString();
    }

    @Override
    public void close() {
        values.close();
        writer.close();
    }
}

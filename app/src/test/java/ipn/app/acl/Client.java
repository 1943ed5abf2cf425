package ipn.app.acl;

import ipn.topics.TopicCatalogue;
import ipn.topics.TopicSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One principal, which tries what it can. Each act returns the error of the broker; empty: the broker permitted it. */
final class Client implements AutoCloseable {
    private static final Duration REFUSED_WITHIN = Duration.ofSeconds(10);

    private final TopicCatalogue topics;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    Client(Map<String, String> settings, TopicCatalogue topics) {
        this.topics = topics;
        var properties = new HashMap<String, Object>(settings);
        // an idempotent producer asks for more rights, and would be refused before it tries to write
        properties.put("enable.idempotence", "false");
        properties.put("max.block.ms", REFUSED_WITHIN.toMillis());
        admin = Admin.create(new HashMap<>(settings));
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    Optional<AuthorizationException> read(String topic) {
        var partition = new TopicPartition(topic, 0);
        return attempt(() -> {
            consumer.assign(List.of(partition));
            consumer.seek(partition, 0);
            var end = System.nanoTime() + REFUSED_WITHIN.toNanos();
            while (System.nanoTime() < end
                    && consumer.poll(Duration.ofMillis(50)).isEmpty()) {
                // the refusal arrives with the metadata or with the first fetch
            }
            return consumer;
        });
    }

    Optional<AuthorizationException> write(String topic) {
        return attempt(() -> producer.send(new ProducerRecord<>(topic, 0, null, new byte[] {1}))
                .get());
    }

    /** Changes the offsets of a group, as each of its members can. */
    Optional<AuthorizationException> joinGroup(String group) {
        var offsets = Map.of(new TopicPartition(topics.name(TopicCatalogue.RAW), 0), new OffsetAndMetadata(0));
        return attempt(
                () -> admin.alterConsumerGroupOffsets(group, offsets).all().get());
    }

    /** Fences the producer with this id, as the start of another one does. */
    Optional<AuthorizationException> useTransactionalId(String id) {
        return attempt(() -> admin.fenceProducers(Set.of(id)).all().get());
    }

    Optional<AuthorizationException> createTopic(String topic) {
        return attempt(() -> admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                .all()
                .get());
    }

    Optional<AuthorizationException> deleteTopic(String topic) {
        return attempt(() -> admin.deleteTopics(List.of(topic)).all().get());
    }

    Optional<AuthorizationException> deleteRecords(String topic) {
        var all = Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(-1));
        return attempt(() -> admin.deleteRecords(all).all().get());
    }

    Optional<AuthorizationException> alterTopic(String topic) {
        var shorter = new AlterConfigOp(new ConfigEntry("retention.ms", "1"), AlterConfigOp.OpType.SET);
        return attempt(() -> admin.incrementalAlterConfigs(
                        Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(shorter)))
                .all()
                .get());
    }

    /** Grants everybody everything. */
    Optional<AuthorizationException> createAcl() {
        var all = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, ResourcePattern.WILDCARD_RESOURCE, PatternType.LITERAL),
                new AccessControlEntry("User:*", "*", AclOperation.ALL, AclPermissionType.ALLOW));
        return attempt(() -> admin.createAcls(List.of(all)).all().get());
    }

    Optional<AuthorizationException> listAcls() {
        return attempt(() -> admin.describeAcls(AclBindingFilter.ANY).values().get());
    }

    /** The names of the topics of the catalogue with which the broker permits the operation. */
    List<String> permitted(AclOperation operation) throws Exception {
        var names = topics.specs().stream().map(TopicSpec::name).toList();
        var visible = admin.listTopics().names().get();
        var described = admin.describeTopics(
                        names.stream()
                                .map(topics::name)
                                .filter(visible::contains)
                                .toList(),
                        new org.apache.kafka.clients.admin.DescribeTopicsOptions().includeAuthorizedOperations(true))
                .allTopicNames()
                .get();
        return names.stream()
                .filter(name -> described.containsKey(topics.name(name))
                        && described
                                .get(topics.name(name))
                                .authorizedOperations()
                                .contains(operation))
                .toList();
    }

    private static Optional<AuthorizationException> attempt(Callable<?> act) {
        try {
            act.call();
            return Optional.empty();
        } catch (AuthorizationException e) {
            return Optional.of(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException refused) {
                return Optional.of(refused);
            }
            throw new IllegalStateException("failed for another reason", e);
        } catch (Exception e) {
            throw new IllegalStateException("failed for another reason", e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        consumer.close();
        admin.close(Duration.ZERO);
    }
}

package ipn.operations.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import ipn.avro.Order;
import ipn.avro.Outcome;
import ipn.avro.RejectedAttempt;
import ipn.embedded.EmbeddedRegistry;
import ipn.operations.OperationFailedException;
import ipn.operations.schema.SchemaAdmin.Difference;
import ipn.operations.schema.SchemaAdmin.Kind;
import ipn.settings.Settings;
import ipn.settings.SettingsException;
import ipn.topics.KafkaSettings;
import ipn.topics.SchemaCheck;
import ipn.topics.TopicCatalogue;
import ipn.topics.TopicSchema;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a registry over HTTP. */
class SchemaAdminTest {
    private static final List<TopicSchema> ALL = TopicSchema.allOf(TopicCatalogue.defaults());

    @TempDir
    Path folder;

    private EmbeddedRegistry registry;
    private KafkaSettings kafka;

    @BeforeEach
    void start() {
        registry = EmbeddedRegistry.start(folder.resolve("schemas.json"), 0);
        var settings = Settings.parse("schema-registry: {max.retries: 0}", Map.of(), Path.of(""));
        kafka = KafkaSettings.from(settings, "127.0.0.1:1", registry.url());
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void registers_every_schema_as_programs_look_it_up_and_does_nothing_the_second_time() throws Exception {
        var admin = new SchemaAdmin(kafka, ALL);
        assertThat(admin.check()).hasSameSizeAs(ALL).allMatch(each -> each.kind() == Kind.MISSING);

        var applied = admin.apply();

        assertThat(applied.corrected()).hasSameSizeAs(ALL);
        assertThat(applied.remaining()).isEmpty();
        assertThat(admin.check()).isEmpty();
        assertThat(admin.apply().corrected()).isEmpty();
        try (var serializer = kafka.serdes().serializer(RejectedAttempt.class)) {
            assertThat(serializer.serialize(name(TopicCatalogue.REJECTED), attempt()))
                    .isNotEmpty();
        }
        try (var client = kafka.registryClient()) {
            assertThat(client.getAllSubjects())
                    .containsExactlyInAnyOrderElementsOf(
                            ALL.stream().map(TopicSchema::subject).toList());
            for (var schema : ALL) {
                assertThat(client.getAllVersions(schema.subject())).containsExactly(1);
            }
        }
    }

    @Test
    void a_program_registers_nothing_and_its_stage_says_before_the_start_what_is_missing() throws Exception {
        try (var serializer = kafka.serdes().serializer(RejectedAttempt.class)) {
            assertThatThrownBy(() -> serializer.serialize(name(TopicCatalogue.REJECTED), attempt()))
                    .isInstanceOf(SerializationException.class);
        }
        try (var client = kafka.registryClient()) {
            assertThat(client.getAllSubjects()).isEmpty();
        }
        assertThatThrownBy(() -> SchemaCheck.require(kafka, ALL))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(
                        "schema-registry.url: " + registry.url()
                                + " (expected: a registry with the schemas of this build; run 'ipn schemas apply' before the stage; missing: ipn.outcomes-value, ");

        new SchemaAdmin(kafka, ALL).apply();
        SchemaCheck.require(kafka, ALL);
    }

    @Test
    void a_registry_that_does_not_answer_proves_nothing_about_schemas() {
        registry.close();
        SchemaCheck.require(kafka, ALL);
        assertThatThrownBy(() -> new SchemaAdmin(kafka, ALL).check())
                .isInstanceOf(OperationFailedException.class)
                .hasMessageContaining(
                        registry.url() + ": no answer (expected: a schema registry at schema-registry.url)");
    }

    @Test
    void a_compatible_schema_is_registered_as_a_version_and_an_incompatible_one_never() throws Exception {
        var orders = new TopicSchema("ipn.orders", Order.class);
        var outcomes = new TopicSchema("ipn.outcomes", Outcome.class);
        var admin = new SchemaAdmin(kafka, List.of(orders, outcomes));
        try (var client = kafka.registryClient()) {
            client.register(orders.subject(), new AvroSchema(withoutDoc(orders.schema())));
            client.register(outcomes.subject(), new AvroSchema("\"int\""));
        }

        assertThat(admin.check())
                .extracting(Difference::subject, Difference::kind)
                .containsExactly(
                        tuple("ipn.orders-value", Kind.DIFFERENT), tuple("ipn.outcomes-value", Kind.INCOMPATIBLE));
        var applied = admin.apply();
        assertThat(applied.corrected()).extracting(Difference::subject).containsExactly("ipn.orders-value");
        assertThat(applied.remaining())
                .singleElement()
                .satisfies(each ->
                        assertThat(each.detail()).startsWith("version 1: the new schema cannot read old records"));

        assertThat(admin.check()).isEqualTo(applied.remaining());
        try (var client = kafka.registryClient()) {
            assertThat(client.getAllVersions(orders.subject())).containsExactly(1, 2);
            assertThat(client.getAllVersions(outcomes.subject())).containsExactly(1);
        }
    }

    @Test
    void a_subject_that_would_accept_an_incompatible_schema_is_reported_and_corrected() throws Exception {
        // Confluent's own registry in this process, because the embedded one knows no other level
        var scope = "mock://levels";
        var mocked = new KafkaSettings(
                Map.of(),
                Map.of("schema.registry.url", scope, "auto.register.schemas", "false"),
                TopicCatalogue.defaults());
        var schema = new TopicSchema("ipn.orders", Order.class);
        var admin = new SchemaAdmin(mocked, List.of(schema));
        admin.apply();
        try (var client = mocked.registryClient()) {
            client.updateCompatibility(schema.subject(), "BACKWARD");
        }

        assertThat(admin.check()).containsExactly(new Difference(schema.subject(), Kind.LEVEL, "BACKWARD"));
        assertThat(admin.apply().corrected()).hasSize(1);
        assertThat(admin.check()).isEmpty();
    }

    private String name(String topic) {
        return kafka.topics().name(topic);
    }

    private static RejectedAttempt attempt() {
        return new RejectedAttempt(
                "stripe", "main", "SIGNATURE_WRONG", 1, "00", List.of(), 0L, Instant.ofEpochMilli(1));
    }

    private static Schema withoutDoc(Schema schema) {
        var bare = Schema.createRecord(schema.getName(), "another text", schema.getNamespace(), false);
        bare.setFields(schema.getFields().stream()
                .map(field -> new Schema.Field(field, field.schema()))
                .toList());
        return bare;
    }
}

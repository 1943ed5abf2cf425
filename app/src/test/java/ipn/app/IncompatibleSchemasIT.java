package ipn.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import ipn.app.stack.Announcer;
import ipn.app.stack.Stack;
import ipn.app.stack.StackPlan;
import ipn.app.stack.Stage;
import ipn.embedded.EmbeddedRegistry;
import ipn.settings.Settings;
import ipn.topics.KafkaSettings;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncompatibleSchemasIT {
    @TempDir
    Path data;

    @Test
    void an_embedded_stack_does_not_start_on_data_of_another_build() throws Exception {
        try (var registry = EmbeddedRegistry.start(data.resolve("schemas.json"), 0);
                var client = KafkaSettings.from(Settings.empty(), "127.0.0.1:1", registry.url())
                        .registryClient()) {
            assertThat(client.register("ipn.orders-value", new AvroSchema("\"int\"")))
                    .isPositive();
        }
        var ports = FreePorts.variables();
        var plan = new StackPlan(SettingsSource.builtIn(ports), data, EnumSet.range(Stage.INGRESS, Stage.PROJECTOR));

        assertThatThrownBy(() -> Stack.start(plan, Announcer.SILENT))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(
                        "schemas: incompatible with those of the build that wrote the data: ipn.orders-value, version 1: ")
                .hasMessageContaining("choose another folder with --data");
    }
}

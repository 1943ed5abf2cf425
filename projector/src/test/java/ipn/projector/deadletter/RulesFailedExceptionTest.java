package ipn.projector.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.net.ConnectException;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class RulesFailedExceptionTest {
    @Test
    void a_rule_that_fails_has_a_type_of_its_own() {
        assertThat(RulesFailedException.<String>guard(() -> "derived")).isEqualTo("derived");
        assertThatThrownBy(() -> RulesFailedException.guard(() -> {
                    throw new IllegalStateException("bug");
                }))
                .isInstanceOf(RulesFailedException.class)
                .hasRootCauseMessage("bug");
    }

    @Test
    void while_the_registry_is_unavailable_nothing_is_known_about_the_record() {
        var unavailable = new SerializationException("registry", new ConnectException("refused"));
        assertThatThrownBy(() -> RulesFailedException.guard(() -> {
                    throw unavailable;
                }))
                .isSameAs(unavailable);
    }

    /**
     * Where a node receives a record nothing has been written yet; a helper of a node cannot know. The clock has no record, and catches what
     * it guards.
     */
    @Test
    void only_nodes_guard_their_rules_and_only_where_they_receive_a_record() {
        var guard = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("ipn.projector")
                .get(RulesFailedException.class)
                .getMethod("guard", Supplier.class);
        assertThat(guard.getCallsOfSelf())
                .filteredOn(call ->
                        !call.getOriginOwner().getName().equals(getClass().getName()))
                .filteredOn(call -> !call.getOriginOwner().getSimpleName().equals("ClockWork"))
                .isNotEmpty()
                .allSatisfy(call -> assertThat(call.getOrigin().getName())
                        .as(call.getDescription())
                        .isEqualTo("process"));
    }
}

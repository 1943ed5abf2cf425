package ipn.projector.brake;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.BrakeAction;
import ipn.avro.BrakeCommand;
import ipn.avro.BrakeSlot;
import ipn.avro.PartitionBrake;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrakeCommandsTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final List<BrakeSlot> EMITTED = List.of(new BrakeSlot(7L, 3));

    @Test
    void a_command_with_a_text_longer_than_people_write_is_not_accepted() {
        var command = BrakeCommand.newBuilder()
                .setCommandId("c_1")
                .setAction(BrakeAction.RELEASE)
                .setBy("anna")
                .setReason("r".repeat(BrakeCommands.TEXT_MAX + 1))
                .setAt(Instant.EPOCH);
        assertThat(BrakeCommands.accept(Brake.RELEASED, command.build())).isSameAs(Brake.RELEASED);
        assertThat(BrakeCommands.accept(Brake.RELEASED, command.setReason("r").build())
                        .getCommands())
                .hasSize(1);
    }

    @Test
    void a_release_of_what_is_withheld_begins_the_window_anew() {
        var released = BrakeCommands.accept(withholding(2), command("c1", BrakeAction.RELEASE));
        assertThat(released.getWindow()).isEmpty();
        assertThat(released.getSince()).isNull();
    }

    @Test
    void a_discard_keeps_what_was_emitted_in_the_window() {
        var discarded = BrakeCommands.accept(withholding(2), command("c1", BrakeAction.DISCARD));
        assertThat(discarded.getWindow()).isEqualTo(EMITTED);
        assertThat(discarded.getSince()).isNull();
    }

    @Test
    void a_partition_that_withholds_nothing_keeps_its_window_too() {
        var released = BrakeCommands.accept(withholding(0), command("c1", BrakeAction.RELEASE));
        assertThat(released.getWindow()).isEqualTo(EMITTED);
        assertThat(BrakeCommands.current(released)).isPresent();
    }

    @Test
    void many_commands_wait_for_each_other_and_one_too_many_is_not_accepted() {
        var brake = withholding(2);
        for (var number = 1; number <= 64; number++) {
            brake = BrakeCommands.accept(brake, command("c" + number, BrakeAction.RELEASE));
        }
        assertThat(brake.getCommands()).hasSize(64);
        assertThat(BrakeCommands.accept(brake, command("c65", BrakeAction.RELEASE)))
                .isSameAs(brake);
    }

    private static PartitionBrake withholding(long withheld) {
        return PartitionBrake.newBuilder(Brake.RELEASED)
                .setSince(NOON)
                .setWhy("too many refunds")
                .setWindow(EMITTED)
                .setWithheld(withheld)
                .build();
    }

    private static BrakeCommand command(String id, BrakeAction action) {
        return new BrakeCommand(id, action, "ada", "looked into", NOON);
    }
}

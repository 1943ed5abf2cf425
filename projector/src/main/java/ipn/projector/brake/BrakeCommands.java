package ipn.projector.brake;

import ipn.avro.BrakeAction;
import ipn.avro.BrakeCommand;
import ipn.avro.PartitionBrake;
import ipn.avro.PendingBrakeCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Commands about withheld revocations: each is accepted once, and completed one after the other. */
public final class BrakeCommands {
    /** More pending commands than people give; as many ids of completed ones are kept, to know one that comes again. */
    static final int AT_ONCE_MAX = 64;
    /** Characters of an id, a name or a reason. */
    static final int TEXT_MAX = 1_000;

    private BrakeCommands() {}

    /**
     * Accepts a command. It is about what is withheld now; from now on the brake is released. Where what is withheld is emitted, the
     * window begins anew; what is discarded, or withheld in another partition, makes no room for more.
     *
     * @return the same object where the command is known already, has an unknown action or a text that is too long, or is one too many
     */
    public static PartitionBrake accept(PartitionBrake brake, BrakeCommand command) {
        if (isAccepted(brake, command) || command.getAction() == BrakeAction.UNKNOWN || isTooLong(command)) {
            return brake;
        }
        if (brake.getCommands().size() >= AT_ONCE_MAX) {
            return brake;
        }
        var commands = new ArrayList<>(brake.getCommands());
        commands.add(new PendingBrakeCommand(command, brake.getLastNumber()));
        var emits = command.getAction() == BrakeAction.RELEASE && brake.getWithheld() > 0;
        return PartitionBrake.newBuilder(brake)
                .setCommands(commands)
                .setSince(null)
                .setWhy(null)
                .setWindow(emits ? List.of() : brake.getWindow())
                .build();
    }

    private static boolean isTooLong(BrakeCommand command) {
        return Stream.of(command.getCommandId(), command.getBy(), command.getReason())
                .anyMatch(text -> text.length() > TEXT_MAX);
    }

    public static boolean isAccepted(PartitionBrake brake, BrakeCommand command) {
        var pendingIds =
                brake.getCommands().stream().map(pending -> pending.getCommand().getCommandId());
        return Stream.concat(brake.getCompleted().stream(), pendingIds).anyMatch(command.getCommandId()::equals);
    }

    /** The pending command to carry out; empty: none. */
    public static Optional<PendingBrakeCommand> current(PartitionBrake brake) {
        return brake.getCommands().stream().findFirst();
    }

    /** After the pending command was carried out. */
    public static PartitionBrake complete(PartitionBrake brake) {
        var command = brake.getCommands().get(0).getCommand();
        var completed = new ArrayList<>(brake.getCompleted());
        completed.add(command.getCommandId());
        return PartitionBrake.newBuilder(brake)
                .setCommands(brake.getCommands().subList(1, brake.getCommands().size()))
                .setCompleted(completed.subList(Math.max(0, completed.size() - AT_ONCE_MAX), completed.size()))
                .setLastCommand(command)
                .build();
    }
}

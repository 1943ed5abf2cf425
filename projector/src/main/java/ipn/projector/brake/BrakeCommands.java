package ipn.projector.brake;

import ipn.avro.BrakeCommand;
import ipn.avro.PendingBrakeCommand;
import ipn.avro.PartitionBrake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What people decide about what is withheld, and how far it is carried out. One after the other, each once. */
public final class BrakeCommands {
    public static final String RELEASE = "RELEASE";
    public static final String DISCARD = "DISCARD";

    /** More commands at once than people give, and ids remembered to know one that comes again. */
    static final int AT_ONCE_MAX = 64;

    private BrakeCommands() {}

    /**
     * A command arrives. It is about what is withheld now; from now on the brake is released. Where what is withheld is to be told,
     * the window begins anew; what is dropped, or is withheld elsewhere, makes no room for more.
     *
     * @return the very same where the command is known already, says nothing that can be done, or is one too many
     */
    public static PartitionBrake given(PartitionBrake brake, BrakeCommand command) {
        if (isKnown(brake, command) || !Set.of(RELEASE, DISCARD).contains(command.getAction())) {
            return brake;
        }
        if (brake.getCommands().size() >= AT_ONCE_MAX) {
            return brake;
        }
        var orders = new ArrayList<>(brake.getCommands());
        orders.add(new PendingBrakeCommand(command, brake.getLastNumber()));
        var anew = command.getAction().equals(RELEASE) && brake.getWithheld() > 0;
        return PartitionBrake.newBuilder(brake)
                .setCommands(orders)
                .setSince(null)
                .setWhy(null)
                .setWindow(anew ? List.of() : brake.getWindow())
                .build();
    }

    public static boolean isKnown(PartitionBrake brake, BrakeCommand command) {
        var pending = brake.getCommands().stream().map(order -> order.getCommand().getCommandId());
        return Stream.concat(brake.getCompleted().stream(), pending).anyMatch(command.getCommandId()::equals);
    }

    /** The command to go on with. */
    public static Optional<PendingBrakeCommand> current(PartitionBrake brake) {
        return brake.getCommands().stream().findFirst();
    }

    /** The command gone on with is carried out. */
    public static PartitionBrake carriedOut(PartitionBrake brake) {
        var command = brake.getCommands().get(0).getCommand();
        var done = new ArrayList<>(brake.getCompleted());
        done.add(command.getCommandId());
        return PartitionBrake.newBuilder(brake)
                .setCommands(brake.getCommands().subList(1, brake.getCommands().size()))
                .setCompleted(done.subList(Math.max(0, done.size() - AT_ONCE_MAX), done.size()))
                .setLastCommand(command)
                .build();
    }
}

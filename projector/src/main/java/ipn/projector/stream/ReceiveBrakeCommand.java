package ipn.projector.stream;

import ipn.avro.BrakeCommand;
import ipn.projector.brake.BrakeCommands;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts commands about the brake of this partition; the clock carries them out. */
public final class ReceiveBrakeCommand extends ContextualProcessor<String, BrakeCommand, Void, Void> {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiveBrakeCommand.class);

    private final ProjectorMeters meters;
    private @Nullable BrakeStore brake;

    public ReceiveBrakeCommand(ProjectorMeters meters) {
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        super.init(context);
        brake = new BrakeStore(context, meters);
    }

    @Override
    public void process(Record<String, BrakeCommand> record) {
        var stores = Objects.requireNonNull(brake);
        var command = record.value();
        var before = stores.read();
        var after = BrakeCommands.accept(before, command);
        stores.write(before, after);
        LOG.atInfo()
                .addKeyValue("partition", context().taskId().partition())
                .addKeyValue("command", command.getCommandId())
                .addKeyValue("action", command.getAction())
                .log(
                        before.equals(after)
                                ? "Brake command not accepted: known already, unknown action, a text of more than 1000 characters, or too many pending"
                                : "Brake command accepted");
    }
}

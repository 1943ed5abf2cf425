package ipn.app.rebuild;

import ipn.app.UserException;
import ipn.app.disk.Folders;
import ipn.app.rebuild.Slices.Slice;
import ipn.operations.topic.Progress;
import ipn.runtime.process.Closing;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/**
 * Runs a history again. The topics of the pipeline are only read. An interrupted run is continued by the next one: the copy and the stages commit
 * how far they are with what they write.
 */
public final class Rebuild {
    private static final double NANOS = 1e9;

    private final RebuildPlan plan;
    private final Clock clock;
    private final Progress progress;
    private final long began = System.nanoTime();
    private long recordsBefore;

    /** @param clock says when the inputs of a new rebuild end */
    public Rebuild(RebuildPlan plan, Clock clock, Progress progress) {
        this.plan = plan;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Runs it to its end.
     *
     * @param fresh deletes what an earlier rebuild left
     * @param closing what runs meanwhile, to be closed if the JVM ends first
     * @return the state at the end
     * @throws UserException if the topics are those of another rebuild, or of one that is done
     */
    public RebuildState run(boolean fresh, Closing closing) {
        var known = prepare(fresh);
        var copy = closing.add("copy", InputCopy.open(plan));
        var state = known.orElseGet(() -> copy.begin(clock.instant()));
        recordsBefore = state.records();
        var stages = closing.add("stages", new RebuildStages(plan, state.atTime()));
        var done = run(copy, stages, state).finished();
        copy.finish(done);
        closing.close();
        return done;
    }

    /** The state to continue with; empty: nothing was copied yet. */
    private Optional<RebuildState> prepare(boolean fresh) {
        var topics = plan.topics();
        try (var admin = Admin.create(plan.live().client())) {
            if (fresh) {
                topics.delete(admin);
                if (Files.exists(plan.data())) {
                    Folders.delete(plan.data());
                }
            }
            var existing = topics.existing(admin);
            if (!existing.isEmpty() && !existing.contains(topics.progress())) {
                throw UserException.problem(
                        "%s: topics that no rebuild made, such as %s (expected: another --to-prefix)"
                                .formatted(topics.prefix(), existing.iterator().next()));
            }
            topics.create(admin);
        }
        var known = RebuildLog.read(topics);
        known.ifPresent(this::requireSame);
        return known;
    }

    private void requireSame(RebuildState state) {
        var prefix = plan.topics().prefix();
        if (state.done()) {
            throw other(prefix, "a rebuild that is done", "ipn diff to see its result, --fresh to begin anew");
        }
        if (!state.build().equals(plan.build())
                || !state.source().equals(plan.live().topics().prefix())) {
            throw other(prefix, "a rebuild with other settings or by another build", "--fresh to begin anew");
        }
        if (plan.from().filter(from -> from.toEpochMilli() != state.start()).isPresent()) {
            throw other(
                    prefix,
                    "a rebuild from " + state.startTime(),
                    "the same --from to continue, --fresh to begin anew");
        }
    }

    private static UserException other(String prefix, String what, String expected) {
        return UserException.problem(
                "%s: topics of %s (expected: %s, or another --to-prefix)".formatted(prefix, what, expected));
    }

    private RebuildState run(InputCopy copy, RebuildStages stages, RebuildState first) {
        // what is older than raw records, or is left of a slice that was interrupted
        var state = advance(copy, stages, first, new Slice(first.atTime(), copy.upTo(first, first.atTime())));
        var at = new RebuildState[] {state};
        var slices = new Slices(state.untilTime(), time -> copy.upTo(at[0], time), () -> copy.nextTime(at[0]));
        while (at[0].atTime().isBefore(state.untilTime())) {
            at[0] = advance(copy, stages, at[0], slices.next(at[0].atTime()));
        }
        return at[0];
    }

    private RebuildState advance(InputCopy copy, RebuildStages stages, RebuildState before, Slice slice) {
        stages.limit(slice.end());
        var after = copy.copy(before, slice);
        stages.finish(slice.end());
        report(after);
        return after;
    }

    private void report(RebuildState state) {
        var seconds = (System.nanoTime() - began) / NANOS;
        var step = String.format(
                Locale.ROOT,
                "at %s, %,d raw records, %,d/s",
                state.atTime(),
                state.records(),
                Math.round((state.records() - recordsBefore) / seconds));
        progress.at(step, state.total() - state.left().length(), state.total());
    }
}

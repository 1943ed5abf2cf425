package ipn.bench.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** One kind of fault of one process, such as {@code kill broker}. */
record Fault(Action action, Target target) {
    private static final int MORE_MAX = 2;

    private static final Set<Action> OF_SEVERAL_BROKERS = Set.of(Action.AWAY, Action.FEW_REPLICAS, Action.ROLL);

    /** After these, a stage may end whose Kafka clients do not end in time when they are replaced, or that lacks what it needs. */
    private static final Set<Action> ENDS_STAGES =
            Set.of(Action.SLOW, Action.STEP_CLOCK, Action.FULL_DISK, Action.SMALL_HEAP);

    /**
     * What is there that can fail.
     *
     * @param several whether there are several brokers; the registry is a process of its own only if there is one
     * @param otherBuild whether there is another build
     * @param clock whether the clock of processes can be set, which is so with one broker
     */
    record Setup(boolean several, boolean otherBuild, boolean clock) {
        private boolean has(Fault fault) {
            var ofSeveral = fault.target() == Target.BROKER && OF_SEVERAL_BROKERS.contains(fault.action());
            return (several ? fault.target() != Target.REGISTRY : !ofSeveral)
                    && (otherBuild || fault.action() != Action.SWAP_BUILD)
                    && (clock && !several || fault.action() != Action.STEP_CLOCK);
        }
    }

    /** All that can happen. */
    static List<Fault> all(Setup setup) {
        return Arrays.stream(Action.values())
                .flatMap(action -> action.targets().stream().map(target -> new Fault(action, target)))
                .filter(setup::has)
                .toList();
    }

    /** Those of some actions. */
    static List<Fault> of(List<Action> actions, Setup setup) {
        return all(setup).stream()
                .filter(fault -> actions.contains(fault.action()))
                .toList();
    }

    /**
     * What happens in one round: consecutive seeds begin with each fault in turn, and up to two random ones follow.
     *
     * @param faults to choose from
     */
    static List<Fault> ofRound(long seed, List<Fault> faults) {
        var random = new Random(seed);
        var chosen = new ArrayList<Fault>();
        chosen.add(faults.get((int) Math.floorMod(seed, (long) faults.size())));
        var more = random.nextInt(MORE_MAX + 1);
        for (var i = 0; i < more; i++) {
            chosen.add(faults.get(random.nextInt(faults.size())));
        }
        return List.copyOf(chosen);
    }

    /** Whether a stage may end by itself: a supervisor starts it again. */
    boolean mayEndStages() {
        return ENDS_STAGES.contains(action);
    }

    /** Whether decisions have a time meanwhile that differs from that of their records: they are refused then, and are made afterwards. */
    boolean stepsClock() {
        return action == Action.STEP_CLOCK;
    }

    @Override
    public String toString() {
        return action + " " + target.label();
    }
}

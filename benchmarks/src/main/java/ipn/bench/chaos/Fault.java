package ipn.bench.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** One kind of fault of one process, such as {@code kill broker}. */
record Fault(Action action, Target target) {
    private static final int MORE_MAX = 2;

    /** All that there are. */
    static List<Fault> all() {
        return Arrays.stream(Action.values())
                .flatMap(action -> action.targets().stream().map(target -> new Fault(action, target)))
                .toList();
    }

    /** Those of some actions. */
    static List<Fault> of(List<Action> actions) {
        return all().stream().filter(fault -> actions.contains(fault.action())).toList();
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

    @Override
    public String toString() {
        return action + " " + target.label();
    }
}

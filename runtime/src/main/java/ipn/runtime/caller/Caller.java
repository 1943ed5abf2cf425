package ipn.runtime.caller;

import java.util.Collections;
import java.util.Set;

/**
 * Who asks.
 *
 * @param name for the log, and for the rate
 */
public record Caller(String name, Set<Role> roles) {
    private static final int NAME_LENGTH_MAX = 200;
    /** A program of this machine, where nobody has to prove who asks. */
    static final Caller LOCAL = new Caller("local", Set.of(Role.values()));

    public Caller {
        roles = Set.copyOf(roles);
        name = name.substring(0, Math.min(name.length(), NAME_LENGTH_MAX)).replaceAll("\\p{Cntrl}", "?");
    }

    /** Whether it is known to be a person. */
    public boolean isPerson() {
        return !roles.contains(Role.SERVICE) && !Collections.disjoint(roles, Role.PEOPLE);
    }

    /** @throws RefusedException if it has none of the roles */
    Caller withAny(Set<Role> needed) {
        if (Collections.disjoint(roles, needed)) {
            throw new RefusedException(Refusal.NO_ROLE);
        }
        return this;
    }
}

package ipn.bench.ingress;

import ipn.bench.generator.LoadPlan.Attack;

/** Whether authentic calls come alone. */
enum Mix {
    CLEAN("clean"),
    /** Of all calls, 10 % have slow bodies, 30 % wrong signatures, and 5 % are oversized. */
    ATTACKED("attacked");

    private static final double SLOW = 0.10;
    private static final double FORGED = 0.30;
    private static final double OVERSIZED = 0.05;

    private final String label;

    Mix(String label) {
        this.label = label;
    }

    /** The name in reports. */
    String label() {
        return label;
    }

    /** Authentic calls per second, which are the same in both mixes. */
    static int authentic(int allRate) {
        return (int) Math.round(allRate * (1 - SLOW - FORGED - OVERSIZED));
    }

    /** @param allRate calls per second under attack, those of attackers included */
    Attack attack(int allRate) {
        return this == CLEAN ? Attack.NONE : new Attack(allRate * SLOW, allRate * FORGED, allRate * OVERSIZED);
    }
}

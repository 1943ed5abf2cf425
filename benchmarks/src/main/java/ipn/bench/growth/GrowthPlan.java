package ipn.bench.growth;

/**
 * The size of a run.
 *
 * @param notifications in a round
 * @param pairs of rounds
 * @param warmUpRounds of each pipeline before the first pair
 * @param sample notifications whose states are copied
 * @param longPayments payments with a long history
 * @param history deliveries that these have in the end
 */
record GrowthPlan(int notifications, int pairs, int warmUpRounds, int sample, int longPayments, int history) {}

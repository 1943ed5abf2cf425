package ipn.bench.isolation;

/**
 * What became of the refunds of one phase.
 *
 * @param refunds how many were sent
 * @param sendSeconds until the last was acknowledged
 * @param resent calls that were sent again, because the ingress did not take them
 * @param processedSeconds from the first call until the pipeline had processed all
 */
record Storm(int refunds, double sendSeconds, int resent, double processedSeconds) {}

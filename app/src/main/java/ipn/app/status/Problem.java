package ipn.app.status;

/**
 * One thing that is wrong.
 *
 * @param what it is and whom it hurts, for people
 * @param first what to do first
 * @param runbook the file that leads on
 */
public record Problem(String what, String first, String runbook) {}

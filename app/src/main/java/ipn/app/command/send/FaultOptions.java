package ipn.app.command.send;

import ipn.simulator.Fault;
import picocli.CommandLine.Option;

/** Options: at most one deliberate fault of the notifications. */
final class FaultOptions {
    @Option(
            names = "--forge",
            description =
                    "Sign with a secret that belongs to no account or, for a gateway that does not sign, have the stand-in deny the notification. The ingress is expected to refuse the notification; the exit code is then 1.")
    private boolean forge;

    @Option(
            names = "--tamper",
            description =
                    "Change one byte of the body after it was signed or, for a gateway that does not sign, so that the stand-in does not confirm it. The ingress is expected to refuse the notification; the exit code is then 1.")
    private boolean tamper;

    @Option(
            names = "--malformed",
            description =
                    "Sign a body that cannot be parsed. The ingress is expected to accept the notification, the processor to give it the outcome UNPROCESSABLE, and the projector to make it a dead letter.")
    private boolean malformed;

    Fault fault() {
        if (forge) {
            return Fault.FORGED;
        }
        return tamper ? Fault.TAMPERED : malformed ? Fault.MALFORMED : Fault.NONE;
    }
}

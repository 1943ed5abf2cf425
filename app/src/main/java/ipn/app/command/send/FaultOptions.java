package ipn.app.command.send;

import ipn.simulator.Fault;
import picocli.CommandLine.Option;

/** Options: at most one deliberate fault of the notifications. */
final class FaultOptions {
    @Option(
            names = "--forge",
            description = "Sign with a secret of no account; the ingress must refuse the notification.")
    private boolean forge;

    @Option(
            names = "--tamper",
            description = "Change one byte of the body after signing; the ingress must refuse the notification.")
    private boolean tamper;

    @Option(
            names = "--malformed",
            description =
                    "Sign a body that cannot be parsed; the ingress must accept the notification, and the processor must make it a dead letter.")
    private boolean malformed;

    Fault fault() {
        if (forge) {
            return Fault.FORGED;
        }
        return tamper ? Fault.TAMPERED : malformed ? Fault.MALFORMED : Fault.NONE;
    }
}

package ipn.app.command;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.output.Terminal;
import ipn.app.output.Terminal.Tone;
import ipn.embedded.EmbeddedException;
import ipn.operations.OperationFailedException;
import ipn.operations.topic.StalledException;
import ipn.serde.RegistryFailure;
import ipn.settings.SettingsException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints the message of an error; the stack trace only with {@code --verbose}. */
final class ErrorHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {
    /** Exceptions whose messages are complete for users. */
    private static final Set<Class<? extends Exception>> EXPECTED = Set.of(
            UserException.class,
            SettingsException.class,
            EmbeddedException.class,
            OperationFailedException.class,
            StalledException.class);

    private final Terminal terminal;
    private final IpnCommand root;

    ErrorHandler(Terminal terminal, IpnCommand root) {
        this.terminal = terminal;
        this.root = root;
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        printError(parseMessage(e));
        if (!UnmatchedArgumentException.printSuggestions(e, terminal.err())) {
            terminal.printErr("Examples: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        }
        terminal.err().flush();
        return ExitCode.WRONG_USAGE;
    }

    private static String parseMessage(ParameterException e) {
        if (e instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing.getMissing().stream().map(ValueRules::missing).collect(Collectors.joining("\n     "));
        }
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return e.getArgSpec() == null || e.getValue() == null
                    ? String.valueOf(e.getMessage())
                    : ValueRules.message(e.getArgSpec(), e.getValue());
        }
        var command = e.getCommandLine();
        var expected = command.getSubcommands().isEmpty() ? "arguments and options" : "a command or options";
        var split = command.getSubcommands().isEmpty()
                && unmatched.getUnmatched().stream().noneMatch(each -> each.startsWith("-"));
        return "%s: unknown (expected: %s of '%s'%s)"
                .formatted(
                        String.join(" ", unmatched.getUnmatched()),
                        expected,
                        command.getCommandSpec().qualifiedName(),
                        split ? "; a value that contains a space in quotes, such as 'a b'" : "");
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
        printError(message(e));
        if (root.verbose) {
            var trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            terminal.printErr(trace.toString());
        }
        if (e instanceof SettingsException) {
            return ExitCode.WRONG_USAGE;
        }
        if (e instanceof UserException expected) {
            return expected.exitCode();
        }
        return noAnswer(e).isPresent() ? ExitCode.NO_ANSWER : ExitCode.FOUND_PROBLEMS;
    }

    /** What did not answer while the command ran; empty if something else failed. */
    private static Optional<String> noAnswer(Exception e) {
        if (e instanceof StalledException) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        if (RegistryFailure.isUnavailable(e)) {
            return Optional.of("schema registry: no answer while the command ran"
                    + " (expected: a schema registry at schema-registry.url; run the command again)");
        }
        return cause(e, TimeoutException.class).isPresent()
                        || cause(e, DisconnectException.class).isPresent()
                ? Optional.of("kafka: no answer while the command ran (expected: a broker; run the command again)")
                : Optional.empty();
    }

    private String message(Exception e) {
        if (EXPECTED.stream().anyMatch(type -> type.isInstance(e))) {
            return String.valueOf(e.getMessage());
        }
        if (cause(e, BindException.class).isPresent()) {
            return "port: already in use (expected: a free port; set IPN_INGRESS_PORT or IPN_MANAGEMENT_PORT)";
        }
        var silent = noAnswer(e);
        if (silent.isPresent()) {
            return silent.get();
        }
        return "unexpected error: %s%s".formatted(e, root.verbose ? "" : " (--verbose prints the stack trace)");
    }

    private static <T extends Throwable> Optional<T> cause(Throwable e, Class<T> type) {
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return Optional.of(type.cast(each));
            }
        }
        return Optional.empty();
    }

    private void printError(String message) {
        terminal.printErr(terminal.in(Tone.BAD, "ipn: ") + message);
    }
}

package ipn.app.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every command that can be executed, from the model of the command line, with arguments that it accepts. */
final class EveryCommand {
    /** Arguments without which a command does not run, although no single one of them is required. */
    private static final Map<String, List<String>> FURTHER = Map.ofEntries(
            Map.entry("ipn explain", List.of("u_42")),
            Map.entry("ipn find", List.of("pi_1")),
            Map.entry("ipn dlq replay", List.of("--all")),
            Map.entry("ipn dlq discard", List.of("--why=test noise")),
            Map.entry("ipn dlq edit", List.of("--why=test", "--yes")),
            Map.entry("ipn dlq undo", List.of("--why=was no noise")),
            Map.entry("ipn brake release", List.of("--why=genuine")),
            Map.entry("ipn brake discard", List.of("--why=not genuine")),
            Map.entry("ipn discrepancy accept", List.of("--why=test", "--yes")),
            Map.entry("ipn discrepancy dismiss", List.of("--why=test", "--yes")),
            Map.entry("ipn discrepancy assign", List.of("--why=test", "--user=u_42", "--yes")),
            Map.entry("ipn grant", List.of("--why=test", "--for=P1D", "--yes")),
            Map.entry("ipn extend", List.of("--why=test", "--for=P1D", "--yes")),
            Map.entry("ipn revoke", List.of("--why=test", "--yes")),
            Map.entry("ipn transfer", List.of("--why=test", "--yes")),
            Map.entry("ipn decision undo", List.of("--why=test", "--yes")),
            Map.entry("ipn decision approve", List.of("--why=test", "--yes")),
            Map.entry("ipn discrepancy undo", List.of("--why=test", "--yes")),
            Map.entry("ipn policy apply", List.of("--why=test", "--yes")),
            Map.entry("ipn policy restore", List.of("--why=test", "--yes")),
            Map.entry("ipn order put", List.of("--mode=test")),
            Map.entry("ipn reconcile", List.of("--config=built-in")),
            Map.entry(
                    "ipn import subscriptions", List.of("--config=built-in", "--yes", "--as-of=2026-09-01T00:00:00Z")),
            Map.entry("ipn send", List.of("invoice.paid", "--config=built-in")));

    /** Values of required options and arguments, by the name of the option or the label of its value. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("--product", "premium"),
            Map.entry("--gateway", "stripe"),
            Map.entry("--account", "main"),
            Map.entry("--from", "stripe"),
            Map.entry("--against", "topic:legacy"),
            Map.entry("--report", "../operations/src/test/resources/ipn/operations/reconcile/stripe-activity.csv"),
            Map.entry("ID", "x_1"),
            Map.entry("DECISION", "d_1"),
            Map.entry("DISCREPANCY", "UNDERPAID/stripe/main/pi_1"),
            Map.entry("SUBJECT", "u_42"),
            Map.entry("--to", "u_7"),
            Map.entry("ENTITLEMENT", "premium"),
            Map.entry("KEY", "stripe/main/pi_1"),
            Map.entry("DECIMAL", "8.00"),
            Map.entry("GATEWAY", "stripe"),
            Map.entry("NAME", "stripe"),
            Map.entry("VERSION", "v_1"),
            Map.entry("LIVE", "ipn."),
            Map.entry("SHADOW", "shadow."),
            Map.entry("SETTINGS", "src/main/resources/ipn/app/built-in.yaml"),
            Map.entry("FILE", "../operations/src/test/resources/ipn/operations/reconcile/stripe-activity.csv"));

    /**
     * A command.
     *
     * @param words that name it, without {@code ipn}
     */
    record Leaf(CommandLine line, List<String> words) {
        String name() {
            return "ipn " + String.join(" ", words);
        }

        /** The options and arguments that have a value. */
        List<ArgSpec> valued() {
            return line.getCommandSpec().args().stream()
                    .filter(arg -> arg.arity().max() > 0)
                    .toList();
        }

        /** A whole command line in which an option or argument has a value. */
        String[] with(ArgSpec chosen, String value) {
            var all = new ArrayList<>(words);
            var further = new ArrayList<>(FURTHER.getOrDefault(name(), List.of()));
            if (chosen instanceof OptionSpec option) {
                further.removeIf(each -> each.startsWith(option.longestName() + "="));
                further.add(option.longestName() + "=" + value);
            }
            var positional = line.getCommandSpec().positionalParameters();
            if (!chosen.isOption() && chosen.arity().min() == 0) {
                further.removeIf(each -> !each.startsWith("--"));
            }
            for (var argument : positional) {
                if (argument.equals(chosen)) {
                    all.add(value);
                } else if (argument.arity().min() > 0 || before(argument, chosen)) {
                    all.add(example(argument));
                }
            }
            line.getCommandSpec().options().stream()
                    .filter(option -> option.required() && option.arity().max() > 0 && !option.equals(chosen))
                    .forEach(option -> all.add(option.longestName() + "=" + example(option)));
            all.addAll(further);
            return all.toArray(String[]::new);
        }

        /** A whole command line that is right. */
        String[] right() {
            var all = new ArrayList<>(words);
            line.getCommandSpec().args().stream()
                    .filter(arg -> arg.required() && arg.arity().max() > 0)
                    .forEach(arg -> all.add(
                            arg instanceof OptionSpec option
                                    ? option.longestName() + "=" + example(option)
                                    : example(arg)));
            all.addAll(FURTHER.getOrDefault(name(), List.of()));
            return all.toArray(String[]::new);
        }

        private static boolean before(ArgSpec argument, ArgSpec chosen) {
            return argument instanceof CommandLine.Model.PositionalParamSpec one
                    && chosen instanceof CommandLine.Model.PositionalParamSpec other
                    && one.index().min() < other.index().min();
        }

        private static String example(ArgSpec arg) {
            var value = VALUES.getOrDefault(ValueRules.name(arg), VALUES.get(arg.paramLabel()));
            if (value == null) {
                throw new AssertionError(ValueRules.name(arg) + " " + arg.paramLabel()
                        + ": no example (expected: one in EveryCommand, because it is required)");
            }
            return value;
        }

        @Override
        public String toString() {
            return name();
        }
    }

    private EveryCommand() {}

    static Stream<Leaf> leaves(CommandLine line) {
        return below(line, List.of());
    }

    private static Stream<Leaf> below(CommandLine line, List<String> words) {
        return line.getSubcommands().entrySet().stream().flatMap(sub -> {
            var here = Stream.concat(words.stream(), Stream.of(sub.getKey())).toList();
            var user = sub.getValue().getCommandSpec().userObject();
            var executable = !(user instanceof Class)
                            && Arrays.stream(user.getClass().getInterfaces())
                                    .anyMatch(java.util.concurrent.Callable.class::equals)
                    || user instanceof java.lang.reflect.Method;
            var self = executable ? Stream.of(new Leaf(sub.getValue(), here)) : Stream.<Leaf>of();
            return Stream.concat(self, below(sub.getValue(), here));
        });
    }
}

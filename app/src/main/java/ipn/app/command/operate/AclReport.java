package ipn.app.command.operate;

import ipn.app.command.Session;
import ipn.operations.acl.AclAdmin;
import ipn.operations.acl.AclFile;
import ipn.operations.acl.AclNames;
import ipn.topics.KafkaSettings;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.PatternType;

/** Compares or applies access control entries, and prints the result. */
final class AclReport {
    private final Session session;

    AclReport(Session session) {
        this.session = session;
    }

    /**
     * One access control entry, as it is printed.
     *
     * @param difference what is or was different
     * @param resource its kind and name; a trailing star stands for any ending
     */
    record Row(String difference, String principal, String operation, String permission, String resource, String host) {
        private static Row of(String difference, AclBinding binding) {
            var pattern = binding.pattern();
            var entry = binding.entry();
            var ending = pattern.patternType() == PatternType.PREFIXED ? "*" : "";
            return new Row(
                    difference,
                    entry.principal(),
                    text(entry.operation()),
                    text(entry.permissionType()),
                    text(pattern.resourceType()) + " " + pattern.name() + ending,
                    entry.host());
        }

        private List<String> cells() {
            return List.of(difference, principal, operation, permission, resource, host);
        }

        private static String text(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    int check(AclFile file) {
        var kafka = session.broker();
        var found = AclAdmin.check(kafka, file, names(kafka));
        return report(
                rows(List.of(new Part("missing", found.missing()), new Part("extra", found.extra()))), found.none());
    }

    int apply(AclFile file, boolean deleteExtra) {
        var kafka = session.broker();
        var applied = AclAdmin.apply(kafka, file, names(kafka), deleteExtra);
        return report(
                rows(List.of(
                        new Part("created", applied.created()),
                        new Part("deleted", applied.deleted()),
                        new Part("extra", applied.extra()))),
                applied.extra().isEmpty());
    }

    private record Part(String difference, Collection<AclBinding> bindings) {}

    private static List<Row> rows(List<Part> parts) {
        return parts.stream()
                .flatMap(part -> part.bindings().stream().map(binding -> Row.of(part.difference(), binding)))
                .toList();
    }

    private int report(List<Row> rows, boolean noneRemains) {
        return new DifferenceReport<Row>(
                        session,
                        "all access control entries are as in the ACL file",
                        "ipn topics apply --acls",
                        List.of("difference", "principal", "may", "", "resource", "from"),
                        Row::cells)
                .listed(rows, noneRemains);
    }

    private AclNames names(KafkaSettings kafka) {
        return new AclNames(kafka.topics(), session.processorId(), session.projectorId());
    }
}

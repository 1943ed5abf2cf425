package ipn.app.command.operate;

import ipn.app.UserException;
import ipn.operations.acl.AclFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which access control entries are expected. */
final class AclOptions {
    @Option(names = "--acls", description = "Use access control entries (ACLs) instead of topics.")
    boolean acls;

    @Option(
            names = "--acl-file",
            paramLabel = "FILE",
            description =
                    "With --acls: the ACL file, which lists the expected rights of each role. Default: the copy of deploy/acls.yaml in this build.")
    @Nullable
    Path aclFile;

    @Option(
            names = "--principal",
            paramLabel = "ROLE=PRINCIPAL",
            description =
                    "With --acls: the Kafka principal of a role of the ACL file, such as ingress=User:CN=ingress. Can be repeated. Default: the principal in the file.")
    Map<String, String> principals = new LinkedHashMap<>();

    /** Requires {@code --acls} if an option is given that has no effect without it. */
    void requireAcls(boolean given, String option) {
        if (!acls && (given || aclFile != null || !principals.isEmpty())) {
            var name = aclFile != null ? "--acl-file" : principals.isEmpty() ? option : "--principal";
            throw UserException.usage(name + ": has no effect on topics (expected: --acls as well)");
        }
    }

    AclFile file() {
        return (aclFile == null ? AclFile.builtIn() : AclFile.load(aclFile)).withPrincipals(principals);
    }
}

package ipn.app.command;

import ipn.app.output.Table;
import ipn.app.stack.Stack;

/** The addresses of the parts of a stack. */
public final class Urls {
    private Urls() {}

    public static Table of(Stack stack) {
        var kafka = stack.config().kafka();
        var table = new Table("", "")
                .row("ingress", stack.ingressUrl() + "/ipn/{gateway}/{account}")
                .row("health, metrics", stack.managementUrl() + "/health/ready  /metrics")
                .row("kafka", kafka.clients().getOrDefault("bootstrap.servers", ""))
                .row("schema registry", kafka.registry().getOrDefault("schema.registry.url", ""));
        stack.accessUrl().ifPresent(url -> table.row("access", url + "/v1/access/{subject}/{entitlement}"));
        stack.queryUrl().ifPresent(url -> table.row("questions", url + "/v1/...  /openapi.yaml"));
        stack.postgres()
                .ifPresent(database ->
                        table.row("postgresql", database.jdbcUrl() + "  (password: " + database.passwordFile() + ")"));
        return table;
    }
}

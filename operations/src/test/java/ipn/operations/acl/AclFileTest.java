package ipn.operations.acl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.settings.SettingsException;
import ipn.topics.TopicCatalogue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

class AclFileTest {
    private static final Path DEPLOYED = Path.of("..", "deploy", "acls.yaml");
    private static final AclNames NAMES = new AclNames(TopicCatalogue.defaults(), "ipn-processor", "ipn-projector");

    @Test
    void the_program_contains_the_file_of_the_deployment() throws Exception {
        assertThat(AclFile.builtIn())
                .as("copy deploy/acls.yaml to operations/src/main/resources/ipn/operations/acl/")
                .isEqualTo(AclFile.load(DEPLOYED));
        assertThat(java.nio.file.Files.readString(Path.of("src/main/resources/ipn/operations/acl/acls.yaml")))
                .isEqualTo(java.nio.file.Files.readString(DEPLOYED));
    }

    @Test
    void every_right_is_needed_once_and_none_is_of_all_operations_or_all_resources() {
        var bindings = AclFile.builtIn().bindings(NAMES);
        assertThat(bindings)
                .hasSizeGreaterThan(100)
                .noneMatch(each -> each.entry().operation() == AclOperation.ALL)
                .noneMatch(each -> each.pattern().name().equals("*"))
                .noneMatch(each -> each.entry().principal().equals("User:*"));
        assertThat(bindings.stream().filter(each -> each.pattern().resourceType() == ResourceType.CLUSTER))
                .extracting(each -> each.entry().operation())
                .containsExactly(AclOperation.DESCRIBE);
        assertThat(AclFile.builtIn().roles())
                .allSatisfy(role -> assertThat(role.purpose()).isNotBlank());
    }

    @Test
    void only_those_who_make_records_of_a_topic_may_write_it() {
        assertThat(writers("raw"))
                .containsExactlyInAnyOrder(
                        "User:ipn-ingress",
                        // moves those that have waited
                        "User:ipn-processor",
                        "User:ipn-redrive",
                        "User:ipn-report-injector",
                        "User:ipn-subscription-importer");
        assertThat(writers("raw-deferred")).containsExactly("User:ipn-ingress");
        assertThat(writers("outcomes")).containsExactly("User:ipn-processor");
        assertThat(writers("payments")).containsExactly("User:ipn-processor");
        for (var topic : List.of(
                "claims", "allocations", "entitlements", "entitlement-state", "ledger", "discrepancies", "dlq")) {
            assertThat(writers(topic)).as(topic).containsExactly("User:ipn-projector");
        }
    }

    @Test
    void names_are_those_of_the_deployment() {
        var names = new AclNames(new TopicCatalogue("eu.", 8, (short) 3), "a", "b");
        var bindings = AclFile.parse("""
                        roles:
                          one:
                            principals: ["User:x", "User:CN=y"]
                            topic: {raw: [read], "{processor}-*": [create]}
                            group: {"{projector}": [describe], "{name}": [read]}
                            transactional-id: {"{prefix}task": [write]}
                            cluster: [describe]
                        """).bindings(names);
        assertThat(bindings.stream()
                        .filter(each -> each.entry().principal().equals("User:CN=y"))
                        .map(AclFileTest::text))
                .containsExactly(
                        "READ TOPIC eu.raw LITERAL",
                        "CREATE TOPIC a- PREFIXED",
                        "DESCRIBE GROUP b LITERAL",
                        "READ GROUP CN=y LITERAL",
                        "WRITE TRANSACTIONAL_ID eu.task LITERAL",
                        "DESCRIBE CLUSTER kafka-cluster LITERAL");
        assertThat(bindings).hasSize(12);
    }

    @Test
    void a_deployment_names_its_own_principals() {
        var file = AclFile.builtIn().withPrincipals(Map.of("ingress", "User:CN=gate,O=shop"));
        assertThat(file.principals())
                .contains("User:CN=gate,O=shop", "User:ipn-processor")
                .doesNotContain("User:ipn-ingress");
        assertThatThrownBy(() -> AclFile.builtIn().withPrincipals(Map.of("door", "User:x", "reader", "x")))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        wrong -> assertThat(wrong.problems())
                                .hasSize(2)
                                .anyMatch(each ->
                                        each.startsWith("--principal: door (expected: one of ingress, processor"))
                                .contains("--principal reader: x (expected: type and name, such as User:ipn-ingress)"));
    }

    @Test
    void everything_wrong_is_reported_at_once() {
        assertThatThrownBy(() -> AclFile.parse("""
                        roles:
                          one:
                            principals: [x]
                            topic: {rwa: [read], "*": [read], raw: [all]}
                            group: {"{nmae}": [read]}
                            topics: {raw: [read]}
                          two: {cluster: [alter]}
                        """))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        wrong -> assertThat(wrong.problems())
                                .hasSize(7)
                                .anyMatch(each ->
                                        each.startsWith("roles.one.topic.rwa: rwa (expected: a topic of the catalogue"))
                                .anyMatch(each ->
                                        each.startsWith("roles.one.topic.*: * (expected: a topic of the catalogue"))
                                .anyMatch(each ->
                                        each.startsWith("roles.one.topic.raw: all (expected: an operation of Kafka"))
                                .anyMatch(each -> each.startsWith(
                                        "roles.one.group.{nmae}: {nmae} (expected: a name with no other"))
                                .anyMatch(each -> each.startsWith("roles.one.topics: unknown"))
                                .contains(
                                        "roles.one.principals: x (expected: type and name, such as User:ipn-ingress)",
                                        "roles.two.principals: missing (expected: type and name, such as User:ipn-ingress)"));
        assertThatThrownBy(() -> AclFile.load(Path.of("nothing.yaml")))
                .hasMessageContaining(
                        "--acl-file: nothing.yaml does not exist (expected: a file such as deploy/acls.yaml)");
    }

    @Test
    void application_ids_keep_the_stages_apart() {
        var file = AclFile.builtIn();
        for (var names : List.of(
                new AclNames(TopicCatalogue.defaults(), "ipn", "ipn-projector"),
                new AclNames(TopicCatalogue.defaults(), "ipn", "ipn"),
                new AclNames(new TopicCatalogue("ipn-processor-", 8, (short) 1), "ipn-processor", "ipn-projector"))) {
            assertThatThrownBy(() -> file.bindings(names))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining(
                            "processor.application-id: " + names.processor() + " (expected: an id that begins neither");
        }
    }

    private static Set<String> writers(String topic) {
        return AclFile.builtIn().bindings(NAMES).stream()
                .filter(each -> each.entry().operation() == AclOperation.WRITE)
                .filter(each -> each.pattern().resourceType() == ResourceType.TOPIC)
                .filter(each -> each.pattern().patternType() == PatternType.PREFIXED
                        ? ("ipn." + topic).startsWith(each.pattern().name())
                        : each.pattern().name().equals("ipn." + topic))
                .map(each -> each.entry().principal())
                .collect(Collectors.toSet());
    }

    private static String text(AclBinding each) {
        var pattern = each.pattern();
        return "%s %s %s %s"
                .formatted(each.entry().operation(), pattern.resourceType(), pattern.name(), pattern.patternType());
    }
}

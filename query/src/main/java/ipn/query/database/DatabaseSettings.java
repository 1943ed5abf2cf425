package ipn.query.database;

import ipn.settings.Secret;
import ipn.settings.Settings;
import java.util.Optional;
import java.util.Properties;

/**
 * How PostgreSQL is reached.
 *
 * @param jdbcUrl empty: the settings name none
 * @param user owner of the schema {@code ipn}
 * @param password empty: the server or the URL knows another way, such as a certificate
 * @param connections most connections of this process that answer questions; one more writes
 */
public record DatabaseSettings(Optional<String> jdbcUrl, String user, Optional<Secret> password, int connections) {
    private static final String URL = "jdbc:postgresql://host:5432/database";

    /** Reads these keys of section {@code query}. */
    public static DatabaseSettings from(Settings section) {
        var url = section.text("jdbc-url");
        url.filter(text -> !text.startsWith("jdbc:postgresql:"))
                .ifPresent(text -> section.problems().add(section.full("jdbc-url"), "not of PostgreSQL", URL));
        url.filter(text -> text.contains("password="))
                .ifPresent(text -> section.problems()
                        .add(section.full("jdbc-url"), "has a password", URL + "; set query.password, a reference"));
        var password = section.has("password")
                ? section.secrets("password", false, 1).stream().findFirst()
                : Optional.<Secret>empty();
        return new DatabaseSettings(
                url, section.text("user", "ipn"), password, section.integer("connections", 8, 1, 100));
    }

    /** The same with another address, user and password. */
    public DatabaseSettings at(String url, String otherUser, Secret otherPassword) {
        return new DatabaseSettings(Optional.of(url), otherUser, Optional.of(otherPassword), connections);
    }

    /** The URL. */
    String url() {
        return jdbcUrl.orElseThrow(() -> new IllegalStateException("query.jdbc-url: missing (expected: " + URL + ")"));
    }

    /** Properties of a connection. */
    Properties properties(String application) {
        var properties = new Properties();
        properties.setProperty("user", user);
        password.ifPresent(secret -> properties.setProperty("password", secret.text()));
        properties.setProperty("ApplicationName", application);
        properties.setProperty("currentSchema", Database.SCHEMA);
        properties.setProperty("options", "-c TimeZone=UTC");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "5");
        return properties;
    }
}

/** The service that a team would write instead: webhooks in, entitlements out, with Spring Boot, Kafka and PostgreSQL. */
@NullMarked
package ipn.twin;

import org.jspecify.annotations.NullMarked;

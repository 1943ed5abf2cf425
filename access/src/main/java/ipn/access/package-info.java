/**
 * The access question over HTTP: {@link ipn.access.AccessRoutes} answers from a local cache, so it needs neither a database nor, for a while,
 * Kafka.
 */
@NullMarked
package ipn.access;

import org.jspecify.annotations.NullMarked;

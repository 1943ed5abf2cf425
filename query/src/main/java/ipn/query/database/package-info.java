/** PostgreSQL: how it is reached, its schema, and the tables that records are written to. */
@NullMarked
package ipn.query.database;

import org.jspecify.annotations.NullMarked;

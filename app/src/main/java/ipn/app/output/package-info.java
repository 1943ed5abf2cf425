/** What people and programs see: tables, colours on a terminal, JSON. */
@NullMarked
package ipn.app.output;

import org.jspecify.annotations.NullMarked;

/** The demo: a story of payments, each line what came in and what came of it. */
@NullMarked
package ipn.app.demo;

import org.jspecify.annotations.NullMarked;

/** The demo: sends notifications to an embedded pipeline, prints the result of each, and checks it. */
@NullMarked
package ipn.app.demo;

import org.jspecify.annotations.NullMarked;

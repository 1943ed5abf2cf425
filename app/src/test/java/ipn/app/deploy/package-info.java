/** What is deployed, held to the code. */
package ipn.app.deploy;

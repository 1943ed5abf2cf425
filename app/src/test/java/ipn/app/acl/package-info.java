/** The pipeline on a broker with TLS, passwords and an authorizer. */
package ipn.app.acl;

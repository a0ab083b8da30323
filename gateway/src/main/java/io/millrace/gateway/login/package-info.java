/** The login: names and passwords against tokens. */
package io.millrace.gateway.login;

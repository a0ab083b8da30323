/** The tokens: the key that signs them, their issue, and the public half for everybody. */
package io.millrace.gateway.token;

/** The people who may come in, and their roles. */
package io.millrace.gateway.users;

/** Encryption of secrets at rest and in plans. Usable without Spring. */
package io.millrace.service.secret;

/** Who may do what: tokens are checked in every service, roles imply one another. */
package io.millrace.service.security;

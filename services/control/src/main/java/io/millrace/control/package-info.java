/** The control service: applications, their lifecycle, connectors, secrets, audit, dead letters. */
package io.millrace.control;

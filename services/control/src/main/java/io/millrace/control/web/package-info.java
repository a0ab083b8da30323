/** What the REST handlers share. */
package io.millrace.control.web;

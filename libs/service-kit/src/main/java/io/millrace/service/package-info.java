/** What every service has: how it is declared and started. */
package io.millrace.service;

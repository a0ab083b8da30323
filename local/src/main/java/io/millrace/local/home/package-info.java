/** Where the local stack keeps what it knows: its folders, ports, secrets and state. */
package io.millrace.local.home;

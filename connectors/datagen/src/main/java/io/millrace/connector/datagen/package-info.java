/**
 * The source {@code datagen}: events made up from a seed, for trying things. A value is a function
 * of the seed, the column and the event's number, so a restarted source goes on with the numbers
 * that come next and every number comes once.
 */
package io.millrace.connector.datagen;

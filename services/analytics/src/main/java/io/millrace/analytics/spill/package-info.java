/** Where groups go that the heap has no room for: a store on disk that is empty at each start. */
package io.millrace.analytics.spill;

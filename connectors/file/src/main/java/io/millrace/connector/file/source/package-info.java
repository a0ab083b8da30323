/**
 * The source {@code file}: follows files as they grow, through rotation, truncation and
 * compression, and says in the source offsets which byte of which file comes next.
 *
 * <p>A file is known by its content: its head (the first lines) decides which task reads it and,
 * together with the bytes before the position, whether it is a file that was read before under
 * another name. So a renamed, copied or compressed file is read on where it was, and a file that
 * took the place of another is read from its beginning.
 */
package io.millrace.connector.file.source;

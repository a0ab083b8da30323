package io.millrace.connector.file.source;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file as a scan found it.
 *
 * @param inode device and inode, or the path where the file system has none
 * @param wanted whether it matches the pattern; others are read on only under their new name
 */
record FoundFile(Path path, String inode, long size, long modifiedMillis, boolean wanted) {

  boolean compressed() {
    return path.getFileName().toString().endsWith(".gz");
  }

  Content open() throws IOException {
    return compressed() ? new GzipContent(path) : new PlainContent(path);
  }
}

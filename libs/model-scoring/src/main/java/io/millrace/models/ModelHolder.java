package io.millrace.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model that is loaded again when its file changes, while events go on being scored. A new
 * version that cannot be loaded, or that takes or gives other types, is left alone: the one before
 * goes on, and {@link #problem} says why. Thread-safe.
 */
public final class ModelHolder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ModelHolder.class);

  private final ModelType type;
  private final Path file;
  private final String output;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private Model model;
  private Version version;
  private volatile String problem;
  private volatile int versions = 1;

  /** What tells one version of a file from another. */
  private record Version(long modified, long size) {
    static Version of(Path file) throws IOException {
      return new Version(Files.getLastModifiedTime(file).toMillis(), Files.size(file));
    }
  }

  private ModelHolder(ModelType type, Path file, String output) {
    this.type = type;
    this.file = file;
    this.output = output;
  }

  /**
   * Loads a model.
   *
   * @throws ModelException if it cannot be loaded
   */
  public static ModelHolder load(ModelType type, Path file, String output) {
    ModelHolder holder = new ModelHolder(type, file, output);
    try {
      holder.version = Files.exists(file) ? Version.of(file) : null;
    } catch (IOException e) {
      throw new ModelException("the model file " + file + " cannot be read: " + e.getMessage(), e);
    }
    holder.model = Models.load(type, file, output);
    return holder;
  }

  public ModelSignature signature() {
    lock.readLock().lock();
    try {
      return model.signature();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Scores with the version that is current at the beginning; see {@link Model#score}. */
  public List<Object> score(List<Object[]> rows) {
    lock.readLock().lock();
    try {
      return model.score(rows);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Looks whether the file has changed, and takes its new version in. */
  public void refresh() {
    Version now;
    try {
      now = Version.of(file);
    } catch (IOException e) {
      problem = "the model file " + file + " cannot be read: " + e.getMessage();
      return;
    }
    if (now.equals(version)) {
      return;
    }
    try {
      replace(Models.load(type, file, output));
      problem = null;
    } catch (ModelException e) {
      problem = "the new version of the model is not used: " + e.getMessage();
      LOG.warn("{}", problem);
    }
    version = now;
  }

  private void replace(Model loaded) {
    ModelSignature before = signature();
    ModelSignature after = loaded.signature();
    if (!after.output().equals(before.output())
        || !after.inputs().stream()
            .map(ModelSignature.Input::kind)
            .toList()
            .equals(before.inputs().stream().map(ModelSignature.Input::kind).toList())) {
      loaded.close();
      throw new ModelException(
          "it is %s and was %s; apply the application again to use it"
              .formatted(after.describe(), before.describe()));
    }
    Model old;
    lock.writeLock().lock();
    try {
      old = model;
      model = loaded;
    } finally {
      lock.writeLock().unlock();
    }
    versions++;
    old.close();
  }

  /** Why the newest version of the file is not used, or null. */
  public String problem() {
    return problem;
  }

  /** How many versions were in use so far. */
  public int versions() {
    return versions;
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      model.close();
    } finally {
      lock.writeLock().unlock();
    }
  }
}

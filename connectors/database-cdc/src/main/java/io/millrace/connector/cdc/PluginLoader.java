package io.millrace.connector.cdc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Debezium's plugin folder and, beside it, our classes that extend Debezium's types: the service's
 * class path has their code but not those types.
 */
final class PluginLoader extends ClassLoader {

  private static final String OURS = "io.millrace.connector.cdc.plugin.";

  PluginLoader(ClassLoader plugin) {
    super("millrace-" + plugin.getName(), plugin);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String file = "/" + name.replace('.', '/') + ".class";
    try (InputStream in = PluginLoader.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] code = in.readAllBytes();
      return defineClass(name, code, 0, code.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

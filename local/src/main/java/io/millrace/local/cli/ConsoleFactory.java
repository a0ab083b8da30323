package io.millrace.local.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Gives commands the console that they talk to. */
final class ConsoleFactory implements IFactory {

  private final Console console;

  ConsoleFactory(Console console) {
    this.console = console;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    try {
      return type.getDeclaredConstructor(Console.class).newInstance(console);
    } catch (NoSuchMethodException e) {
      return CommandLine.defaultFactory().create(type);
    }
  }
}

package io.millrace.local.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The parameter FILE of the commands that take a script. */
final class ScriptFile {

  @Parameters(paramLabel = "FILE", description = "a script; - reads standard input")
  private String file;

  String name() {
    return file;
  }

  String read() {
    try {
      byte[] bytes =
          file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new CommandFailure(CommandFailure.INVALID_SCRIPT, file + " is not UTF-8 text");
    } catch (IOException e) {
      throw new CommandFailure(
          CommandFailure.REFUSED, "cannot read " + file + ": " + e.getMessage());
    }
  }

  /** Prints the diagnostics; returns whether one of them is an error. */
  boolean print(Console console, String script, JsonNode diagnostics) {
    Diagnostics.lines(file, script, diagnostics).forEach(console::tell);
    return Diagnostics.anyError(diagnostics);
  }
}

package dev.relay.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class TarXzTest {

  @TempDir Path temp;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private TarArchiveOutputStream tar;
  private Path target;

  @BeforeEach
  void open() throws IOException {
    tar = new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options()));
    target = Files.createDirectory(temp.resolve("target"));
  }

  @Test
  void files_links_and_the_right_to_execute_come_out_as_they_went_in() throws IOException {
    file("bin/run", 0755);
    file("lib/it.so.1", 0644);
    link("lib/it.so", "it.so.1");
    unpack();
    assertThat(target.resolve("bin/run")).hasContent("content").isExecutable();
    assertThat(Files.isExecutable(target.resolve("lib/it.so.1"))).isFalse();
    assertThat(Files.readSymbolicLink(target.resolve("lib/it.so"))).hasToString("it.so.1");
    assertThat(target.resolve("lib/it.so")).hasContent("content");
  }

  @Test
  void a_name_that_leaves_the_folder_is_refused() throws IOException {
    file("bin/../../out", 0644);
    refused("out");
    assertThat(temp.resolve("out")).doesNotExist();
  }

  @Test
  void an_absolute_name_stays_inside_or_is_refused() throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(temp.resolve("out").toString(), true);
    entry.setSize(0);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
    refused("out");
  }

  @Test
  void a_link_that_leaves_the_folder_is_refused() throws IOException {
    link("lib/away", "../../elsewhere");
    refused("lib/away");
  }

  private void file(String name, int mode) throws IOException {
    byte[] content = "content".getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setMode(mode);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private void link(String name, String to) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
    entry.setLinkName(to);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  private void refused(String name) {
    assertThatIOException().isThrownBy(this::unpack).withMessageContaining(name);
  }

  private void unpack() throws IOException {
    tar.close();
    TarXz.unpack(new ByteArrayInputStream(bytes.toByteArray()), target);
  }
}

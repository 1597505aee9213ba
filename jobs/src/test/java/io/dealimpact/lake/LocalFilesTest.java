package io.dealimpact.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Local files through Hadoop's two ways, beside what Hadoop itself says of the same files. */
final class LocalFilesTest {
  private static final Configuration OURS = new Configuration();
  private static final Configuration HADOOPS = new Configuration();

  static {
    LocalFiles.SETTINGS.forEach((key, value) -> OURS.set(key.substring(13), value));
  }

  @TempDir private Path folder;

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
  }

  private static FileSystem files(Configuration configuration) throws IOException {
    return FileSystem.newInstance(URI.create("file:///"), configuration);
  }

  private static FileContext context(Configuration configuration) throws IOException {
    return FileContext.getFileContext(URI.create("file:///"), configuration);
  }

  @Test
  void hadoopOpensLocalFilesThroughIt() throws IOException {
    try (FileSystem files = files(OURS)) {
      assertThat(files).isInstanceOf(LocalFiles.Checked.class);
    }
    assertThat(context(OURS).getDefaultFileSystem()).isInstanceOf(LocalFiles.CheckedContext.class);
  }

  @Test
  void permissionsAreThoseThatHadoopSets() throws IOException {
    try (FileSystem ours = files(OURS);
        FileSystem hadoops = files(HADOOPS)) {
      for (int mode : List.of(0, 0400, 0644, 0640, 0711, 0755, 0777)) {
        ours.create(path("ours" + mode)).close();
        hadoops.create(path("hadoops" + mode)).close();
        ours.setPermission(path("ours" + mode), new FsPermission((short) mode));
        hadoops.setPermission(path("hadoops" + mode), new FsPermission((short) mode));

        assertThat(Files.getPosixFilePermissions(folder.resolve("ours" + mode)))
            .isEqualTo(Files.getPosixFilePermissions(folder.resolve("hadoops" + mode)));
      }
      ours.mkdirs(path("shared"));
      ours.setPermission(path("shared"), new FsPermission((short) 01777));
      assertThat(hadoops.getFileStatus(path("shared")).getPermission().toShort())
          .isEqualTo((short) 01777);
    }
  }

  @Test
  void aFileIsRenamedWhereNoneIs() throws IOException {
    FileContext context = context(OURS);
    for (String name : List.of("a", "b")) {
      try (FSDataOutputStream out = context.create(path(name), EnumSet.of(CreateFlag.CREATE))) {
        out.writeUTF(name);
      }
    }

    assertThatThrownBy(() -> context.rename(path("a"), path("b")))
        .isInstanceOf(FileAlreadyExistsException.class);

    context.rename(path("a"), path("c"));
    try (FileSystem hadoops = files(HADOOPS);
        var in = hadoops.open(path("c"))) {
      assertThat(in.readUTF()).isEqualTo("a");
      assertThat(hadoops.exists(path("a"))).isFalse();
      assertThat(folder.resolve(".c.crc")).exists();
    }
  }

  @Test
  void aLinkIsWhatHadoopSaysItIs() throws IOException {
    Files.writeString(folder.resolve("file"), "text");
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("file"));

    for (String name : List.of("file", "link")) {
      FileStatus ours = context(OURS).getFileLinkStatus(path(name));
      FileStatus hadoops = context(HADOOPS).getFileLinkStatus(path(name));

      assertThat(ours).isEqualTo(hadoops);
      assertThat(ours.isSymlink()).isEqualTo(hadoops.isSymlink());
      assertThat(ours.getLen()).isEqualTo(4);
    }
  }
}

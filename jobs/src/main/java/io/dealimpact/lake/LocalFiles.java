package io.dealimpact.lake;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFs;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local files, without its native library and without a process for each of them. Without
 * that library, which is in no jar, Hadoop starts {@code chmod} for each file it creates and {@code
 * readlink} for each it renames: three thousand processes in a first night of few rows. Java says
 * and sets the same.
 */
final class LocalFiles extends RawLocalFileSystem {
  /**
   * Spark's settings with which Hadoop opens {@code file:} through this class, in both its ways.
   */
  static final Map<String, String> SETTINGS =
      Map.of(
          "spark.hadoop.fs.file.impl", Checked.class.getName(),
          "spark.hadoop.fs.AbstractFileSystem.file.impl", CheckedContext.class.getName());

  private static final boolean IS_POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private static final List<PosixFilePermission> FROM_THE_LOWEST_BIT =
      List.of(
          PosixFilePermission.OTHERS_EXECUTE,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_READ);

  @Override
  public void setPermission(Path path, FsPermission permission) throws IOException {
    if (permission.getStickyBit() || !IS_POSIX) {
      super.setPermission(path, permission);
      return;
    }
    Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    for (int bit = 0; bit < FROM_THE_LOWEST_BIT.size(); bit++) {
      if ((permission.toShort() >> bit & 1) == 1) {
        set.add(FROM_THE_LOWEST_BIT.get(bit));
      }
    }
    Files.setPosixFilePermissions(pathToFile(path).toPath(), set);
  }

  @Override
  public FileStatus getFileLinkStatus(Path path) throws IOException {
    return Files.isSymbolicLink(pathToFile(path).toPath())
        ? super.getFileLinkStatus(path)
        : getFileStatus(path);
  }

  /** With checksums, for {@code FileSystem}; Hadoop makes it. */
  static final class Checked extends LocalFileSystem {
    Checked() {
      super(new LocalFiles());
    }
  }

  /** With checksums, for {@code FileContext}; Hadoop makes it. */
  static final class CheckedContext extends ChecksumFs {
    CheckedContext(URI uri, Configuration configuration) throws IOException, URISyntaxException {
      super(new Context(uri, configuration));
    }
  }

  private static final class Context extends DelegateToFileSystem {
    Context(URI uri, Configuration configuration) throws IOException, URISyntaxException {
      super(uri, new LocalFiles(), configuration, uri.getScheme(), false);
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }

    @Override
    public boolean isValidName(String name) {
      return true;
    }
  }
}
